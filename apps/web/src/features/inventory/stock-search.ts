import { z } from 'zod';

export const SORTS = ['sku', 'name', 'on_hand', 'reserved', 'available', 'reorder_point', 'needed'] as const;
export type Sort = (typeof SORTS)[number];

const flag = z.literal(1).optional().catch(undefined);

/** What a list of stock shows, as its address says it; what cannot be read is left out. */
export const StockSearch = z.object({
  q: z
    .union([z.string(), z.number()])
    .transform((q) => String(q).slice(0, 200))
    .optional()
    .catch(undefined),
  sort: z.enum(SORTS).optional().catch(undefined),
  desc: flag,
  /** Only what is at or under its reorder point, with what is needed. */
  low: flag,
  /** Only what has nothing available. */
  none: flag,
});
export type StockSearch = z.infer<typeof StockSearch>;

export interface StockQuery {
  /** Null for all zones. */
  readonly zone: string | null;
  readonly q: string;
  readonly sort: Sort;
  readonly desc: boolean;
  readonly low: boolean;
  readonly none: boolean;
}

export function stockQuery(zone: string | null, search: StockSearch): StockQuery {
  const low = search.low === 1;
  // What is needed most comes first, unless somebody has asked for something else.
  const sort = search.sort ?? (low ? 'needed' : 'sku');
  return {
    zone,
    q: search.q ?? '',
    sort,
    desc: search.sort === undefined ? low : search.desc === 1,
    low,
    none: search.none === 1,
  };
}
