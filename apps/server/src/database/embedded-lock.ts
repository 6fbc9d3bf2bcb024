import { execFileSync } from 'node:child_process';
import { readdir, readFile, readlink, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, errorCode } from './embedded-error.ts';

/** The PostgreSQL that runs on a data folder, from its `postmaster.pid`. */
export interface Holder {
  pid: number;
  port: number;
  socketDir: string;
  /** `starting`, `ready` or `stopping`. */
  status: string;
}

/** How long a PostgreSQL whose server was killed may take to go away. */
const LINGER_MS = 5000;
/** How long one that says it is ready may still be on its way out: the signal needs a moment to reach it. */
const READY_MS = 500;
const POLL_MS = 50;

/** Null if no PostgreSQL runs on `dataDir`; a lock left by one that was killed does not count. */
export async function findHolder(dataDir: string): Promise<Holder | null> {
  const holder = parseLock((await readLock(dataDir)) ?? '');
  return holder && (await runsOn(holder.pid, dataDir)) ? holder : null;
}

/** Waits for a PostgreSQL that is stopping; refuses if one stays. */
export async function waitUntilFree(dataDir: string): Promise<void> {
  const started = performance.now();
  let readySince: number | null = null;
  for (;;) {
    const lock = await readLock(dataDir);
    if (lock === null) return;
    const holder = parseLock(lock);
    const now = performance.now();
    const waitedLong = now - started > LINGER_MS;
    // An unreadable lock is one that is being written, or that a full disk left.
    if (holder ? !(await runsOn(holder.pid, dataDir)) : waitedLong) return removeStaleLock(dataDir, lock);
    readySince = holder?.status === 'ready' ? (readySince ?? now) : null;
    if (holder && (waitedLong || (readySince !== null && now - readySince > READY_MS))) {
      throw new EmbeddedPostgresError(
        `The data in ${dataDir} are in use: PostgreSQL runs on them already (process ${holder.pid}). ` +
          'Stop the server that started it, or set another DATA_DIR.',
      );
    }
    await sleep(POLL_MS);
  }
}

async function readLock(dataDir: string): Promise<string | null> {
  return readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => null);
}

/** Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status. */
function parseLock(lock: string): Holder | null {
  const [pid, , , port, socketDir = '', , , status = ''] = lock.split('\n');
  if (!/^\d+$/.test(pid ?? '')) return null;
  return { pid: Number(pid), port: Number(port), socketDir, status: status.trim() || 'starting' };
}

/** After a reboot, and soon in a container, the pid of a killed PostgreSQL is another program's. */
async function runsOn(pid: number, dataDir: string): Promise<boolean> {
  if (!exists(pid)) return false;
  if (process.platform !== 'linux') return programOf(pid) === 'postgres';
  try {
    // PostgreSQL's working directory is its data folder.
    return (await readlink(`/proc/${pid}/cwd`)) === dataDir;
  } catch (error) {
    // A zombie has none; another user's is hidden from us.
    if (errorCode(error) === 'ENOENT') return false;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return basename(command.split('\0')[0] ?? '') === 'postgres';
  }
}

function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function programOf(pid: number): string {
  try {
    return basename(execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim());
  } catch {
    return '';
  }
}

/** The socket has a lock of its own, which names a pid likewise. The caller has made sure that the data are free. */
export async function removeStaleSocketLock(socketDir: string, dataDir: string): Promise<void> {
  for (const name of await readdir(socketDir)) {
    if (!name.endsWith('.lock')) continue;
    const path = join(socketDir, name);
    const pid = Number.parseInt(await readFile(path, 'utf8').catch(() => ''), 10);
    if (!(pid > 0 && (await runsOn(pid, dataDir)))) await rm(path, { force: true });
  }
}

/**
 * PostgreSQL judges a lock by its pid alone, so a pid that another program has now would keep it from starting for
 * ever. Moved aside before it is removed: another start may just have written its own.
 */
async function removeStaleLock(dataDir: string, stale: string): Promise<void> {
  const path = join(dataDir, 'postmaster.pid');
  const aside = `${path}.stale-${process.pid}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if ((await readFile(aside, 'utf8')) === stale) await rm(aside);
  else await rename(aside, path);
}
