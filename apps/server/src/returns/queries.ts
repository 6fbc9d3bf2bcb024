import type { QueryHandlers } from '../commands/query.ts';
import { Prisma } from '../database/client.ts';
import { decodeCursor, IdKey, toPage } from '../database/paging.ts';
import { listed } from '../database/searching.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import { toReturn } from '../unit/return-rows.ts';

export const returnQueryHandlers: Pick<QueryHandlers, 'list_returns'> = {
  list_returns: async (db, { q, clientId, orderId, cursor, limit }) => {
    const after = decodeCursor(IdKey, cursor);
    const where = Prisma.join(
      [
        Prisma.sql`TRUE`,
        ...(clientId
          ? [Prisma.sql`r.client_id = ANY(${await clientIdsWithMerged(db, clientId)}::uuid[])`]
          : []),
        ...(orderId ? [Prisma.sql`r.order_id = ${orderId}::uuid`] : []),
      ],
      ' AND ',
    );
    const from = (holds: Prisma.Sql) => Prisma.sql`FROM return r WHERE ${where} AND ${holds}`;
    const page = (some: Prisma.Sql) => db.$queryRaw<Parameters<typeof toReturn>[0][]>`
      SELECT r.id, r.reference, r.client_id AS "clientId", r.client_name AS "clientName", r.order_id AS "orderId",
             r.reason, r.lines, r.created_at AS "createdAt", NULL AS search
      ${some} AND ${after ? Prisma.sql`r.id < ${after[0]}::uuid` : Prisma.sql`TRUE`}
      ORDER BY r.id DESC LIMIT ${limit + 1}`;
    const { rows, total } = await listed(db, q, { column: Prisma.sql`r.search`, from, page });
    return toPage(rows, limit, total, toReturn, (row) => [row.id]);
  },
};
