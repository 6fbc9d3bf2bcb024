import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findHolder } from './embedded-lock.ts';

/** How long the sessions of a PostgreSQL that was killed may take to notice. */
const NOTICE_MS = 1500;
const POLL_MS = 20;

/**
 * Ends PostgreSQL and all its sessions at once, also where they are frozen; what was committed is in its log. Each
 * session leads a process group of its own, so that no signal reaches them all.
 */
export function killPostgres(postmaster: number): void {
  const sessions = childrenOf(postmaster);
  kill(postmaster);
  for (const session of sessions) kill(session);
}

/**
 * The sessions of a PostgreSQL that was killed hold its memory and keep the next one from starting: one that is frozen,
 * or deep in a calculation, for ever. Does nothing while a PostgreSQL runs on `dataDir`.
 */
export async function endOrphans(dataDir: string): Promise<void> {
  const deadline = performance.now() + NOTICE_MS;
  while ((await findHolder(dataDir)) === null) {
    const orphans = processesIn(dataDir);
    if (orphans.length === 0) return;
    if (performance.now() > deadline) for (const orphan of orphans) kill(orphan);
    await sleep(POLL_MS);
  }
}

/** Without a wait: a process that is ending has no time for one. */
function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') {
    const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
    const rows = (stdout ?? '').split('\n').map((row) => row.trim().split(/\s+/).map(Number));
    return rows.flatMap(([pid, of]) => (pid !== undefined && of === parent ? [pid] : []));
  }
  return processes().filter((pid) => parentOf(pid) === parent);
}

/** PostgreSQL's working directory is its data folder. Only Linux tells; elsewhere they are waited for. */
function processesIn(dataDir: string): number[] {
  if (process.platform !== 'linux') return [];
  return processes().filter((pid) => {
    try {
      return (
        readlinkSync(`/proc/${pid}/cwd`) === dataDir &&
        readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
      );
    } catch {
      return false;
    }
  });
}

const processes = (): number[] =>
  readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

/** The fields after the program's name, which may hold anything: state, parent … */
function parentOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
