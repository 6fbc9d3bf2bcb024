import { Role } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import { decodeCursor, TextKey, toPage } from '../database/paging.ts';

/** Who is in the house: accounts, and who is connected to this node. */
export const userQueryHandlers: Pick<QueryHandlers, 'list_users' | 'get_stats'> = {
  list_users: async (db, { cursor, limit }) => {
    const after = decodeCursor(TextKey, cursor);
    const [rows, total] = await Promise.all([
      db.user.findMany({
        where: after ? { OR: [{ name: { gt: after[0] } }, { name: after[0], id: { gt: after[1] } }] } : {},
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: limit + 1,
      }),
      db.user.count(),
    ]);
    return toPage(
      rows,
      limit,
      total,
      ({ id, name, role, banned }) => ({ id, name, role: Role.catch('viewer').parse(role), active: !banned }),
      (row) => [row.name, row.id],
    );
  },

  get_stats: async (_db, _params, _actor, node) => node.stats(),
};
