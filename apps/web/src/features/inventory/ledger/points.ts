import type { QueryResult } from '@almenara/events';

export type History = QueryResult<'get_stock_history'>;
export type HistoryPoint = History['points'][number];
