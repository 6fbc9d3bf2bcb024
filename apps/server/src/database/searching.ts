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

/** Rows that are sorted rather than gone through in the order that is asked for: they take about 30 ms. */
const MOST_SORTED = 20_000;

export interface Listing<R> {
  /** What `q` is looked for in. */
  readonly column: Prisma.Sql;
  /** `FROM … WHERE …` with one more condition. */
  readonly from: (condition: Prisma.Sql) => Prisma.Sql;
  /** The same rows where nothing is searched, if they can be counted with less. */
  readonly all?: Prisma.Sql;
  /** The rows of those that are on the page. */
  readonly page: (from: Prisma.Sql) => Promise<R[]>;
}

/**
 * One page of a list that may be searched, and how many rows there are in all. What a search finds is counted first:
 * what not too many rows hold is found by the index and then sorted; for what very many hold, the rows are gone through
 * in the order that is asked for until the page is full.
 */
export async function listed<R>(
  db: Tx,
  q: string | undefined,
  { column, from, all = from(Prisma.sql`TRUE`), page }: Listing<R>,
): Promise<{ rows: R[]; total: Total }> {
  if (q === undefined) {
    const [rows, total] = await Promise.all([page(from(Prisma.sql`TRUE`)), countOf(db, all)]);
    return { rows, total: { total } };
  }
  const wanted = wantedText(q);
  const found = from(holding(column, wanted));
  const n = await countOf(db, Prisma.sql`FROM (SELECT ${found} LIMIT ${MOST_SORTED + 1}) found`);
  if (n === 0) return { rows: [], total: { total: 0 } };
  return {
    rows: await page(n > MOST_SORTED ? from(holdingAnywhere(column, wanted)) : found),
    total: n > COUNTED_OF_SEARCH ? { total: COUNTED_OF_SEARCH, totalIsAtLeast: true } : { total: n },
  };
}
