import { type QueryName, type QueryResult, queries } from '@almenara/events';
import { z } from 'zod';
import { Problem, toProblem } from './problem.ts';

/** Asks our server. Rejects with `Problem`. */
export async function request<S extends z.ZodType>(schema: S, path: string, init?: RequestInit): Promise<z.output<S>> {
  const response = await fetch(path, { credentials: 'same-origin', ...init }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem('The server cannot be reached', 0);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toProblem(response.status, body);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new Problem('The server gave an answer that cannot be read', response.status);
  return parsed.data;
}

export const post = <S extends z.ZodType>(schema: S, path: string, body: unknown): Promise<z.output<S>> =>
  request(schema, path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

type QueryInput<N extends QueryName> = z.input<(typeof queries)[N]['params']>;

/** Runs a query of the contract. */
export function query<N extends QueryName>(name: N, params: QueryInput<N>, signal?: AbortSignal): Promise<QueryResult<N>> {
  const definition = queries[name];
  const rest = new Map(Object.entries(params).filter(([, value]) => value !== undefined));
  const path = definition.path.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams([...rest].map(([key, value]) => [key, String(value)]));
  const result: (typeof queries)[N]['result'] = definition.result;
  return request(result, rest.size > 0 ? `${path}?${search}` : path, signal ? { signal } : {});
}
