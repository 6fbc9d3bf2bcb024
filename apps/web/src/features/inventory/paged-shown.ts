import type { StockPlace } from './stock-row.ts';

/** Rows of which only a part is here. */
export interface PagedShown {
  readonly places: readonly StockPlace[];
  /** The levels ask for another order than the one that is held under somebody's eyes. */
  readonly waiting: boolean;
  /** How many there are in all; null until that is known. */
  readonly total: number | null;
  /** There are at least `total`: the server stops counting there. */
  readonly isAtLeast: boolean;
  /** The answer has not come: the rows, if any, are of the question before. */
  readonly loading: boolean;
  /** Why there is no answer. */
  readonly problem: unknown;
  /** There are more rows than those that are here. */
  readonly more: boolean;
}

export const NOTHING_SHOWN: PagedShown = {
  places: [],
  waiting: false,
  total: null,
  isAtLeast: false,
  loading: true,
  problem: null,
  more: false,
};
