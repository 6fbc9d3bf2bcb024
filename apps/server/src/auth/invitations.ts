import { createHash, randomBytes } from 'node:crypto';
import {
  type Invitation,
  type InvitationInput,
  type Invite,
  type InviteAccept,
  Role,
  Uuid,
} from '@almenara/events';
import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Db, Tx } from '../database/client.ts';
import { notFound, Refused } from '../errors.ts';
import type { AccountLog } from './account-log.ts';
import type { Accounts } from './accounts.ts';
import { requireStrongPassword } from './password-strength.ts';
import { inTurn } from './people.ts';
import type { Principal } from './principal.ts';
import type { Visitor } from './visitor.ts';

const VALID_DAYS = 7;
/** Invitations of one desk at a time. */
const MAX_INVITATIONS = 500;

type InvitationRow = Awaited<ReturnType<Db['invitation']['findUniqueOrThrow']>>;

export interface InvitationPorts {
  readonly db: Db;
  readonly accounts: Accounts;
  readonly log: AccountLog;
  readonly clock: Clock;
  readonly newId: () => string;
}

/** Links that make one account each. Only hashes of them are stored: whoever reads the table can use none. */
export class Invitations {
  private readonly ports: InvitationPorts;

  constructor(ports: InvitationPorts) {
    this.ports = ports;
  }

  /** `token` is to be had here and never again. An invitation of the same address that has expired is replaced. */
  async invite(input: z.output<typeof InvitationInput>, by: Principal, visitor: Visitor) {
    const { db, clock, log } = this.ports;
    return db.$transaction(async (tx) => {
      await inTurn(tx);
      const { email } = input;
      if (await tx.user.findUnique({ where: { email } }))
        throw refused('account', `${email} has an account already.`);
      await tx.invitation.deleteMany({ where: { email, expiresAt: { lte: clock.now() } } });
      if (await tx.invitation.findUnique({ where: { email } }))
        throw refused('invited', `${email} has been invited already. Make a new link, or withdraw it.`);
      if ((await tx.invitation.count()) >= MAX_INVITATIONS)
        throw refused('full', `There are ${MAX_INVITATIONS} invitations. Withdraw some first.`);
      const about = { userId: null, email, detail: input.role, by, visitor };
      await log.record({ ...about, kind: 'invited' }, tx);
      return this.make(tx, input, by);
    });
  }

  /** A new link, for another seven days; the old one is of no use from here on. */
  async renew(id: string, by: Principal, visitor: Visitor) {
    const { db, log } = this.ports;
    return db.$transaction(async (tx) => {
      const { email, name, role } = await take(tx, id);
      await log.record({ kind: 'invited', userId: null, email, detail: role, by, visitor }, tx);
      return this.make(tx, { email, name, role: Role.parse(role) }, by);
    });
  }

  async withdraw(id: string, by: Principal, visitor: Visitor): Promise<void> {
    const { db, log } = this.ports;
    await db.$transaction(async (tx) => {
      const { email, role } = await take(tx, id);
      const about = { userId: null, email, detail: role, by, visitor };
      await log.record({ ...about, kind: 'invitation_withdrawn' }, tx);
    });
  }

  /** What the invited sees. One answer for every link that is no good, whatever is wrong with it. */
  async look(token: string): Promise<Invite> {
    const { db, clock } = this.ports;
    const row = await db.invitation.findUnique({ where: { tokenHash: hashOf(token) } });
    if (!row || row.expiresAt <= clock.now()) throw NO_GOOD();
    const company = await db.company.findUnique({ where: { id: 1 } });
    return { email: row.email, name: row.name, role: Role.parse(row.role), company: company?.name ?? null };
  }

  /** Makes the account. The link is used up in the same transaction: of several who hold it one gets in. */
  async accept({ token, password }: z.output<typeof InviteAccept>, visitor: Visitor): Promise<Invite> {
    const invite = await this.look(token);
    await requireStrongPassword(password, 'password', [invite.name, invite.email, invite.company]);
    const { db, accounts, clock, newId, log } = this.ports;
    // Slow on purpose, so before anything is locked.
    const hash = await (await accounts.$context).password.hash(password);
    await db.$transaction(async (tx) => {
      await inTurn(tx);
      const tokenHash = hashOf(token);
      const { count } = await tx.invitation.deleteMany({
        where: { tokenHash, expiresAt: { gt: clock.now() } },
      });
      if (count === 0) throw NO_GOOD();
      const { email, name, role } = invite;
      if (await tx.user.findUnique({ where: { email } }))
        throw refused('account', `${email} has an account already. Sign in.`);
      const { id } = await tx.user.create({ data: { id: newId(), email, name, role } });
      await tx.account.create({
        data: { id: newId(), userId: id, accountId: id, providerId: 'credential', password: hash },
      });
      await log.record({ kind: 'invitation_accepted', userId: id, email, detail: role, visitor }, tx);
    });
    return invite;
  }

  private async make(tx: Tx, input: z.output<typeof InvitationInput>, by: Principal) {
    const { clock, newId } = this.ports;
    const token = randomBytes(32).toString('base64url');
    const createdAt = clock.now();
    const row = await tx.invitation.create({
      data: {
        ...input,
        id: newId(),
        tokenHash: hashOf(token),
        invitedById: by.userId,
        invitedBy: by.name,
        createdAt,
        expiresAt: new Date(createdAt.getTime() + VALID_DAYS * 86_400_000),
      },
    });
    return { invitation: toInvitation(row), token };
  }
}

/** Removes an invitation: what it was, or `not_found` where it is gone, used or no id at all. */
async function take(tx: Tx, id: string): Promise<InvitationRow> {
  await inTurn(tx);
  const row = Uuid.safeParse(id).success ? await tx.invitation.findUnique({ where: { id } }) : null;
  if (!row) throw notFound('invitation', id);
  await tx.invitation.delete({ where: { id } });
  return row;
}

/** 32 random bytes need no salt and no slowness: nobody guesses one. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

const NO_GOOD = () => new Refused('not_found', 'This invitation is not valid any more. Ask for a new one.');

const refused = (reason: string, message: string): Refused =>
  new Refused('conflict', message, { details: { reason } });

export const toInvitation = (row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: Role.parse(row.role),
  invitedBy: row.invitedBy,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
