import { Prisma, type Tx } from '../database/client.ts';

/**
 * One history of this database: the uuid that reset and restore commands rewrite, and PostgreSQL's timeline, which
 * changes when a replica is promoted. As an SQL expression, so that every read of the log takes it along.
 */
export const EPOCH = Prisma.sql`(
  (SELECT epoch::text FROM meta) || '.' || ltrim(substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), '0')
)`;

export async function readEpoch(db: Tx): Promise<string> {
  const [row] = await db.$queryRaw<{ epoch: string }[]>`SELECT ${EPOCH} AS epoch`;
  if (!row) throw new Error('The database has no epoch: its migrations have not run.');
  return row.epoch;
}

/** Starts a new history: every cursor handed out so far is answered with a reset. */
export async function renewEpoch(db: Tx): Promise<void> {
  await db.$executeRaw`UPDATE meta SET epoch = gen_random_uuid()`;
}
