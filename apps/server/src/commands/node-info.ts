import type { QueryResult } from '@almenara/events';

/** What no table holds and this node knows: handlers of queries are given it. */
export interface NodeInfo {
  stats(): QueryResult<'get_stats'>;
}
