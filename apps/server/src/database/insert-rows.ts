import { Prisma, type Tx } from './client.ts';

/**
 * Inserts rows, keyed by column and with every column, as one parameter of one statement. `createMany` makes a
 * parameter of every value and needs longer for a thousand rows than PostgreSQL does.
 */
export async function insertRows(
  db: Tx,
  table: 'order_line' | 'allocation',
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return;
  const name = Prisma.raw(table);
  await db.$executeRaw`
    INSERT INTO ${name} SELECT * FROM jsonb_populate_recordset(NULL::${name}, ${JSON.stringify(rows)}::jsonb)`;
}
