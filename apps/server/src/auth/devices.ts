import type { Device, PasswordChange } from '@almenara/events';
import type { z } from 'zod';
import type { Db } from '../database/client.ts';
import { invalid, notFound, Refused } from '../errors.ts';
import type { AccountLog } from './account-log.ts';
import type { Accounts } from './accounts.ts';
import { requireStrongPassword } from './password-strength.ts';
import type { Principal } from './principal.ts';
import type { Visitor } from './visitor.ts';

/** More are not shown; the ones used last are. */
const SHOWN = 200;

/** A person's own sessions and password. Nothing here is for API keys: they are their owner's work, not their owner. */
export class Devices {
  private readonly db: Db;
  private readonly accounts: Accounts;
  private readonly log: AccountLog;

  constructor(ports: { db: Db; accounts: Accounts; log: AccountLog }) {
    this.db = ports.db;
    this.accounts = ports.accounts;
    this.log = ports.log;
  }

  async list(me: Principal, now: Date): Promise<Device[]> {
    const current = sessionOf(me);
    const rows = await this.db.session.findMany({
      where: { userId: me.userId, expiresAt: { gt: now } },
      orderBy: { updatedAt: 'desc' },
      take: SHOWN,
    });
    return rows.map((row) => ({
      id: row.id,
      current: row.id === current,
      agent: row.userAgent || null,
      address: row.ipAddress || null,
      createdAt: row.createdAt.toISOString(),
      lastSeenAt: row.updatedAt.toISOString(),
    }));
  }

  /** Ends one session of one's own. The caller has connections rechecked. */
  async end(me: Principal, id: string, visitor: Visitor): Promise<void> {
    const row = await this.db.session.findFirst({ where: { id, userId: me.userId } });
    const { count } = await this.db.session.deleteMany({ where: { id, userId: me.userId } });
    if (!row || count === 0) throw notFound('session', id);
    await this.record(me, 'session_ended', visitor, row.userAgent ?? '');
  }

  /** Ends all sessions but this one. */
  async endOthers(me: Principal, visitor: Visitor): Promise<{ ended: number }> {
    const { count } = await this.db.session.deleteMany({
      where: { userId: me.userId, id: { not: sessionOf(me) } },
    });
    if (count > 0) await this.record(me, 'session_ended', visitor, String(count));
    return { ended: count };
  }

  /** Takes the current password: an unlocked screen is not enough to take an account over. */
  async changePassword(
    me: Principal,
    { current, next, signOutOthers }: z.output<typeof PasswordChange>,
    visitor: Visitor,
  ): Promise<void> {
    const session = sessionOf(me);
    const { password } = await this.accounts.$context;
    const account = await this.db.account.findFirst({
      where: { userId: me.userId, providerId: 'credential' },
    });
    if (!account?.password) throw new Refused('conflict', 'This account has no password.');
    if (!(await password.verify({ hash: account.password, password: current })))
      throw invalid('The current password is wrong.', 'current');
    const [user, company] = await Promise.all([
      this.db.user.findUnique({ where: { id: me.userId } }),
      this.db.company.findUnique({ where: { id: 1 } }),
    ]);
    await requireStrongPassword(next, 'next', [me.name, user?.email, company?.name]);
    const hash = await password.hash(next);
    await this.db.$transaction(async (tx) => {
      await tx.account.update({ where: { id: account.id }, data: { password: hash } });
      if (signOutOthers) await tx.session.deleteMany({ where: { userId: me.userId, id: { not: session } } });
    });
    await this.record(me, 'password_changed', visitor);
  }

  private async record(
    { userId }: Principal,
    kind: 'session_ended' | 'password_changed',
    visitor: Visitor,
    detail?: string,
  ): Promise<void> {
    const user = await this.db.user.findUnique({ where: { id: userId } });
    const about = { userId, email: user?.email ?? null, visitor };
    await this.log.record({ ...about, kind, ...(detail && { detail }) });
  }
}

function sessionOf({ via }: Principal): string {
  if (via.kind !== 'session')
    throw new Refused('forbidden', 'Only a signed-in person may do this, not a key.');
  return via.id;
}
