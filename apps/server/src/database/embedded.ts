import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  canonicalFolder,
  connectionUrl,
  DATABASE,
  type Durability,
  holdsCluster,
  initialise,
  PORT,
  readPassword,
  removeAbandonedDrafts,
  socketFolder,
} from './embedded-cluster.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { chooseLauncher, detectHost, type Host, type Launcher, type Run } from './embedded-launch.ts';
import { findHolder, removeStaleSocketLock, waitUntilFree } from './embedded-lock.ts';
import { type PostgresLine, postgresLog } from './embedded-log.ts';
import { endOrphans, killPostgres } from './embedded-processes.ts';
import { Supervisor } from './embedded-supervisor.ts';
import { Probe } from './probe.ts';

export { EmbeddedPostgresError, type PostgresLine };

export interface EmbeddedPostgres {
  /** For `pg` and `@prisma/adapter-pg`; the same for as long as it runs, however often it has to be started again. */
  url: string;
  /** Fast shutdown: open transactions are rolled back. Resolves when PostgreSQL is gone, within `withinMs` (20 s). */
  stop(withinMs?: number): Promise<void>;
  /** Ends it now, without a wait; the next start repairs what that leaves. */
  kill(): void;
}

export interface EmbeddedPostgresOptions {
  /** Holds nothing but PostgreSQL's files; made if absent. */
  dataDir: string;
  durability?: Durability;
  /** PostgreSQL's own log, and when it had to be started again. */
  log?: (line: PostgresLine) => void;
  /** Ends a start that is not wanted any more. */
  signal?: AbortSignal;
  /** How long it is tried to start it again after it has ended by itself (30 s) … */
  patienceMs?: number;
  /** … and who is told that this was in vain. */
  gaveUp?: (error: EmbeddedPostgresError) => void;
}

const CONNECTIONS: Record<Durability, number> = { safe: 60, disposable: 300 };
/** Recovery after a crash reads up to a gigabyte of log. */
const START_MS = 300_000;
const POLL_MS = 20;
const USABLE_MS = 5000;
const PATIENCE_MS = 30_000;
const STOP_MS = 20_000;
/** A start that is given up has nothing to write down. */
const GIVE_UP_MS = 3000;
/** A fast shutdown writes all dirty pages; an immediate one leaves that to the next start. What does neither is killed. */
const FAST_SHARE = 0.7;
const IMMEDIATE_SHARE = 0.9;
/** No statement of a start takes long; one that hangs must not keep the start for ever. */
const SESSION_MS = 30_000;
const BUSY_RETRIES = 20;
const BUSY_MS = 250;

/**
 * Starts a PostgreSQL of our own on `dataDir`, reachable only through a Unix socket and with a password. It ends with
 * this process (to be exact: with the thread that called), also after `kill -9`.
 *
 * @throws EmbeddedPostgresError if the data are in use or another version's, or PostgreSQL cannot run here
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
  host: Host = detectHost(),
): Promise<EmbeddedPostgres> {
  const { durability = 'safe', signal, patienceMs = PATIENCE_MS } = options;
  const tell = options.log ?? (() => {});
  await mkdir(dirname(resolve(options.dataDir)), { recursive: true });
  const dataDir = await canonicalFolder(options.dataDir);
  const launcher = await chooseLauncher(host, dataDir, dirname(dataDir));
  await removeAbandonedDrafts(dataDir);
  signal?.throwIfAborted();
  if (!(await holdsCluster(dataDir, launcher.majorVersion)))
    await initialise(launcher, dataDir, durability, signal);
  const password = await readPassword(dataDir);
  let socketDir = '';
  let latest: Run | undefined;
  const launched = (run: Run): void => {
    latest = run;
  };
  const start = async (until?: AbortSignal): Promise<Run> => {
    await waitUntilFree(dataDir);
    await launcher.adopt(dataDir);
    socketDir = await socketFolder(dataDir, launcher);
    await removeStaleSocketLock(socketDir, dataDir);
    return startPostmaster({
      launcher,
      dataDir,
      socketDir,
      password,
      durability,
      tell,
      launched,
      signal: until,
    });
  };
  const supervisor = new Supervisor(await start(signal), {
    start: async (until) => {
      await endOrphans(dataDir);
      return start(until);
    },
    stop: async (run, withinMs) => {
      if (await stopPostmaster(run, socketDir, withinMs)) return;
      tell({ level: 'warn', text: 'PostgreSQL did not stop and was killed: its next start repairs that.' });
    },
    isUsable: () => isUsable(connectionUrl(socketDir, PORT, password)),
    kill: (run) => run.child.pid !== undefined && killPostgres(run.child.pid),
    pause: (ms, until) => sleep(ms, undefined, { signal: until }).catch(() => {}),
    tell,
    gaveUp: options.gaveUp ?? (() => {}),
    patienceMs,
  });
  return {
    url: connectionUrl(socketDir, PORT, password),
    stop: (withinMs = STOP_MS) => supervisor.stop(withinMs),
    kill: () => {
      const child = latest?.child;
      if (child?.pid !== undefined && child.exitCode === null && child.signalCode === null)
        killPostgres(child.pid);
    },
  };
}

/**
 * For a command-line tool beside a server that runs: its database. Null if no server runs on these data.
 *
 * @throws EmbeddedPostgresError if the data belong to a user whose password file cannot be read
 */
export async function attachEmbeddedPostgres(dataDir: string): Promise<{ url: string } | null> {
  const folder = await canonicalFolder(dataDir).catch(() => null);
  if (folder === null) return null;
  const deadline = performance.now() + START_MS;
  for (;;) {
    const holder = await findHolder(folder);
    if (!holder || holder.status === 'stopping') return null;
    if (holder.status === 'ready') {
      return { url: connectionUrl(holder.socketDir, holder.port, await readPassword(folder)) };
    }
    if (performance.now() > deadline) return null;
    await sleep(POLL_MS);
  }
}

interface Start {
  launcher: Launcher;
  dataDir: string;
  socketDir: string;
  password: string;
  durability: Durability;
  tell: (line: PostgresLine) => void;
  launched: (run: Run) => void;
  signal: AbortSignal | undefined;
}

async function startPostmaster(start: Start): Promise<Run> {
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

async function isUsable(url: string): Promise<boolean> {
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

/** @returns false if it had to be killed */
async function stopPostmaster(run: Run, socketDir: string, withinMs: number): Promise<boolean> {
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
