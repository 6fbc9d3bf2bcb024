import { routes } from '@almenara/events';
import compression from 'compression';
import express, { type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { accessLog } from './access-log.ts';
import { type AccountRoutePorts, accountRoutes, inviteRoutes, ownRoutes } from './accounts.ts';
import { boundBodies } from './bodies.ts';
import { type CommandRoutePorts, commandRoutes, queryRoutes, type RunQuery } from './commands.ts';
import { Drain } from './drain.ts';
import { exportRoutes } from './exports.ts';
import { type ImportRoutePorts, importRoutes } from './imports.ts';
import { type LogRoutePorts, logRoutes } from './log.ts';
import { requireOurOrigin } from './our-origin.ts';
import { answerErrors, unknownRoute } from './respond.ts';
import { serving } from './route.ts';
import { type SetupRoutePorts, setupRoutes } from './setup.ts';
import { type SignInPorts, signInRoutes } from './sign-in.ts';
import { cutStalled } from './stalled.ts';

export interface HttpPorts
  extends AccountRoutePorts,
    SignInPorts,
    SetupRoutePorts,
    CommandRoutePorts,
    ImportRoutePorts,
    LogRoutePorts {
  readonly log: Logger;
  readonly query: RunQuery;
  /** Proxies before us whose X-Forwarded-For is believed. */
  readonly trustProxy: number;
  readonly maxBodyBytes: number;
  readonly secure: boolean;
  readonly development: boolean;
  /** `demo`: the demo accounts exist, for the banner that says so. `setup`: the first run is not finished. */
  readonly about: () => Promise<{ demo: boolean; setup: boolean }>;
  /** Throws while the node cannot serve. */
  ready(): Promise<void>;
  /** The web app; null where it has not been built. */
  readonly web: RequestHandler | null;
  failed(error: unknown): void;
}

/** What changes accounts; /api/auth sees to itself. */
const ACCOUNTS = ['setup', 'people', 'invitations', 'invite', 'keys', 'me'].map((part) => `/api/${part}`);

/** The HTTP side: routes from the contract, the log, accounts, health and the web app. */
export function createHttp(ports: HttpPorts): express.Express {
  const { log, identify, failed } = ports;
  const app = express();
  const serve = serving(app, identify);
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', ports.trustProxy);
  app.use(accessLog(log));
  app.use(cutStalled);
  app.use(securityHeaders(ports));
  app.use(compression());

  serve(routes.get_live, () => ({ status: 'live' }));
  serve(routes.get_ready, async () => {
    await ports.ready();
    return { status: 'ready' };
  });

  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(signInRoutes(ports));
  serve(routes.get_about, async () => ({ name: 'Almenara', ...(await ports.about()) }));
  app.use(importRoutes(ports));
  app.use(boundBodies(ports.maxBodyBytes));
  app.use(express.json({ limit: ports.maxBodyBytes, strict: false }));
  app.use(ACCOUNTS, requireOurOrigin(ports.publicUrl));
  app.use(setupRoutes(ports));
  app.use(accountRoutes(ports));
  app.use(inviteRoutes(ports));
  app.use(ownRoutes(ports));
  app.use(commandRoutes(ports));
  app.use(queryRoutes(identify, ports.limitRead, ports.query));
  app.use(exportRoutes(ports));
  app.use(logRoutes(ports));
  app.use('/api', unknownRoute);

  if (ports.web) app.use(ports.web);
  app.use(unknownRoute);
  app.use(answerErrors(failed, new Drain()));
  return app;
}

/** Tight by default: everything from here, nothing framed. Vite's development client needs inline scripts. */
function securityHeaders({ secure, development }: HttpPorts): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: development ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'", 'ws:', 'wss:'],
        frameAncestors: ["'none'"],
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
    strictTransportSecurity: secure,
    // Without TLS browsers ignore these, and complain.
    crossOriginOpenerPolicy: secure,
    originAgentCluster: secure,
  });
}
