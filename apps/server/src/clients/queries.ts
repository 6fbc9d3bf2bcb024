import { clientsTopic } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import { Prisma, type Tx } from '../database/client.ts';
import { decodeCursor, TextIdKey, toPage } from '../database/paging.ts';
import { listed } from '../database/searching.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import { notFound } from '../errors.ts';
import { type ClientRow, toClient } from '../unit/client-rows.ts';

const COLUMNS = Prisma.sql`c.id, c.name, c.email, c.phone, c.country, c.notes, c.archived, c.version,
  c.merged_into AS "mergedInto", c.created_at AS "createdAt", c.updated_at AS "updatedAt"`;

export const clientQueryHandlers: Pick<QueryHandlers, 'list_clients' | 'get_client' | 'get_client_figures'> =
  {
    list_clients: async (db, { q, archived, all, cursor, limit }) => {
      const after = decodeCursor(TextIdKey, cursor);
      const from = (holds: Prisma.Sql) => Prisma.sql`
        FROM client c WHERE ${all ? Prisma.sql`TRUE` : Prisma.sql`c.archived = ${archived}`} AND ${holds}`;
      const page = (some: Prisma.Sql) => db.$queryRaw<Omit<ClientRow, 'search'>[]>`
        SELECT ${COLUMNS} ${some}
          AND ${after ? Prisma.sql`(c.name, c.id) > (${after[0]}, ${after[1]}::uuid)` : Prisma.sql`TRUE`}
        ORDER BY c.name, c.id LIMIT ${limit + 1}`;
      const { rows, total } = await listed(db, q, { column: Prisma.sql`c.search`, from, page });
      return toPage(rows, limit, total, toClient, (row) => [row.name, row.id]);
    },

    get_client: async (db, { clientId }) => {
      const row = await db.client.findUnique({ where: { id: clientId } });
      if (!row) throw notFound('client', clientId);
      return { client: toClient(row) };
    },

    get_client_figures: async (db, { clientId }) => {
      if (!(await db.client.findUnique({ where: { id: clientId } }))) throw notFound('client', clientId);
      const rows = await db.order.groupBy({
        by: ['currency', 'status'],
        where: {
          clientId: { in: await clientIdsWithMerged(db, clientId) },
          status: { not: 'cancelled' },
        },
        _sum: { amount: true },
        _count: true,
        _max: { createdAt: true },
      });
      const totals = new Map<string, number>();
      for (const { currency, _sum } of rows)
        totals.set(currency, (totals.get(currency) ?? 0) + Number(_sum.amount ?? 0));
      const last = rows.map(({ _max }) => _max.createdAt?.toISOString() ?? '').sort();
      const count = (counted: typeof rows): number => counted.reduce((sum, row) => sum + row._count, 0);
      return {
        orders: count(rows),
        open: count(rows.filter(({ status }) => status !== 'delivered')),
        lastOrderAt: last.at(-1) || null,
        totals: [...totals].map(([currency, amount]) => ({ currency, amount })),
      };
    },
  };

/** The state of topic `clients`: those changed last, and how many there are. */
export async function loadClients(tx: Tx, limit: number) {
  const rows = await tx.$queryRaw<Omit<ClientRow, 'search'>[]>`
    SELECT ${COLUMNS} FROM client c ORDER BY c.updated_at DESC, c.id DESC LIMIT ${limit}`;
  return clientsTopic.load({ clients: rows.map(toClient), total: await tx.client.count(), truncated: false });
}
