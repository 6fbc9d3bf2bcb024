import { type Actor, ADMINS } from '@almenara/events';
import { Router } from 'express';
import type { AccountLog } from '../auth/account-log.ts';
import { networkOf } from '../auth/network.ts';
import { type FirstRun, SetupInput } from '../auth/setup.ts';
import { isDirect } from '../auth/setup-link.ts';
import type { SignInGuard } from '../auth/sign-in-guard.ts';
import type { Db } from '../database/client.ts';
import { parseInput } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';
import { visitorOf } from './visitor.ts';

export interface SetupRoutePorts {
  readonly firstRun: FirstRun;
  readonly guard: SignInGuard;
  readonly accountLog: AccountLog;
  readonly db: Db;
  readonly identify: Identify;
  /** Fills an empty desk with made-up goods; throws `conflict` where it is not empty. */
  sampleGoods(actor: Actor): Promise<void>;
}

/** The first run: the administrator's account, then what remains, which every administrator may bring to its end. */
export function setupRoutes(ports: SetupRoutePorts): Router {
  const { firstRun, guard, accountLog, db, identify, sampleGoods } = ports;
  const router = Router();
  router.get('/api/setup', async (request, response) => {
    const needed = await firstRun.needed();
    const byLink = needed && firstRun.needsLink(isDirect(request.headers));
    response.json({ needed, ...(byLink && { byLink }) });
  });
  router.post('/api/setup', async (request, response) => {
    const input = parseInput(SetupInput, request.body);
    if (input.token !== undefined) await guard.guess(networkOf(request.ip));
    await firstRun.createAdministrator(input, isDirect(request.headers));
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
