import { COUNTED_OF_SEARCH, fold } from '@almenara/events';
import { Prisma, type Tx } from './client.ts';
import { countOf, type Total } from './paging.ts';

/** A text that somebody looks for in columns `search`, which are folded. */
export interface Wanted {
  /** What such a column is `LIKE` where it holds the text; `%` and `_` are themselves. */
  readonly like: string;
  /** Every two letters that follow each other, as `letter_pairs` has them; none where it is a single letter. */
  readonly pairs: readonly string[];
}

export function wantedText(text: string): Wanted {
  const folded = fold(text);
  const letters = [...folded];
  return {
    like: `%${folded.replace(/[\\%_]/g, '\\$&')}%`,
    pairs: letters.slice(1).map((letter, i) => `${letters[i]}${letter}`),
  };
}

/** That a column holds the text, found by its index of letter pairs; a single letter is looked for in all rows. */
export const holding = (column: Prisma.Sql, { like, pairs }: Wanted): Prisma.Sql =>
  pairs.length === 0
    ? holdingAnywhere(column, { like })
    : Prisma.sql`(letter_pairs(${column}) @> ${[...pairs]}::text[] AND ${column} LIKE ${like})`;

/** The same without an index: for what many rows hold, or few are looked at. */
export const holdingAnywhere = (column: Prisma.Sql, { like }: Pick<Wanted, 'like'>): Prisma.Sql =>
  Prisma.sql`${column} LIKE ${like}`;

/**
 * One page of a list that may be searched, and how many rows there are in all. What a search finds is counted first:
 * what few rows hold is found by the index and then sorted; for what many hold, the rows are gone through in the order
 * that is asked for until the page is full.
 *
 * @param column what `q` is looked for in, if there is one
 * @param from `FROM … WHERE …` with one more condition
 * @param page the rows of those that are on the page
 */
export async function listed<R>(
  db: Tx,
  q: string | undefined,
  column: Prisma.Sql,
  from: (condition: Prisma.Sql) => Prisma.Sql,
  page: (from: Prisma.Sql) => Promise<R[]>,
): Promise<{ rows: R[]; total: Total }> {
  if (q === undefined) {
    const all = from(Prisma.sql`TRUE`);
    const [rows, total] = await Promise.all([page(all), countOf(db, all)]);
    return { rows, total: { total } };
  }
  const wanted = wantedText(q);
  const found = from(holding(column, wanted));
  const counted = await countOf(db, Prisma.sql`FROM (SELECT ${found} LIMIT ${COUNTED_OF_SEARCH + 1}) found`);
  if (counted === 0) return { rows: [], total: { total: 0 } };
  return counted > COUNTED_OF_SEARCH
    ? {
        rows: await page(from(holdingAnywhere(column, wanted))),
        total: { total: COUNTED_OF_SEARCH, totalIsAtLeast: true },
      }
    : { rows: await page(found), total: { total: counted } };
}
