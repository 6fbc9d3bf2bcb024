import { type Actor, ADMINS } from '@almenara/events';
import { Router } from 'express';
import type { AccountLog } from '../auth/account-log.ts';
import type { Accounts } from '../auth/accounts.ts';
import { FirstRun, SetupInput } from '../auth/setup.ts';
import type { Db } from '../database/client.ts';
import { parseInput } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';
import { visitorOf } from './visitor.ts';

export interface SetupRoutePorts {
  readonly accounts: Accounts;
  readonly accountLog: AccountLog;
  readonly db: Db;
  readonly identify: Identify;
  /** Fills an empty desk with made-up goods; throws `conflict` where it is not empty. */
  sampleGoods(actor: Actor): Promise<void>;
}

/** The first run: the administrator's account, then what remains, which every administrator may bring to its end. */
export function setupRoutes({ accounts, accountLog, db, identify, sampleGoods }: SetupRoutePorts): Router {
  const router = Router();
  const firstRun = new FirstRun(accounts, db);
  router.get('/api/setup', async (_request, response) => {
    response.json({ needed: await firstRun.needed() });
  });
  router.post('/api/setup', async (request, response) => {
    const input = parseInput(SetupInput, request.body);
    await firstRun.createAdministrator(input);
    const user = await db.user.findUnique({ where: { email: input.email } });
    const about = { userId: user?.id ?? null, email: input.email, visitor: visitorOf(request) };
    await accountLog.record({ ...about, kind: 'administrator_made' });
    response.status(201).json({});
  });
  router.get('/api/setup/progress', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    response.json(await firstRun.progress());
  });
  router.post('/api/setup/sample', async (request, response) => {
    const principal = await identify(request);
    requireRole(principal, ADMINS);
    await sampleGoods(principal);
    response.json({});
  });
  router.post('/api/setup/finish', async (request, response) => {
    requireRole(await identify(request), ADMINS);
    await firstRun.finish();
    response.json({});
  });
  return router;
}
