import { z } from 'zod';
import { line, text } from './text.ts';

/** Paging of every list: `cursor` is what the page before gave as `nextCursor`; at most 200 items a page. */
export const pageParams = {
  cursor: text(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};
export const searchParam = { q: line(200).optional() };

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() });
