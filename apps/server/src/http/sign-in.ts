import { ADMINS, betterAuthRoutes, type ErrorCode, type Failure, routeLine, routes } from '@almenara/events';
import express, { type Response as Answer, type Request, Router } from 'express';
import { z } from 'zod';
import type { AccountLog } from '../auth/account-log.ts';
import { type Accounts, ADDRESS_HEADER } from '../auth/accounts.ts';
import type { KnownDevices } from '../auth/known-device.ts';
import type { People } from '../auth/people.ts';
import type { SignInGuard, Try } from '../auth/sign-in-guard.ts';
import type { Db } from '../database/client.ts';
import type { DatabaseHealth } from '../database/health.ts';
import { invalid, Refused } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';
import { requireOurOrigin } from './our-origin.ts';
import { sendProblem, unknownRoute } from './respond.ts';
import { serving } from './route.ts';
import { visitorOf } from './visitor.ts';

export interface SignInPorts {
  readonly accounts: Accounts;
  readonly people: People;
  readonly accountLog: AccountLog;
  readonly db: Db;
  readonly health: DatabaseHealth;
  readonly identify: Identify;
  readonly publicUrl: string | undefined;
  readonly guard: SignInGuard;
  readonly knownDevices: KnownDevices;
  /** Has every connection's principal looked at again. */
  recheck(): Promise<void>;
}

/** Names, addresses and passwords: nothing under /api/auth needs more. */
const AUTH_BODY_BYTES = 64_000;

const SIGN_IN = routes.sign_in.path;

/**
 * What of better-auth is open, letter by letter: another spelling of the same would not be counted and recorded. The
 * rest has routes of its own that check more, or is of no use here.
 */
const OPEN = new Set(Object.values(betterAuthRoutes).map(routeLine));

/** Sign-in and sign-out are better-auth's. It gets the bytes of the body, so this goes before json(). */
export function signInRoutes(ports: SignInPorts): Router {
  const { publicUrl, identify, people, recheck } = ports;
  const router = Router();
  const serve = serving(router, identify);
  router.all('/api/auth/*rest', requireOurOrigin(publicUrl), (request, _response, next) => {
    requireSmallBody(request);
    next();
  });
  router.use('/api/auth', express.raw({ type: () => true, limit: AUTH_BODY_BYTES }));

  // Outside programs know it by better-auth's path and answer; the checks are ours.
  serve(routes.set_role, {
    bodyOf: jsonOf,
    answer: async ({ who, body: { userId, role }, request }) => {
      const user = await people.change(userId, { role }, who, visitorOf(request));
      await recheck();
      return { user };
    },
  });
  router.all('/api/auth/admin/*rest', async (request, response, next) => {
    requireRole(await identify(request), ADMINS);
    unknownRoute(request, response, next);
  });

  router.all('/api/auth/*rest', async (request, response, next) => {
    if (!OPEN.has(`${request.method} ${request.path}`)) {
      unknownRoute(request, response, next);
      return;
    }
    const attempt = request.path === SIGN_IN ? await begin(ports, request) : null;
    // better-auth takes a session that it cannot read for none: with a lost connection that would sign people out.
    const answer = await ports.health
      .sure(
        () => ports.accounts.handler(toWebRequest(request)),
        ({ status }) => status < 400,
      )
      .catch(async (error: unknown) => {
        await attempt?.undone();
        throw error;
      });
    const text = await answer.text();
    const cookies = answer.headers.getSetCookie();
    if (attempt) {
      await remember(ports, request, attempt.email, answer.status, text);
      if (answer.status < 400) {
        await attempt.succeeded();
        cookies.push(ports.knownDevices.remember(attempt.email, attempt.device));
      }
    }
    if (cookies.length > 0) response.set('Set-Cookie', cookies);
    if (answer.status >= 400) sendProblem(response, toFailure(answer.status, text));
    else send(response, answer, text);
  });
  return router;
}

/** What somebody typed who wants in, however wrong it is. */
const Typed = z.object({ email: z.string().nullable().catch(null) }).catch({ email: null });

/** Long ones never come to better-auth, which would read them to their end. */
function requireSmallBody(request: Request): void {
  if (request.header('transfer-encoding') !== undefined) {
    throw new Refused('invalid', 'Send the body in one piece, with its Content-Length.');
  }
  if (Number(request.header('content-length') ?? 0) > AUTH_BODY_BYTES) {
    throw new Refused('too_large', `The body may have at most ${AUTH_BODY_BYTES} bytes.`);
  }
}

/** Only JSON: another form of the same would be read by better-auth, and not be counted and recorded by us. */
function jsonOf(request: Request): unknown {
  const body: unknown = request.body;
  if (!Buffer.isBuffer(body) || request.is('json') === false) throw invalid('Send the body as JSON.');
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw invalid('The body is no JSON.');
  }
}

/** Counts a try to sign in before anything is looked up; throws `rate_limited`. */
async function begin(
  { guard, accountLog, knownDevices }: SignInPorts,
  request: Request,
): Promise<Try & { email: string; device: string | null }> {
  const email = Typed.parse(jsonOf(request)).email ?? '';
  const device = knownDevices.find(request.header('cookie'), email);
  const visitor = visitorOf(request);
  try {
    const attempt = await guard.begin({ email, device, address: visitor.address });
    return { ...attempt, email, device };
  } catch (refusal) {
    await accountLog.recordFlood(email, visitor);
    throw refusal;
  }
}

const SignedIn = z.object({ user: z.object({ id: z.string(), email: z.string() }) });

/** Writes down how a try to sign in ended; for administrators, who are told more than whoever tries. */
async function remember(
  { accountLog, db }: SignInPorts,
  request: Request,
  typed: string,
  status: number,
  text: string,
): Promise<void> {
  const visitor = visitorOf(request);
  if (status < 400) {
    const { user } = SignedIn.parse(JSON.parse(text));
    await accountLog.record({ kind: 'signed_in', userId: user.id, email: user.email, visitor });
    await db.user.update({ where: { id: user.id }, data: { lastSeenAt: new Date() } });
    return;
  }
  // better-auth has refused what is no address at all with 400: only whole ones are looked up.
  const known = status !== 400 ? await db.user.findUnique({ where: { email: typed.toLowerCase() } }) : null;
  const reason =
    status === 401
      ? known
        ? 'wrong_password'
        : 'unknown_email'
      : status === 403
        ? 'deactivated'
        : 'invalid';
  await accountLog.record({
    kind: 'sign_in_refused',
    userId: known?.id ?? null,
    email: typed || null,
    reason,
    visitor,
  });
}

function toWebRequest(request: Request): globalThis.Request {
  const url = `${request.protocol}://${request.host}${request.originalUrl}`;
  if (!URL.canParse(url)) throw invalid('The Host header is not right.', 'Host');
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    // Node's own fetch sends Sec-Fetch-Mode and no Origin, which better-auth takes for a browser that hides where
    // it comes from. Browsers send an Origin with every POST.
    if (value === undefined || (name.startsWith('sec-fetch-') && request.headers.origin === undefined))
      continue;
    for (const one of [value].flat()) headers.append(name, one);
  }
  headers.set(ADDRESS_HEADER, request.ip ?? '');
  const body: unknown = request.body;
  const hasBody = Buffer.isBuffer(body) && body.length > 0;
  return new globalThis.Request(url, {
    method: request.method,
    headers,
    ...(hasBody && { body: new Uint8Array(body) }),
  });
}

function send(response: Answer, answer: globalThis.Response, text: string): void {
  for (const [name, value] of answer.headers)
    if (name !== 'set-cookie' && name !== 'content-length') response.set(name, value);
  response.status(answer.status).send(text);
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  413: 'too_large',
  429: 'rate_limited',
  503: 'unavailable',
};

const AuthError = z.object({ message: z.string().optional(), code: z.string().optional() });

/** better-auth's own errors in the words of all our others. */
function toFailure(status: number, text: string): Failure {
  const error = AuthError.safeParse(parsed(text));
  const { message, code } = error.success ? error.data : {};
  return {
    code: CODES[status] ?? (status >= 500 ? 'internal' : 'invalid'),
    message: message ?? 'The request was turned down.',
    ...(code !== undefined && { details: { reason: code.toLowerCase() } }),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
