import type { Level, QueryResult } from '@almenara/events';

export interface StockServer {
  /** All levels of these products. */
  levelsOf(productIds: readonly string[]): Promise<readonly Level[]>;
  figures(): Promise<QueryResult<'get_stock_figures'>>;
}
