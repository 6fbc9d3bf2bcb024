import type { z } from 'zod';
import type { HttpMethod } from './define.ts';
import type { ErrorCode } from './errors.ts';
import type { Role } from './primitives.ts';

/** Who is let in: whoever comes, whoever is signed in or has a key, or only these roles. */
export type RouteAccess = 'anyone' | 'signed in' | readonly Role[];

/**
 * What HTTP serves that is neither a command nor a query: accounts and sessions, files, streams, the log itself, what a
 * node says of itself. A route answers JSON (`{}` where it has no `result`), or what `answers` says in words.
 */
export type RouteDefinition = {
  readonly name: string;
  readonly method: HttpMethod | 'DELETE';
  /** With its parameters in braces, as `/api/keys/{keyId}`. */
  readonly path: string;
  readonly summary: string;
  readonly access: RouteAccess;
  /** Of the path. */
  readonly params?: z.ZodType;
  /** Of the query string: it comes as strings and is coerced here. */
  readonly query?: z.ZodType;
  /** A JSON body. */
  readonly body?: z.ZodType;
  /** Of a success; 200 where it is left out. */
  readonly status?: 200 | 201 | 202;
  /** What it may answer beside `invalid`, `unauthenticated`, `forbidden` and the transient codes. */
  readonly errors?: readonly ErrorCode[];
} & (
  | { readonly result?: z.ZodType; readonly answers?: never }
  /** A media type. */
  | { readonly answers: string; readonly result?: never }
);

export const defineRoute = <const R extends RouteDefinition>(definition: R): R => definition;

/** Where it is, as a line: `GET /api/about`. */
export const routeLine = ({ method, path }: Pick<RouteDefinition, 'method' | 'path'>): string =>
  `${method} ${path}`;
