import type { Actor, QueryName, QueryParams, QueryResult } from '@almenara/events';
import type { Db } from '../database/client.ts';
import type { NodeInfo } from './node-info.ts';

/** Answers a read; never changes anything. Throws `Refused`. */
export type QueryHandler<N extends QueryName> = (
  db: Db,
  params: QueryParams<N>,
  actor: Actor,
  node: NodeInfo,
) => Promise<QueryResult<N>>;

export type QueryHandlers = { [N in QueryName]: QueryHandler<N> };
