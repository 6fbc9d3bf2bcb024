import { ERROR_CODES, type ErrorCode } from '@almenara/events';
import { isFields } from './shape.ts';

/** An answer that is not what was asked for. `code` is null where the server was not reached or is not ours. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode | null;
  readonly status: number;
  readonly details: Readonly<Record<string, unknown>> | undefined;
  /** When to ask again, in seconds from the answer; null where the server has not said. */
  readonly retryAfter: number | null;

  constructor(
    message: string,
    status: number,
    code: ErrorCode | null = null,
    details?: Readonly<Record<string, unknown>>,
    retryAfter: number | null = null,
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
    this.retryAfter = retryAfter;
  }
}

export function toProblem(status: number, body: unknown, retryAfter: number | null = null): Problem {
  const { code, detail, details } = isFields(body) ? body : {};
  const known = ERROR_CODES.find((one) => one === code);
  if (known === undefined || typeof detail !== 'string')
    return new Problem(`The server answered ${status}`, status, null, undefined, retryAfter);
  return new Problem(detail, status, known, isFields(details) ? details : undefined, retryAfter);
}
