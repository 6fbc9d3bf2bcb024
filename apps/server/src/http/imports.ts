import { existsSync } from 'node:fs';
import { type ImportAnswer, type ImportState, routes, Uuid } from '@almenara/events';
import { json, type Response, Router } from 'express';
import type { Principal } from '../auth/principal.ts';
import { isUnavailable } from '../database/sql-error.ts';
import { notFound, parseInput } from '../errors.ts';
import { AskedOptions } from '../import/read/options.ts';
import { sendBadLines } from '../import/report/bad-lines-file.ts';
import type { ImportSession } from '../import/run/import-session.ts';
import { type Imports, tooLarge } from '../import/run/imports.ts';
import type { Limit } from './commands.ts';
import { type Identify, requireRole } from './identify.ts';
import { serving } from './route.ts';

export interface ImportRoutePorts {
  readonly imports: Imports;
  readonly identify: Identify;
  readonly limitCommand: Limit;
}

/** Who asks for which import. */
interface Seeker {
  readonly who: Principal;
  readonly params: { readonly importId: string };
}

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
  const serve = serving(router, identify);
  /** One that whoever asks may see. */
  const first = async ({ who, params: { importId } }: Seeker): Promise<ImportSession> => {
    await limitCommand(who.userId);
    const id = Uuid.safeParse(importId);
    if (!id.success) throw notFound('import', importId);
    return imports.get(who, id.data);
  };
  const reads = json({ limit: SETTINGS_BYTES });

  serve(routes.list_imports, ({ who }) => ({
    items: imports.seenBy(who).map(({ state }) => state),
    maxBytes: imports.maxBytes,
  }));

  serve(routes.bring_import, {
    first: ({ who }) => limitCommand(who.userId),
    answer: async ({ who, query, request }) => {
      const bytes = Number(request.header('content-length') ?? 0);
      if (bytes > imports.maxBytes) throw tooLarge(imports.maxBytes);
      return answer(await imports.take(who, query.name, request));
    },
  });

  serve(routes.get_import, { first, answer: ({ found }) => answer(found) });

  serve(routes.preview_import, {
    reads,
    first,
    answer: async ({ who, body, found }) => {
      await found.look(parseInput(AskedOptions, body), who);
      return answer(found);
    },
  });

  serve(routes.run_import, {
    reads,
    first,
    answer: ({ who, body, found }) => {
      found.run(parseInput(AskedOptions, body), who);
      return answer(found);
    },
  });

  serve(routes.cancel_import, {
    first,
    answer: ({ found }) => {
      found.cancel();
      return answer(found);
    },
  });

  serve(routes.remove_import, { first, answer: ({ found }) => imports.remove(found) });

  serve(routes.get_bad_lines, {
    first,
    answer: async ({ query, found: { file, state }, response }) => {
      if (!existsSync(file.badPath)) throw notFound('list of bad lines of import', state.id);
      response.set({
        'Content-Type': 'text/csv; charset=utf-8',
        'Content-Disposition': 'attachment; filename="bad-lines.csv"',
      });
      await sendBadLines(file.badPath, query.language, response);
    },
  });

  serve(routes.follow_import, {
    first,
    answer: async ({ params, found, request, response }) => {
      follow(found, response, async () => {
        const who = await identify(request);
        requireRole(who, routes.follow_import.access);
        await first({ who, params });
      });
    },
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
