import { ADMINS } from '@almenara/events';
import { toNodeHandler } from 'better-auth/node';
import { type Request, Router } from 'express';
import type { Accounts } from '../auth/accounts.ts';
import { createKey, deleteKey, KeyInput, listKeys } from '../auth/keys.ts';
import { isOurOrigin } from '../auth/origin.ts';
import { FirstRun, SetupInput } from '../auth/setup.ts';
import type { Db } from '../database/client.ts';
import { parseInput, Refused } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';

export interface AccountRoutePorts {
  readonly accounts: Accounts;
  readonly db: Db;
  readonly identify: Identify;
  readonly publicUrl: string | undefined;
  /** Counts a try to sign in from an address; throws `rate_limited`. */
  signingIn(address: string): Promise<void>;
  /** Has every connection's principal looked at again. */
  recheck(): Promise<void>;
}

/** Names, addresses and passwords: nothing under /api/auth needs more. */
const AUTH_BODY_BYTES = 64_000;

/** Sign-in and everything else under /api/auth is better-auth's; it reads the body itself, so this goes before json(). */
export function authRoutes({ accounts, signingIn, publicUrl }: AccountRoutePorts): Router {
  const router = Router();
  router.post('/api/auth/sign-in/*rest', async (request, _response, next) => {
    await signingIn(request.ip ?? 'unknown');
    next();
  });
  router.all('/api/auth/*rest', (request, _response, next) => {
    if (
      request.method !== 'GET' &&
      !isOurOrigin(request.header('origin'), request.header('host'), publicUrl)
    ) {
      throw new Refused('forbidden', 'This request comes from another site.');
    }
    requireSmallBody(request);
    // Node's own fetch sends Sec-Fetch-Mode and no Origin, which better-auth takes for a browser that hides where it
    // comes from. Browsers send an Origin with every POST.
    if (request.headers.origin === undefined) {
      for (const name of Object.keys(request.headers))
        if (name.startsWith('sec-fetch-')) delete request.headers[name];
    }
    next();
  });
  router.all('/api/auth/*rest', toNodeHandler(accounts));
  return router;
}

/** better-auth reads bodies to their end, however long: only those that say beforehand that they are short get there. */
function requireSmallBody(request: Request): void {
  if (request.header('transfer-encoding') !== undefined) {
    throw new Refused('invalid', 'Send the body in one piece, with its Content-Length.');
  }
  if (Number(request.header('content-length') ?? 0) > AUTH_BODY_BYTES) {
    throw new Refused('too_large', `The body may have at most ${AUTH_BODY_BYTES} bytes.`);
  }
}

/** API keys and the first run. */
export function accountRoutes({ accounts, db, identify, recheck }: AccountRoutePorts): Router {
  const router = Router();
  const firstRun = new FirstRun(accounts, db);
  router.get('/api/setup', async (_request, response) => {
    response.json({ needed: await firstRun.needed() });
  });
  router.post('/api/setup', async (request, response) => {
    await firstRun.createAdministrator(parseInput(SetupInput, request.body));
    response.status(201).json({});
  });

  router.get('/api/keys', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    response.json({ items: await listKeys(db) });
  });
  router.post('/api/keys', async (request, response) => {
    const principal = await identify(request);
    requireRole(principal, ADMINS);
    response
      .status(201)
      .json(await createKey(accounts, db, principal.userId, parseInput(KeyInput, request.body)));
  });
  router.delete('/api/keys/:id', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    await deleteKey(db, request.params.id);
    await recheck();
    response.json({});
  });
  return router;
}
