import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  canonicalFolder,
  connectionUrl,
  type Durability,
  holdsCluster,
  initialise,
  PORT,
  readPassword,
  removeAbandonedDrafts,
  socketFolder,
} from './embedded-cluster.ts';
import { EmbeddedPostgresError } from './embedded-error.ts';
import { chooseLauncher, detectHost, type Host, type Run } from './embedded-launch.ts';
import { findHolder, removeStaleSocketLock, waitUntilFree } from './embedded-lock.ts';
import type { PostgresLine } from './embedded-log.ts';
import { isUsable, startPostmaster, stopPostmaster } from './embedded-postmaster.ts';
import { endOrphans, killPostgres } from './embedded-processes.ts';
import { Supervisor } from './embedded-supervisor.ts';

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

/** How long a tool waits for a server that is starting. */
const START_MS = 300_000;
const POLL_MS = 20;
const PATIENCE_MS = 30_000;
const STOP_MS = 20_000;

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
    await endOrphans(dataDir);
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
    start,
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
