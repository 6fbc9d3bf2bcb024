import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { Prisma, PrismaClient } from './generated/client.ts';
import { DatabaseHealth, type HealthPorts } from './health.ts';
import { type PoolSize, WatchedPool } from './pool.ts';
import { Probe } from './probe.ts';

export type Db = PrismaClient;
/** What runs inside a transaction; the same calls as `Db`, without opening another one. */
export type Tx = Prisma.TransactionClient;
export { Prisma };

export interface Database {
  /** Few connections, each under timeouts: the command bus alone uses them, for commands that run by themselves… */
  readonly writer: Db;
  /** …and without the ORM for those that share a transaction. Release what it gives. */
  connect(): Promise<pg.PoolClient>;
  readonly reader: Db;
  /** For what has no part in the log: accounts and sessions, leases and positions of followers. */
  readonly accounts: Db;
  readonly health: DatabaseHealth;
  /** Lets queries under way come to their end, for a moment. */
  close(): Promise<void>;
}

/**
 * A frozen or vanished node must not hold a topic's lock for longer than this: the server gives up its
 * transaction, and TCP notices that it is gone.
 */
const KEEPALIVES = ['-c tcp_keepalives_idle=5', '-c tcp_keepalives_interval=2', '-c tcp_keepalives_count=3'];
const WRITING = ['-c statement_timeout=10s', '-c idle_in_transaction_session_timeout=5s', ...KEEPALIVES].join(
  ' ',
);
const WRITER_SETTINGS = `${WRITING} -c lock_timeout=3s`;
/**
 * One row that somebody else holds must not stop all who share a transaction. Every row is looked up by its key: a plan
 * that was made while the tables were small, and is kept with its prepared statement, must not read them whole later.
 */
const BATCH_SETTINGS = [
  WRITING,
  '-c lock_timeout=200ms',
  '-c plan_cache_mode=force_generic_plan',
  '-c enable_seqscan=off',
  '-c enable_hashjoin=off',
  '-c enable_mergejoin=off',
  '-c jit=off',
].join(' ');

/** A table that somebody has locked for long is as good as away: whoever reads is told so, not kept. */
const READER_SETTINGS = '-c lock_timeout=3s -c statement_timeout=10s -c default_transaction_read_only=on';
/** Changes of accounts append to the topic of people: a node that freezes amid one must not hold it for long. */
const ACCOUNT_SETTINGS = [
  '-c lock_timeout=3s',
  '-c statement_timeout=10s',
  '-c idle_in_transaction_session_timeout=15s',
  ...KEEPALIVES,
].join(' ');
/** Longer than any statement above may take. */
const SILENT_MS = 12_000;
/** How long closing waits for queries under way. */
const CLOSE_MS = 2000;

export interface DatabaseSize {
  readonly writers: number;
  readonly readers: number;
}

const ACCOUNT_CONNECTIONS = 3;
const UNTOLD: HealthPorts = { away: () => {}, back: () => {} };

/** @param told hears when the database goes away and when it is back */
export function connectDatabase(
  url: string,
  { writers, readers }: DatabaseSize,
  told: HealthPorts = UNTOLD,
): Database {
  const health = new DatabaseHealth(new Probe(url), told);
  const pools: WatchedPool[] = [];
  const client = (size: Omit<PoolSize, 'silentMs'>): Db => {
    const pool = new WatchedPool(url, { ...size, silentMs: SILENT_MS }, health);
    pools.push(pool);
    return new PrismaClient({ adapter: new PrismaPg(pool, { disposeExternalPool: true }) });
  };
  // Those of commands that run alone, and of what followers do.
  const writer = client({ max: writers + 1, options: WRITER_SETTINGS });
  // One that is shared, and those of the second lane.
  const size = { max: writers + 1, options: BATCH_SETTINGS, silentMs: SILENT_MS, pipeline: true };
  const batches = new WatchedPool(url, size, health);
  pools.push(batches);
  const reader = client({ max: readers, options: READER_SETTINGS });
  const accounts = client({ max: ACCOUNT_CONNECTIONS, options: ACCOUNT_SETTINGS });
  let ended: Promise<void> | null = null;
  health.start();
  return {
    writer,
    connect: () => batches.connect(),
    reader,
    accounts,
    health,
    close: async () => {
      health.close();
      const impatience = setTimeout(() => {
        for (const pool of pools) pool.cut();
      }, CLOSE_MS);
      ended ??= batches.end();
      let late: NodeJS.Timeout | undefined;
      // Whoever has given up on a transaction may never give its connection back: it is cut, and not waited for.
      await Promise.race([
        Promise.all([writer.$disconnect(), ended, reader.$disconnect(), accounts.$disconnect()]),
        new Promise<void>((resolve) => {
          late = setTimeout(resolve, 2 * CLOSE_MS);
        }),
      ]);
      clearTimeout(impatience);
      clearTimeout(late);
    },
  };
}
