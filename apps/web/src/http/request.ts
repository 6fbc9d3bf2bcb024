import type { QueryDefinition } from '@almenara/events';
import type { z } from 'zod';
import { Problem, toProblem } from './problem.ts';

/** Asks our server. Rejects with `Problem`. */
export async function request<S extends z.ZodType>(
  schema: S,
  path: string,
  init?: RequestInit,
): Promise<z.output<S>> {
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
  send('POST', schema, path, body);

export const send = <S extends z.ZodType>(
  method: 'POST' | 'PATCH',
  schema: S,
  path: string,
  body: unknown,
): Promise<z.output<S>> =>
  request(schema, path, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

/** Runs a query of the contract. */
export function query<P extends z.ZodType<unknown, Record<string, unknown>>, R extends z.ZodType>(
  { path: pattern, result }: QueryDefinition<string, P, R>,
  params: z.input<P>,
  signal?: AbortSignal,
): Promise<z.output<R>> {
  const rest = new Map(Object.entries(params).filter(([, value]) => value !== undefined));
  const path = pattern.replace(/\{(\w+)\}/g, (_, key: string) => {
    const value = String(rest.get(key));
    rest.delete(key);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams([...rest].map(([key, value]) => [key, String(value)]));
  return request(result, rest.size > 0 ? `${path}?${search}` : path, signal ? { signal } : {});
}
