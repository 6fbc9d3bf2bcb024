import type { QueryHandlers } from '../commands/query.ts';
import { Prisma } from '../database/client.ts';
import { countOf, decodeCursor, IdKey, likeHolding, toPage } from '../database/paging.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import { toReturn } from '../domain/returns.ts';

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
        ...(q ? [Prisma.sql`r.search LIKE ${likeHolding(q)}`] : []),
      ],
      ' AND ',
    );
    const [rows, total] = await Promise.all([
      db.$queryRaw<Parameters<typeof toReturn>[0][]>`
        SELECT r.id, r.reference, r.client_id AS "clientId", r.client_name AS "clientName", r.order_id AS "orderId",
               r.reason, r.lines, r.created_at AS "createdAt", NULL AS search
        FROM return r WHERE ${where} AND ${after ? Prisma.sql`r.id < ${after[0]}::uuid` : Prisma.sql`TRUE`}
        ORDER BY r.id DESC LIMIT ${limit + 1}`,
      countOf(db, Prisma.sql`FROM return r WHERE ${where}`, q !== undefined),
    ]);
    return toPage(rows, limit, total, toReturn, (row) => [row.id]);
  },
};
