import { type AccountEvent, AccountEventKind, RefusedReason } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import type { Db } from '../database/client.ts';
import { decodeCursor, IdKey, toPage } from '../database/paging.ts';
import { usersByName } from '../domain/users.ts';
import { toInvitation } from './invitations.ts';
import { toKey } from './keys.ts';
import { toPerson } from './people.ts';

/** What administrators look up of accounts: who there is, who is invited, what acts for whom, and what happened. */
export const accountQueryHandlers: Pick<
  QueryHandlers,
  'list_people' | 'list_invitations' | 'list_sign_ins' | 'list_keys'
> = {
  list_people: async (db, { cursor, limit }) => {
    const [rows, total] = await usersByName(db, { cursor, limit });
    const keys = await db.apikey.groupBy({
      by: ['referenceId'],
      where: { referenceId: { in: rows.map(({ id }) => id) } },
      _count: true,
    });
    const keysOf = new Map(keys.map(({ referenceId, _count }) => [referenceId, _count]));
    return toPage(
      rows,
      limit,
      total,
      (row) => toPerson(row, keysOf.get(row.id) ?? 0),
      (row) => [row.name, row.id],
    );
  },

  list_invitations: async (db) => {
    const rows = await db.invitation.findMany({ orderBy: { createdAt: 'desc' } });
    return { items: rows.map(toInvitation) };
  },

  list_sign_ins: async (db, { cursor, limit, only }) => {
    const after = decodeCursor(IdKey, cursor);
    const kinds =
      only === 'refused'
        ? { kind: 'sign_in_refused' }
        : only === 'changes'
          ? { kind: { notIn: ['signed_in', 'sign_in_refused'] } }
          : {};
    const [rows, total] = await Promise.all([
      db.accountEvent.findMany({
        where: { ...kinds, ...(after && { id: { lt: after[0] } }) },
        orderBy: { id: 'desc' },
        take: limit + 1,
      }),
      db.accountEvent.count({ where: kinds }),
    ]);
    const ids = rows.flatMap(({ userId }) => userId ?? []);
    const users = await db.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
    const names = new Map(users.map(({ id, name }) => [id, name]));
    return toPage(
      rows,
      limit,
      total,
      (row) => toAccountEvent(row, (row.userId !== null && names.get(row.userId)) || null),
      (row) => [row.id],
    );
  },

  list_keys: async (db) => {
    const rows = await db.apikey.findMany({ orderBy: { createdAt: 'desc' } });
    return { items: rows.map(toKey) };
  },
};

/** `name`: what the account is called now. */
const toAccountEvent = (
  row: Awaited<ReturnType<Db['accountEvent']['findUniqueOrThrow']>>,
  name: string | null,
): AccountEvent => ({
  id: row.id,
  at: row.at.toISOString(),
  kind: AccountEventKind.parse(row.kind),
  name,
  email: row.email,
  by: row.byName,
  reason: RefusedReason.nullable().parse(row.reason),
  detail: row.detail,
  address: row.address,
  agent: row.agent,
});
