import {
  AccountEventParams,
  ADMINS,
  InvitationInput,
  InviteAccept,
  InviteLook,
  KeyInput,
  PasswordChange,
  PeopleParams,
  PersonChange,
} from '@almenara/events';
import { type Request, Router } from 'express';
import type { AccountLog } from '../auth/account-log.ts';
import type { Accounts } from '../auth/accounts.ts';
import type { Devices } from '../auth/devices.ts';
import type { Invitations } from '../auth/invitations.ts';
import { createKey, deleteKey, listKeys } from '../auth/keys.ts';
import { networkOf } from '../auth/network.ts';
import type { People } from '../auth/people.ts';
import type { Principal } from '../auth/principal.ts';
import type { SignInGuard } from '../auth/sign-in-guard.ts';
import type { Visitor } from '../auth/visitor.ts';
import type { Clock } from '../clock.ts';
import type { Db } from '../database/client.ts';
import { parseInput, Refused } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';
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

/** What administrators do with accounts: people, invitations, API keys, and what happened to all of them. */
export function accountRoutes(ports: AccountRoutePorts): Router {
  const { accounts, people, invitations, accountLog, db, identify, recheck } = ports;
  const router = Router();

  router.get('/api/people', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    response.json(await people.list(parseInput(PeopleParams, request.query)));
  });
  router.patch('/api/people/:id', async (request, response) => {
    const me = await identify(request);
    requireRole(me, ADMINS);
    const change = parseInput(PersonChange, request.body);
    const person = await people.change(request.params.id, change, me, visitorOf(request));
    await recheck();
    response.json({ person });
  });

  router.get('/api/invitations', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    response.json({ items: await invitations.list() });
  });
  router.post('/api/invitations', async (request, response) => {
    const me = await identify(request);
    requireRole(me, ADMINS);
    const input = parseInput(InvitationInput, request.body);
    response.status(201).json(await invitations.invite(input, me, visitorOf(request)));
  });
  router.post('/api/invitations/:id/link', async (request, response) => {
    const me = await identify(request);
    requireRole(me, ADMINS);
    response.status(201).json(await invitations.renew(request.params.id, me, visitorOf(request)));
  });
  router.delete('/api/invitations/:id', async (request, response) => {
    const me = await identify(request);
    requireRole(me, ADMINS);
    await invitations.withdraw(request.params.id, me, visitorOf(request));
    response.json({});
  });

  router.get('/api/sign-ins', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    response.json(await accountLog.list(parseInput(AccountEventParams, request.query)));
  });

  router.get('/api/keys', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    response.json({ items: await listKeys(db) });
  });
  router.post('/api/keys', async (request, response) => {
    const me = await identify(request);
    requireRole(me, ADMINS);
    const made = await createKey(accounts, db, me.userId, parseInput(KeyInput, request.body));
    await recordKey(ports, 'key_made', made.name, me, visitorOf(request));
    response.status(201).json(made);
  });
  router.delete('/api/keys/:id', async (request, response) => {
    const me = await identify(request);
    requireRole(me, ADMINS);
    const { name } = await deleteKey(db, request.params.id);
    await recheck();
    await recordKey(ports, 'key_revoked', name, me, visitorOf(request));
    response.json({});
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
export function inviteRoutes({ invitations, guard }: AccountRoutePorts): Router {
  const router = Router();
  const guessing = async <T>(request: Request, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof Refused && error.code === 'not_found') await guard.guess(networkOf(request.ip));
      throw error;
    }
  };
  router.post('/api/invite', async (request, response) => {
    const { token } = parseInput(InviteLook, request.body);
    response.json({ invite: await guessing(request, invitations.look(token)) });
  });
  router.post('/api/invite/accept', async (request, response) => {
    const input = parseInput(InviteAccept, request.body);
    const invite = await guessing(request, invitations.accept(input, visitorOf(request)));
    response.status(201).json({ invite });
  });
  return router;
}

/** One's own devices and password. */
export function ownRoutes({ devices, clock, identify, guard, recheck }: AccountRoutePorts): Router {
  const router = Router();
  router.get('/api/me/sessions', async (request, response) => {
    response.json({ items: await devices.list(await identify(request), clock.now()) });
  });
  router.delete('/api/me/sessions', async (request, response) => {
    const ended = await devices.endOthers(await identify(request), visitorOf(request));
    await recheck();
    response.json(ended);
  });
  router.delete('/api/me/sessions/:id', async (request, response) => {
    await devices.end(await identify(request), request.params.id, visitorOf(request));
    await recheck();
    response.json({});
  });
  router.post('/api/me/password', async (request, response) => {
    const me = await identify(request);
    // By session: who has stolen one does not keep its owner from changing the password with another.
    await guard.guess(`password in ${me.via.id}`);
    await devices.changePassword(me, parseInput(PasswordChange, request.body), visitorOf(request));
    await recheck();
    response.json({});
  });
  return router;
}
