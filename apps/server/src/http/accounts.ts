import { ADMINS } from '@almenara/events';
import { toNodeHandler } from 'better-auth/node';
import { Router } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Accounts } from '../auth/accounts.ts';
import { createKey, deleteKey, KeyInput, listKeys } from '../auth/keys.ts';
import { isOurOrigin } from '../auth/origin.ts';
import { createAdministrator, needsSetup, SetupInput } from '../auth/setup.ts';
import type { Db } from '../database/client.ts';
import { parseInput, Refused } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';

export interface AccountRoutePorts {
  readonly accounts: Accounts;
  readonly db: Db;
  readonly identify: Identify;
  readonly publicUrl: string | undefined;
  /** Tries to sign in from one address in a minute. */
  readonly signInRate: number;
  /** Has every connection's principal looked at again. */
  recheck(): Promise<void>;
}

/** Sign-in and everything else under /api/auth is better-auth's; it reads the body itself, so this goes before json(). */
export function authRoutes({ accounts, signInRate, publicUrl }: AccountRoutePorts): Router {
  const router = Router();
  const tries = new RateLimiterMemory({ points: signInRate, duration: 60 });
  router.post('/api/auth/sign-in/*rest', async (request, _response, next) => {
    try {
      await tries.consume(request.ip ?? 'unknown');
    } catch (verdict) {
      if (!(verdict instanceof RateLimiterRes)) throw verdict;
      throw new Refused('rate_limited', 'Too many tries to sign in. Wait a moment.', {
        retryAfterMs: Math.ceil(verdict.msBeforeNext),
      });
    }
    next();
  });
  router.all('/api/auth/*rest', (request, _response, next) => {
    if (
      request.method !== 'GET' &&
      !isOurOrigin(request.header('origin'), request.header('host'), publicUrl)
    ) {
      throw new Refused('forbidden', 'This request comes from another site.');
    }
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

/** API keys and the first run. */
export function accountRoutes({ accounts, db, identify, recheck }: AccountRoutePorts): Router {
  const router = Router();
  router.get('/api/setup', async (_request, response) => {
    response.json({ needed: await needsSetup(db) });
  });
  router.post('/api/setup', async (request, response) => {
    await createAdministrator(accounts, db, parseInput(SetupInput, request.body));
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
