import { isOneOf, isText, type Search } from '../../http/search-params.ts';

export const SORTS = ['sku', 'name', 'on_hand', 'reserved', 'available', 'reorder_point', 'needed'] as const;
export type Sort = (typeof SORTS)[number];

/** What a list of stock shows, as its address says it. */
export interface StockSearch {
  readonly q?: string | undefined;
  readonly sort?: Sort | undefined;
  readonly desc?: 1 | undefined;
  /** Only what is at or under its reorder point, with what is needed. */
  readonly low?: 1 | undefined;
  /** Only what has nothing available. */
  readonly none?: 1 | undefined;
}

/** What cannot be read is left out. */
export function readStockSearch({ q: asked, sort, desc, low, none }: Search): StockSearch {
  const q = typeof asked === 'number' ? String(asked) : asked;
  return {
    ...(isText(q, 200) && { q }),
    ...(isOneOf(sort, SORTS) && { sort }),
    ...(desc === 1 && { desc }),
    ...(low === 1 && { low }),
    ...(none === 1 && { none }),
  };
}

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
