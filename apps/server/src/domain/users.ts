import { Role } from '@almenara/events';
import type { Db } from '../database/client.ts';
import { decodeCursor, TextKey } from '../database/paging.ts';

/** What stands as a role in a table or a key: whoever has none of ours may look. */
export const roleOf = (role: unknown): Role => Role.catch('viewer').parse(role);

/** A page of all accounts by name, with one more than fits where there is another, and how many there are in all. */
export function usersByName(db: Db, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const after = decodeCursor(TextKey, cursor);
  return Promise.all([
    db.user.findMany({
      where: after ? { OR: [{ name: { gt: after[0] } }, { name: after[0], id: { gt: after[1] } }] } : {},
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      take: limit + 1,
    }),
    db.user.count(),
  ]);
}
