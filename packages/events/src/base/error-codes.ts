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

export const ERROR_CODES = [
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
] as const;

/** Why a handshake is refused (`connect_error`, `err.data.code`). */
export const REFUSAL_CODES = [
  'unauthenticated',
  'expired',
  'forbidden',
  'rate_limited',
  'too_many_connections',
  'unavailable',
  'protocol_mismatch',
] as const;

/** Why the server ends a session it had accepted (`session_ended`). */
export const END_CODES = ['expired', 'revoked', 'slow_consumer', 'idle'] as const;

/** `not_found` and `conflict` answers of these commands are final; these may pass by themselves. */
const TRANSIENT: ReadonlySet<(typeof ERROR_CODES)[number]> = new Set(['rate_limited', 'unavailable']);
export const isTransient = (code: (typeof ERROR_CODES)[number]): boolean => TRANSIENT.has(code);
