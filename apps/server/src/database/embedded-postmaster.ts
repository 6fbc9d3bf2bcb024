import { rmdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { connectionUrl, DATABASE, type Durability, PORT } from './embedded-cluster.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import type { Launcher, Run } from './embedded-launch.ts';
import { findHolder, waitUntilFree } from './embedded-lock.ts';
import { type PostgresLine, postgresLog } from './embedded-log.ts';
import { killPostgres } from './embedded-processes.ts';
import { Probe } from './probe.ts';

const CONNECTIONS: Record<Durability, number> = { safe: 60, disposable: 300 };
/** Recovery after a crash reads up to a gigabyte of log. */
const START_MS = 300_000;
const POLL_MS = 20;
const USABLE_MS = 5000;
/** A start that is given up has nothing to write down. */
const GIVE_UP_MS = 3000;
/** A fast shutdown writes all dirty pages; an immediate one leaves that to the next start. What does neither is killed. */
const FAST_SHARE = 0.7;
const IMMEDIATE_SHARE = 0.9;
/** No statement of a start takes long; one that hangs must not keep the start for ever. */
const SESSION_MS = 30_000;
const BUSY_RETRIES = 20;
const BUSY_MS = 250;

/** One start of PostgreSQL on data that are there and free. */
export interface Start {
  launcher: Launcher;
  dataDir: string;
  socketDir: string;
  password: string;
  durability: Durability;
  tell: (line: PostgresLine) => void;
  launched: (run: Run) => void;
  signal: AbortSignal | undefined;
}

/** @throws EmbeddedPostgresError if it does not come to take connections */
export async function startPostmaster(start: Start): Promise<Run> {
  for (let attempt = 0; ; attempt++) {
    const run = await start.launcher.run(
      'postgres',
      start.dataDir,
      (seen) => settings(seen, start),
      postgresLog(start.tell),
    );
    start.launched(run);
    try {
      if (await becomesReady(run, start.dataDir, start.signal)) {
        await createDatabase(connectionUrl(start.socketDir, PORT, start.password, 'postgres'));
        start.signal?.throwIfAborted();
        return run;
      }
    } catch (error) {
      await stopPostmaster(run, start.socketDir, GIVE_UP_MS);
      throw error;
    }
    // The sessions of a killed PostgreSQL outlive it for a moment; or another start was faster.
    const busy = /lock file .* already exists|shared memory block .* still in use/.test(run.output());
    if (!busy || attempt === BUSY_RETRIES) {
      throw new EmbeddedPostgresError(`PostgreSQL did not start on ${start.dataDir}: ${run.output()}`);
    }
    await sleep(BUSY_MS);
    await waitUntilFree(start.dataDir);
  }
}

function settings(dataDir: string, { socketDir, durability }: Start): string[] {
  const values: Record<string, string | number> = {
    listen_addresses: '',
    port: PORT,
    unix_socket_directories: socketDir,
    unix_socket_permissions: '0700',
    max_connections: CONNECTIONS[durability],
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
    // Who starts it again after a crash is its supervisor. PostgreSQL itself, short of disk while it recovers, has been
    // seen to stay for ever as a postmaster that lets nobody in.
    restart_after_crash: 'off',
    // Every five minutes the same two lines.
    log_checkpoints: 'off',
    // What people have typed is in statements.
    log_min_error_statement: 'panic',
    ...(durability === 'disposable' && { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return ['-D', dataDir, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** False if it ended instead. */
async function becomesReady(run: Run, dataDir: string, signal?: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + START_MS;
  while (run.child.exitCode === null && run.child.signalCode === null && run.child.pid !== undefined) {
    const holder = await findHolder(dataDir);
    // Not any PostgreSQL that answers: it could be that of a start that was faster.
    if (holder?.pid === run.child.pid && holder.status === 'ready') return true;
    signal?.throwIfAborted();
    if (performance.now() > deadline) {
      throw new EmbeddedPostgresError(
        `PostgreSQL on ${dataDir} is not ready after ${START_MS / 1000} s: ${run.output()}`,
      );
    }
    await Promise.race([sleep(POLL_MS), run.ended]);
  }
  await run.ended;
  return false;
}

/** Whether it lets us in. */
export async function isUsable(url: string): Promise<boolean> {
  const probe = new Probe(url);
  try {
    await probe.ask(USABLE_MS, true);
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: SESSION_MS,
    query_timeout: SESSION_MS,
  });
  client.on('error', () => {}); // PostgreSQL may end meanwhile: the query fails then.
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

/** @returns false if it had to be killed, to be gone within `withinMs` */
export async function stopPostmaster(run: Run, socketDir: string, withinMs: number): Promise<boolean> {
  const { child } = run;
  let isKilled = false;
  const kill = (): void => {
    isKilled = true;
    if (child.pid !== undefined) killPostgres(child.pid);
  };
  child.kill('SIGINT');
  const timers = [
    setTimeout(() => child.kill('SIGQUIT'), withinMs * FAST_SHARE),
    setTimeout(kill, withinMs * IMMEDIATE_SHARE),
  ];
  await run.ended;
  for (const timer of timers) clearTimeout(timer);
  // Not ours alone if another server took over meanwhile.
  await rmdir(socketDir).catch(() => {});
  return !isKilled;
}
