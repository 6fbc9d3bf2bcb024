import { PrismaPg } from '@prisma/adapter-pg';
import { Prisma, PrismaClient } from './generated/client.ts';

export type Db = PrismaClient;
/** What runs inside a transaction; the same calls as `Db`, without opening another one. */
export type Tx = Prisma.TransactionClient;
export { Prisma };

export interface Database {
  /** Few connections, each under timeouts: the command bus alone uses it. */
  readonly writer: Db;
  readonly reader: Db;
  /** For accounts and sessions, which have no part in the log. */
  readonly accounts: Db;
  close(): Promise<void>;
}

/**
 * A frozen or vanished node must not hold a topic's lock for longer than this: the server gives up its
 * transaction, and TCP notices that it is gone.
 */
const WRITER_SETTINGS = [
  '-c lock_timeout=3s',
  '-c statement_timeout=10s',
  '-c idle_in_transaction_session_timeout=5s',
  '-c tcp_keepalives_idle=5',
  '-c tcp_keepalives_interval=2',
  '-c tcp_keepalives_count=3',
].join(' ');

export function connectDatabase(url: string, size: { writers: number; readers: number }): Database {
  const client = (max: number, options: string) =>
    new PrismaClient({
      adapter: new PrismaPg({
        connectionString: url,
        max,
        options,
        keepAlive: true,
        connectionTimeoutMillis: 10_000,
      }),
    });
  const writer = client(size.writers, WRITER_SETTINGS);
  const reader = client(size.readers, '-c statement_timeout=30s -c default_transaction_read_only=on');
  const accounts = client(3, '-c statement_timeout=10s');
  return {
    writer,
    reader,
    accounts,
    close: async () => {
      await Promise.all([writer.$disconnect(), reader.$disconnect(), accounts.$disconnect()]);
    },
  };
}
