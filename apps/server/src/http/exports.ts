import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { routes } from '@almenara/events';
import { stringify } from 'csv-stringify';
import { Router } from 'express';
import type { Db } from '../database/client.ts';
import { safeCsv } from '../database/csv.ts';
import { notFound, parseInput } from '../errors.ts';
import type { Cell, ExportTable } from '../export/table.ts';
import { exportTables } from '../export/tables.ts';
import { Turns } from '../turns.ts';
import type { Limit, RunQuery } from './commands.ts';
import { type Identify, requireRole } from './identify.ts';
import { serving } from './route.ts';

export interface ExportPorts {
  readonly identify: Identify;
  readonly limitRead: Limit;
  readonly query: RunQuery;
  readonly db: Db;
}

/** Rows read at once. */
const PAGE = 500;
/** Pages read at a time, in all and for one user, and how many of one user may wait. */
const PAGES = { atOnce: 2, perKey: 1, waiting: 64 };

/**
 * Every list as CSV, with the filters of the list. Read page after page from where the page before ended, as fast as
 * the reader takes it: a long download holds neither memory nor a transaction. It is not one moment's state, but what
 * comes or goes meanwhile shifts nothing, so that every row that stays is in it once.
 */
export function exportRoutes({ identify, limitRead, query, db }: ExportPorts): Router {
  const router = Router();
  const turns = new Turns(PAGES);
  const serve = serving(router, identify);
  serve(routes.export_list, async ({ who: actor, params: { list: name }, request, response }) => {
    const table = Object.hasOwn(exportTables, name) ? exportTables[name] : undefined;
    if (!table) throw notFound('export', name);
    requireRole(actor, table.roles);
    await limitRead(actor.userId);
    const filters = { ...parseInput(table.params, request.query), cursor: undefined, limit: PAGE };
    const pages = readPages(
      (page) => turns.run(actor.userId, () => table.page(query, db, page, actor)),
      filters,
    );
    // A refusal must come before the answer begins.
    const first = await pages.next();
    const day = new Date().toISOString().slice(0, 10);
    response.set({
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${name}-${day}.csv"`,
    });
    await pipeline(
      Readable.from(rowsOf(first.done ? [] : first.value, pages), { highWaterMark: PAGE }),
      stringify(safeCsv(table.columns)),
      response,
    ).catch((error: unknown) => {
      // Whoever downloads may go away; there is nobody left to tell.
      if (!isGone(error)) throw error;
    });
  });
  return router;
}

const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';

async function* readPages(
  read: (params: object) => ReturnType<ExportTable['page']>,
  params: object,
): AsyncGenerator<Cell[][]> {
  let cursor: string | null = null;
  do {
    const { rows, nextCursor } = await read(cursor === null ? params : { ...params, cursor });
    cursor = nextCursor;
    yield rows;
  } while (cursor !== null);
}

async function* rowsOf(first: Cell[][], pages: AsyncGenerator<Cell[][]>): AsyncGenerator<Cell[]> {
  yield* first;
  for await (const page of pages) yield* page;
}
