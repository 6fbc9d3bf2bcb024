import { text } from '@almenara/events';
import { z } from 'zod';
import { invalid } from '../errors.ts';
import type { Prisma, Tx } from './client.ts';

/**
 * Keyset paging: a page's cursor is the sort key of its last row, so that rows that come or go meanwhile shift
 * nothing. Opaque to callers; one that was made up is refused.
 */
const encodeCursor = (key: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

export function decodeCursor<S extends z.ZodType>(schema: S, cursor: string | undefined): z.output<S> | null {
  if (cursor === undefined) return null;
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw invalid('This is no cursor of this list. Leave it out to start from the first page.', 'cursor');
  }
}

export const IdKey = z.tuple([z.uuid()]);
export const TextKey = z.tuple([text(500), text(500)]);
export const TextIdKey = z.tuple([text(500), z.uuid()]);

/** How many rows there are, and whether the count ended before the last of them. */
export interface Total {
  readonly total: number;
  readonly totalIsAtLeast?: true;
}

/** How many rows `from` (`FROM … WHERE …`) has. */
export async function countOf(db: Tx, from: Prisma.Sql): Promise<number> {
  const rows = await db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n ${from}`;
  return rows[0]?.n ?? 0;
}

/** Cuts what was read with one row too many into a page. */
export function toPage<R, T>(
  rows: readonly R[],
  limit: number,
  total: number | Total,
  item: (row: R) => T,
  key: (row: R) => readonly (string | number)[],
): { items: T[]; nextCursor: string | null } & Total {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(item),
    nextCursor: rows.length > limit && last !== undefined ? encodeCursor(key(last)) : null,
    ...(typeof total === 'number' ? { total } : total),
  };
}
