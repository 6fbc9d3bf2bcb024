import { z } from 'zod';
import { Uuid } from './primitives.ts';
import { line, text } from './text.ts';

/** Paging of every list: `cursor` is what the page before gave as `nextCursor`; at most 200 items a page. */
export const pageParams = {
  cursor: text(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const searchParam = { q: line(200).optional() };
/** Several ids in one parameter, with commas between them. */
export const Ids = text(7500)
  .transform((list) => list.split(','))
  .pipe(z.array(Uuid).min(1).max(200));

/** How far what a search finds is counted. */
export const COUNTED_OF_SEARCH = 1000;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });

/** A page of what may be searched. Without `q` its total is exact. */
export const foundPageOf = <T extends z.ZodType>(item: T) =>
  pageOf(item).extend({
    /** There: what `q` finds was counted no further, there may be more than `total`. */
    totalIsAtLeast: z.literal(true).optional(),
  });
