import { z } from 'zod';

/** Every way a request can fail, with the HTTP status that tells the same. The set is closed. */
export const ERROR_STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  out_of_stock: 409,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
  internal: 500,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export const ErrorCode = z.enum([
  'invalid',
  'unauthenticated',
  'forbidden',
  'not_found',
  'conflict',
  'out_of_stock',
  'too_large',
  'rate_limited',
  'unavailable',
  'internal',
]);

export const Failure = z.object({
  code: ErrorCode,
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  retryAfterMs: z.int().min(0).optional(),
});
export type Failure = z.infer<typeof Failure>;

/** Why a handshake is refused (`connect_error`, `err.data.code`). */
export const RefusalCode = z.enum([
  'unauthenticated',
  'expired',
  'forbidden',
  'rate_limited',
  'too_many_connections',
  'protocol_mismatch',
]);
export type RefusalCode = z.infer<typeof RefusalCode>;

/** Why the server ends a session it had accepted (`session_ended`). */
export const EndCode = z.enum(['expired', 'revoked', 'slow_consumer', 'idle']);
export type EndCode = z.infer<typeof EndCode>;

/** `not_found` and `conflict` answers of these commands are final; these may pass by themselves. */
const TRANSIENT: ReadonlySet<ErrorCode> = new Set(['rate_limited', 'unavailable']);
export const isTransient = (code: ErrorCode): boolean => TRANSIENT.has(code);

/** The paths and reasons of a failed parse, as `details.fields` of an `invalid` answer. */
export function fieldErrors(error: z.ZodError): { path: string; message: string }[] {
  return error.issues.slice(0, 50).map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}
