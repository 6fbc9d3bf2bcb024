import type { User } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import type { Tx } from '../database/client.ts';
import type { User as UserRow } from '../database/generated/client.ts';
import { toPage } from '../database/paging.ts';
import { roleOf, usersByName } from '../domain/users.ts';

/** As `person_as_told` of the database has it. */
const toUser = ({ id, name, role, banned }: Pick<UserRow, 'id' | 'name' | 'role' | 'banned'>): User => ({
  id,
  name,
  role: roleOf(role),
  active: !banned,
});

export async function loadPeople(tx: Tx) {
  const rows = await tx.user.findMany({ select: { id: true, name: true, role: true, banned: true } });
  return new Map(rows.map((row) => [row.id, toUser(row)]));
}

/** Who is in the house: accounts, and who is connected to this node. */
export const userQueryHandlers: Pick<QueryHandlers, 'list_users' | 'get_stats'> = {
  list_users: async (db, { cursor, limit }) => {
    const [rows, total] = await usersByName(db, { cursor, limit });
    return toPage(rows, limit, total, toUser, (row) => [row.name, row.id]);
  },

  get_stats: async (_db, _params, _actor, node) => node.stats(),
};
