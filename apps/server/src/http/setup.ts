import { type Actor, routes } from '@almenara/events';
import { Router } from 'express';
import type { AccountLog } from '../auth/account-log.ts';
import { networkOf } from '../auth/network.ts';
import type { FirstRun } from '../auth/setup.ts';
import { isDirect } from '../auth/setup-link.ts';
import type { SignInGuard } from '../auth/sign-in-guard.ts';
import type { Db } from '../database/client.ts';
import type { Identify } from './identify.ts';
import { serving } from './route.ts';
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
  const serve = serving(router, identify);
  serve(routes.get_setup, async ({ request }) => {
    const needed = await firstRun.needed();
    const byLink = needed && firstRun.needsLink(isDirect(request.headers));
    return { needed, ...(byLink && { byLink }) };
  });
  serve(routes.set_up, async ({ body, request }) => {
    if (body.token !== undefined) await guard.guess(networkOf(request.ip));
    await firstRun.createAdministrator(body, isDirect(request.headers));
    const user = await db.user.findUnique({ where: { email: body.email } });
    const about = { userId: user?.id ?? null, email: body.email, visitor: visitorOf(request) };
    await accountLog.record({ ...about, kind: 'administrator_made' });
  });
  serve(routes.get_setup_progress, () => firstRun.progress());
  serve(routes.add_sample_goods, ({ who }) => sampleGoods(who));
  serve(routes.finish_setup, () => firstRun.finish());
  return router;
}
