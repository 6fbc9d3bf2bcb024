import { type ErrorCode, fieldErrors, isTransient } from '@almenara/events';
import type { z } from 'zod';

/** A request that is turned down on purpose, with what to do about it. Everything else that is thrown is a fault. */
export class Refused extends Error {
  override readonly name: string = 'Refused';
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    more: { details?: Record<string, unknown>; retryAfterMs?: number } = {},
  ) {
    super(message);
    this.code = code;
    this.details = more.details;
    this.retryAfterMs = more.retryAfterMs;
  }

  /** A final refusal is the command's outcome, and its duplicates get it again; a transient one may be retried. */
  get final(): boolean {
    return !isTransient(this.code) && this.code !== 'internal';
  }
}

export const notFound = (what: string, id: string): Refused =>
  new Refused('not_found', `There is no ${what} ${id}.`, { details: { what, id } });

/** `current` is the state that the caller did not know of. */
export const conflict = (message: string, current?: Record<string, unknown>): Refused =>
  new Refused('conflict', message, current === undefined ? {} : { details: { current } });

export const invalid = (message: string, path?: string): Refused =>
  new Refused('invalid', message, path === undefined ? {} : { details: { fields: [{ path, message }] } });

/** Parses what came from outside; the refusal names each field that is wrong. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = fieldErrors(result.error);
  const summary = fields
    .slice(0, 3)
    .map(({ path, message }) => (path ? `${path}: ${message}` : message))
    .join('; ');
  throw new Refused('invalid', summary, { details: { fields } });
}
