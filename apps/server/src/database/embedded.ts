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
import { findHolder, waitUntilFree } from './embedded-lock.ts';

export { EmbeddedPostgresError };

export interface EmbeddedPostgres {
  /** For `pg` and `@prisma/adapter-pg`. */
  url: string;
  /** Fast shutdown: open transactions are rolled back. Resolves when PostgreSQL is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** Holds nothing but PostgreSQL's files; made if absent. */
  dataDir: string;
  durability?: Durability;
  /** PostgreSQL's own log, line by line. */
  log?: (line: string) => void;
}

const CONNECTIONS: Record<Durability, number> = { safe: 60, disposable: 300 };
/** Recovery after a crash reads up to a gigabyte of log. */
const START_MS = 300_000;
const POLL_MS = 20;
/** A fast shutdown writes all dirty pages; an immediate one leaves that to the next start. */
const FAST_SHUTDOWN_MS = 20_000;
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
  const { durability = 'safe', log } = options;
  await mkdir(dirname(resolve(options.dataDir)), { recursive: true });
  const dataDir = await canonicalFolder(options.dataDir);
  const launcher = await chooseLauncher(host, dataDir, dirname(dataDir));
  await removeAbandonedDrafts(dataDir);
  if (!(await holdsCluster(dataDir, launcher.majorVersion))) await initialise(launcher, dataDir, durability);
  await waitUntilFree(dataDir);
  await launcher.adopt(dataDir);
  const socketDir = await socketFolder(dataDir, launcher);
  const password = await readPassword(dataDir);
  const run = await startPostmaster({ launcher, dataDir, socketDir, password, durability, log });

  let stopping: Promise<void> | undefined;
  void run.ended.then((code) => {
    if (!stopping) log?.(`PostgreSQL ended by itself (${code ?? run.child.signalCode}).`);
  });
  return {
    url: connectionUrl(socketDir, PORT, password),
    stop: () => {
      stopping ??= stopPostmaster(run, socketDir);
      return stopping;
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
  log: ((line: string) => void) | undefined;
}

async function startPostmaster(start: Start): Promise<Run> {
  for (let attempt = 0; ; attempt++) {
    const run = await start.launcher.run(
      'postgres',
      start.dataDir,
      (seen) => settings(seen, start),
      start.log,
    );
    try {
      if (await becomesReady(run, start.dataDir)) {
        await createDatabase(connectionUrl(start.socketDir, PORT, start.password, 'postgres'));
        return run;
      }
    } catch (error) {
      await stopPostmaster(run, start.socketDir);
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
    ...(durability === 'disposable' && { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  return ['-D', dataDir, ...Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/** False if it ended instead. */
async function becomesReady(run: Run, dataDir: string): Promise<boolean> {
  const deadline = performance.now() + START_MS;
  while (run.child.exitCode === null && run.child.signalCode === null && run.child.pid !== undefined) {
    const holder = await findHolder(dataDir);
    // Not any PostgreSQL that answers: it could be that of a start that was faster.
    if (holder?.pid === run.child.pid && holder.status === 'ready') return true;
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

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // PostgreSQL may end meanwhile: the query fails then.
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

async function stopPostmaster(run: Run, socketDir: string): Promise<void> {
  run.child.kill('SIGINT');
  const impatience = setTimeout(() => run.child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
  await run.ended;
  clearTimeout(impatience);
  // Not ours alone if another server took over meanwhile.
  await rmdir(socketDir).catch(() => {});
}
