import { QUERY_PATHS, type QueryInput, type QueryName, type QueryResult } from '@almenara/events';
import { Problem, toProblem } from './problem.ts';
import { isFields, type Shape, shapeOf } from './shape.ts';

/** Asks our server. Rejects with `Problem`. */
export async function request<T>(schema: Shape<T>, path: string, init?: RequestInit): Promise<T> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem('The server cannot be reached', 0);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblem(response.status, body, secondsOf(response.headers.get('retry-after')));
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Problem('The server gave an answer that cannot be read', response.status);
  return parsed.data;
}

/** Of a `Retry-After` that counts seconds. */
const secondsOf = (header: string | null): number | null =>
  header !== null && /^\d+$/.test(header) ? Number(header) : null;

export const post = <T>(schema: Shape<T>, path: string, body: unknown): Promise<T> =>
  send('POST', schema, path, body);

export const send = <T>(
  method: 'POST' | 'PATCH',
  schema: Shape<T>,
  path: string,
  body: unknown,
): Promise<T> =>
  request(schema, path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/**
 * An answer taken at the server's word, as the events and snapshots of a topic are: reading it with the schemas again
 * would have every page load all of them.
 */
export const answer = <T>(): Shape<T> => shapeOf((body): body is T => isFields(body));

/** Runs a query of the contract. */
export function query<N extends QueryName>(
  name: N,
  params: QueryInput<N>,
  signal?: AbortSignal,
): Promise<QueryResult<N>> {
  const rest = new Map(Object.entries(params).filter(([, value]) => value !== undefined));
  const path = QUERY_PATHS[name].replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams([...rest].map(([key, value]) => [key, String(value)]));
  return request(
    answer<QueryResult<N>>(),
    rest.size > 0 ? `${path}?${search}` : path,
    signal ? { signal } : {},
  );
}
