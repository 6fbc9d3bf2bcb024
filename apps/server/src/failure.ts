import { ERROR_STATUS, type Failure } from '@almenara/events';
import { isContention, isUnavailable } from './database/sql-error.ts';
import { Refused } from './errors.ts';

/** The one place where an error becomes what the outside is told; faults are told as such, without their insides. */
export function toFailure(error: unknown): Failure {
  if (error instanceof Refused) {
    return {
      code: error.code,
      message: error.message,
      ...(error.details && { details: error.details }),
      ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    };
  }
  if (isUnavailable(error) || isContention(error)) {
    return {
      code: 'unavailable',
      message: 'The database does not answer just now. Try again.',
      retryAfterMs: 1000,
    };
  }
  return { code: 'internal', message: 'Something went wrong on the server. It has been logged.' };
}

/** RFC 9457. `type` is a relative reference to the code's entry in the reference. */
export function toProblem(failure: Failure): { status: number; body: Record<string, unknown> } {
  const status = ERROR_STATUS[failure.code];
  return {
    status,
    body: {
      type: `/docs/errors#${failure.code}`,
      title: failure.code.replaceAll('_', ' '),
      status,
      detail: failure.message,
      ...failure,
    },
  };
}
