import { routes } from '@almenara/events';
import { type Request, Router } from 'express';
import type { AccountLog } from '../auth/account-log.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Devices } from '../auth/devices.ts';
import type { Invitations } from '../auth/invitations.ts';
import { createKey, deleteKey } from '../auth/keys.ts';
import { networkOf } from '../auth/network.ts';
import type { People } from '../auth/people.ts';
import type { Principal } from '../auth/principal.ts';
import type { SignInGuard } from '../auth/sign-in-guard.ts';
import type { Visitor } from '../auth/visitor.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/client.ts';
import { Refused } from '../errors.ts';
import type { Identify } from './identify.ts';
import { serving } from './route.ts';
import { visitorOf } from './visitor.ts';

export interface AccountRoutePorts {
  readonly accounts: Accounts;
  readonly people: People;
  readonly invitations: Invitations;
  readonly devices: Devices;
  readonly accountLog: AccountLog;
  readonly db: Db;
  readonly clock: Clock;
  readonly identify: Identify;
  readonly guard: SignInGuard;
  /** Has every connection's principal looked at again. */
  recheck(): Promise<void>;
}

/** What administrators do with accounts: people, invitations and API keys. What they read of them are queries. */
export function accountRoutes(ports: AccountRoutePorts): Router {
  const { accounts, people, invitations, db, identify, recheck } = ports;
  const router = Router();
  const serve = serving(router, identify);

  serve(routes.change_person, async ({ who, params, body, request }) => {
    const person = await people.change(params.userId, body, who, visitorOf(request));
    await recheck();
    return { person };
  });

  serve(routes.invite_person, ({ who, body, request }) => invitations.invite(body, who, visitorOf(request)));
  serve(routes.renew_invitation, ({ who, params, request }) =>
    invitations.renew(params.invitationId, who, visitorOf(request)),
  );
  serve(routes.withdraw_invitation, ({ who, params, request }) =>
    invitations.withdraw(params.invitationId, who, visitorOf(request)),
  );

  serve(routes.make_key, async ({ who, body, request }) => {
    const made = await createKey(accounts, db, who.userId, body);
    await recordKey(ports, 'key_made', made.name, who, visitorOf(request));
    return made;
  });
  serve(routes.revoke_key, async ({ who, params, request }) => {
    const { name } = await deleteKey(db, params.keyId);
    await recheck();
    await recordKey(ports, 'key_revoked', name, who, visitorOf(request));
  });
  return router;
}

async function recordKey(
  { accountLog, db }: AccountRoutePorts,
  kind: 'key_made' | 'key_revoked',
  detail: string,
  { userId }: Principal,
  visitor: Visitor,
): Promise<void> {
  const user = await db.user.findUnique({ where: { id: userId } });
  await accountLog.record({ kind, userId, email: user?.email ?? null, detail, visitor });
}

/**
 * What the holder of an invitation's link may do, without an account. Each guess counts as a try to sign in; a link that
 * is good opens whatever others at the same address have guessed.
 */
export function inviteRoutes({ invitations, guard, identify }: AccountRoutePorts): Router {
  const router = Router();
  const serve = serving(router, identify);
  const guessing = async <T>(request: Request, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Refused && error.code === 'not_found') await guard.guess(networkOf(request.ip));
      throw error;
    }
  };
  serve(routes.look_at_invite, async ({ body, request }) => ({
    invite: await guessing(request, invitations.look(body.token)),
  }));
  serve(routes.accept_invite, async ({ body, request }) => ({
    invite: await guessing(request, invitations.accept(body, visitorOf(request))),
  }));
  return router;
}

/** One's own devices and password. */
export function ownRoutes({ devices, clock, identify, guard, recheck }: AccountRoutePorts): Router {
  const router = Router();
  const serve = serving(router, identify);
  serve(routes.list_sessions, async ({ who }) => ({ items: await devices.list(who, clock.now()) }));
  serve(routes.end_other_sessions, async ({ who, request }) => {
    const ended = await devices.endOthers(who, visitorOf(request));
    await recheck();
    return ended;
  });
  serve(routes.end_session, async ({ who, params, request }) => {
    await devices.end(who, params.sessionId, visitorOf(request));
    await recheck();
  });
  serve(routes.change_password, {
    // By session: who has stolen one does not keep its owner from changing the password with another.
    first: ({ who }) => guard.guess(`password in ${who.via.id}`),
    answer: async ({ who, body, request }) => {
      await devices.changePassword(who, body, visitorOf(request));
      await recheck();
    },
  });
  return router;
}
