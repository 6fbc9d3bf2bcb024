import type { Person, PersonChange } from '@almenara/events';
import type { z } from 'zod';
import type { Db, Tx } from '../database/client.ts';
import { roleOf } from '../domain/users.ts';
import { notFound, Refused } from '../errors.ts';
import type { AccountLog } from './account-log.ts';
import type { Principal } from './principal.ts';
import type { Visitor } from './visitor.ts';

type UserRow = Awaited<ReturnType<Db['user']['findUniqueOrThrow']>>;

/** Who has an account here, and what they may do. */
export class People {
  private readonly db: Db;
  private readonly log: AccountLog;

  constructor(db: Db, log: AccountLog) {
    this.db = db;
    this.log = log;
  }

  /**
   * Changes what somebody may do. Nobody changes that of themselves, and who does it must still be an active
   * administrator when it is their turn: so there is always one left, even if two turn on each other at once.
   * The caller has connections rechecked.
   */
  async change(
    userId: string,
    { role, active }: z.output<typeof PersonChange>,
    by: Principal,
    visitor: Visitor,
  ): Promise<Person> {
    return this.db.$transaction(async (tx) => {
      await inTurn(tx);
      await requireStillAdmin(tx, by);
      const before = await tx.user.findUnique({ where: { id: userId } });
      if (!before) throw notFound('user', userId);
      if (userId === by.userId) {
        throw new Refused(
          'conflict',
          'Nobody changes their own role or deactivates themselves: another administrator can.',
          { details: { reason: 'self' } },
        );
      }
      const about = { userId, email: before.email, by, visitor };
      const from = roleOf(before.role);
      if (role !== undefined && role !== from) {
        await tx.user.update({ where: { id: userId }, data: { role } });
        await this.log.record({ ...about, kind: 'role_changed', detail: `${from}>${role}` }, tx);
      }
      if (active !== undefined && active !== !before.banned) {
        await tx.user.update({
          where: { id: userId },
          data: { banned: !active, banReason: active ? null : 'deactivated', banExpires: null },
        });
        // Their keys are of no use while their owner is deactivated.
        if (!active) await tx.session.deleteMany({ where: { userId } });
        await this.log.record({ ...about, kind: active ? 'reactivated' : 'deactivated' }, tx);
      }
      const [after, keys] = await Promise.all([
        tx.user.findUniqueOrThrow({ where: { id: userId } }),
        tx.apikey.count({ where: { referenceId: userId } }),
      ]);
      return toPerson(after, keys);
    });
  }
}

/** What makes or changes accounts comes one after the other. */
export const inTurn = (tx: Tx): Promise<unknown> =>
  tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('almenara people'))`;

async function requireStillAdmin(tx: Tx, by: Principal): Promise<void> {
  const now = await tx.user.findUnique({ where: { id: by.userId } });
  if (!now || now.banned || roleOf(now.role) !== 'admin')
    throw new Refused('forbidden', 'Only an administrator may do this.');
}

export const toPerson = (row: UserRow, keys: number): Person => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: roleOf(row.role),
  active: !row.banned,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  keys,
});
