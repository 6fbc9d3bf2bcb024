import { Prisma, type Tx } from './client.ts';

/**
 * Inserts rows, keyed by column and all with the same columns, as one parameter of one statement. `createMany` makes a
 * parameter of every value and needs longer for a thousand rows than PostgreSQL does.
 */
export async function insertRows(
  db: Tx,
  table: 'order_line' | 'allocation',
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  if (rows.length === 0) return;
  const name = Prisma.raw(table);
  // Columns that the database makes are not among them.
  const columns = Prisma.raw(
    Object.keys(rows[0] ?? {})
      .map((column) => `"${column}"`)
      .join(', '),
  );
  await db.$executeRaw`
    INSERT INTO ${name} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${name}, ${JSON.stringify(rows)}::jsonb)`;
}
