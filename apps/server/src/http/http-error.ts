import type { ErrorCode, Failure } from '@almenara/events';
import { isBadValue } from '../database/sql-error.ts';

/** A request that cannot be served, for a reason of HTTP itself; its status may say more than our code does. */
export interface HttpFailure {
  readonly status: number;
  readonly failure: Failure;
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  410: 'not_found',
  413: 'too_large',
  414: 'too_large',
  429: 'rate_limited',
  431: 'too_large',
};

const TEXTS: Readonly<Record<number, string>> = {
  403: 'This path leads out of what is served.',
  404: 'There is no such file.',
  405: 'This method is not for this path.',
  408: 'The request took too long to arrive.',
  412: 'What is there is not what If-Match or If-Unmodified-Since ask for.',
  413: 'The request body is too large.',
  414: 'The address is too long.',
  415: 'Send the body as UTF-8 JSON, plain or with gzip, deflate or br.',
  416: 'There is no such range of the file.',
  417: 'Only 100-continue can be expected of this server.',
  431: 'The headers are too long.',
};
const UNREADABLE = 'The request cannot be read: is its body JSON, and its address well formed?';

export const httpFailure = (status: number): HttpFailure => ({
  status,
  failure: { code: CODES[status] ?? 'invalid', message: TEXTS[status] ?? UNREADABLE },
});

/**
 * What Express, its router, its file server, the body parser and better-auth throw at a request that they do not
 * take: an error with a status from 400 to 499. Null for any other error: that one is a fault of ours.
 */
export function asHttpFailure(error: unknown): HttpFailure | null {
  // A value that no check of ours knew and no table takes.
  if (isBadValue(error)) return httpFailure(400);
  if (!(error instanceof Error)) return null;
  const status = statusOf(error);
  return status !== null && status >= 400 && status <= 499 ? httpFailure(status) : null;
}

function statusOf(error: Error): number | null {
  if ('status' in error && typeof error.status === 'number') return error.status;
  if ('statusCode' in error && typeof error.statusCode === 'number') return error.statusCode;
  return null;
}
