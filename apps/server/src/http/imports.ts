import { existsSync } from 'node:fs';
import { type ImportAnswer, ImportLanguage, type ImportState, Uuid, WRITERS } from '@almenara/events';
import { json, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import { isUnavailable } from '../database/sql-error.ts';
import { notFound, parseInput } from '../errors.ts';
import { AskedOptions } from '../import/read/options.ts';
import { sendBadLines } from '../import/report/bad-lines-file.ts';
import type { ImportSession } from '../import/run/import-session.ts';
import { type Imports, tooLarge } from '../import/run/imports.ts';
import type { Limit } from './commands.ts';
import { type Identify, requireRole } from './identify.ts';

export interface ImportRoutePorts {
  readonly imports: Imports;
  readonly identify: Identify;
  readonly limitCommand: Limit;
}

const UploadParams = z.object({ name: z.string().trim().min(1).max(255).default('import.csv') });
const BadLinesParams = z.object({ language: ImportLanguage.default('en') });
const SETTINGS_BYTES = 64_000;
/** Proxies close what is silent for longer; and a session that has ended is noticed. */
const BEAT_MS = 15_000;

/**
 * Imports in the browser: a file is brought once, looked at as often as needed, and run. Whoever brought it sees it, and
 * so do administrators, who may stop it and go on with it: a run goes on by the right of whoever began that run. Goes
 * before json().
 */
export function importRoutes({ imports, identify, limitCommand }: ImportRoutePorts): Router {
  const router = Router();
  const writer = async (request: Request): Promise<Principal> => {
    const principal = await identify(request);
    requireRole(principal, WRITERS);
    return principal;
  };
  /** One that whoever asks may see, and who that is. */
  const seen = async (request: Request): Promise<{ session: ImportSession; who: Principal }> => {
    const who = await writer(request);
    await limitCommand(who.userId);
    const id = Uuid.safeParse(request.params.id);
    if (!id.success) throw notFound('import', String(request.params.id));
    return { session: imports.get(who, id.data), who };
  };
  const settings = json({ limit: SETTINGS_BYTES });

  router.get('/api/imports', async (request, response) => {
    const who = await writer(request);
    response.json({ items: imports.seenBy(who).map(({ state }) => state), maxBytes: imports.maxBytes });
  });

  router.post('/api/imports', async (request, response) => {
    const who = await writer(request);
    await limitCommand(who.userId);
    const { name } = parseInput(UploadParams, request.query);
    if (Number(request.header('content-length') ?? 0) > imports.maxBytes) throw tooLarge(imports.maxBytes);
    response.status(201).json(answer(await imports.take(who, name, request)));
  });

  router.get('/api/imports/:id', async (request, response) => {
    const { session } = await seen(request);
    response.json(answer(session));
  });

  router.post('/api/imports/:id/preview', settings, async (request, response) => {
    const { session, who } = await seen(request);
    await session.look(parseInput(AskedOptions, request.body ?? {}), who);
    response.json(answer(session));
  });

  router.post('/api/imports/:id/run', settings, async (request, response) => {
    const { session, who } = await seen(request);
    session.run(parseInput(AskedOptions, request.body ?? {}), who);
    response.status(202).json(answer(session));
  });

  router.post('/api/imports/:id/cancel', async (request, response) => {
    const { session } = await seen(request);
    session.cancel();
    response.json(answer(session));
  });

  router.delete('/api/imports/:id', async (request, response) => {
    const { session } = await seen(request);
    await imports.remove(session);
    response.json({});
  });

  router.get('/api/imports/:id/bad-lines.csv', async (request, response) => {
    const { file, state } = (await seen(request)).session;
    const { language } = parseInput(BadLinesParams, request.query);
    if (!existsSync(file.badPath)) throw notFound('list of bad lines of import', state.id);
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="bad-lines.csv"',
    });
    await sendBadLines(file.badPath, language, response);
  });

  router.get('/api/imports/:id/events', async (request, response) => {
    const { session } = await seen(request);
    follow(session, response, () => seen(request));
  });

  return router;
}

const answer = ({ state, preview }: ImportSession): ImportAnswer => ({ import: state, preview });

/**
 * Server-Sent Events: the state now and whenever it changes. Only the newest waits for a reader that is slow, so that
 * nothing piles up; once a reader may not see it any more, it ends.
 */
function follow(session: ImportSession, response: Response, check: () => Promise<unknown>): void {
  response.writeHead(200, {
    'Content-Type': 'text/event-stream; charset=utf-8',
    // `no-transform`: compression would hold back what is small.
    'Cache-Control': 'no-store, no-transform',
    'X-Accel-Buffering': 'no',
  });
  let waiting: ImportState | null = null;
  let isFull = false;
  const write = (state: ImportState): void => {
    isFull = !response.write(`event: import\ndata: ${JSON.stringify(state)}\n\n`);
  };
  const tell = (state: ImportState): void => {
    if (isFull) waiting = state;
    else write(state);
  };
  response.on('drain', () => {
    isFull = false;
    const next = waiting;
    waiting = null;
    if (next) write(next);
  });
  const unlisten = session.listen(tell);
  const stay = (): void => {
    if (!isFull) response.write(': beat\n\n');
  };
  const beat = setInterval(() => {
    // A database that is away takes nobody's right.
    check().then(stay, (error: unknown) => (isUnavailable(error) ? stay() : response.end()));
  }, BEAT_MS);
  response.on('close', () => {
    unlisten();
    clearInterval(beat);
  });
  tell(session.state);
}
