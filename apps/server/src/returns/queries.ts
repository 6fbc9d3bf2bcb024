import type { QueryHandlers } from '../commands/query.ts';
import { decodeCursor, holds, IdKey, toPage } from '../database/paging.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import { toReturn } from '../domain/returns.ts';

export const returnQueryHandlers: Pick<QueryHandlers, 'list_returns'> = {
  list_returns: async (db, { q, clientId, orderId, cursor, limit }) => {
    const after = decodeCursor(IdKey, cursor);
    const where = {
      ...(clientId && { clientId: { in: await clientIdsWithMerged(db, clientId) } }),
      ...(orderId && { orderId }),
      ...(q && { search: holds(q) }),
    };
    const [rows, total] = await Promise.all([
      db.return.findMany({
        where: { AND: [where, after ? { id: { lt: after[0] } } : {}] },
        orderBy: { id: 'desc' },
        take: limit + 1,
      }),
      db.return.count({ where }),
    ]);
    return toPage(rows, limit, total, toReturn, (row) => [row.id]);
  },
};
