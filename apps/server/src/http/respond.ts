import type { Failure } from '@almenara/events';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { isUnstorable } from '../database/sql-error.ts';
import { Refused, toFailure, toProblem } from '../errors.ts';
import type { Drain } from './drain.ts';

export function sendProblem(response: Response, failure: Failure): void {
  const { status, body } = toProblem(failure);
  if (failure.retryAfterMs !== undefined)
    response.set('Retry-After', String(Math.ceil(failure.retryAfterMs / 1000)));
  response.status(status).type('application/problem+json').send(JSON.stringify(body));
}

export const unknownRoute: RequestHandler = (request, response) => {
  sendProblem(
    response,
    toFailure(new Refused('not_found', `There is no ${request.method} ${request.path}.`)),
  );
};

const httpStatus = (error: unknown): number | null =>
  typeof error === 'object' && error !== null && 'status' in error && typeof error.status === 'number'
    ? error.status
    : null;

/** What Express and its body parser throw, in our words; and what addresses may hold that no text may. */
function asRefusal(error: unknown): unknown {
  if (isUnstorable(error))
    return new Refused('invalid', 'The request holds characters that no text may hold, as NUL.');
  switch (httpStatus(error)) {
    case 413:
      return new Refused('too_large', 'The request body is too large.');
    case 400:
      return new Refused(
        'invalid',
        'The request cannot be read: is its body JSON, and its address well formed?',
      );
    case 404:
      return new Refused('not_found', 'There is no such file.');
    case 416:
      return new Refused('invalid', 'There is no such range of the file.');
    case 415:
      return new Refused('invalid', 'Send the body as UTF-8 JSON.');
    default:
      return error;
  }
}

export function answerErrors(failed: (error: unknown) => void, drain: Drain): ErrorRequestHandler {
  return async (error: unknown, request, response, next) => {
    const refusal = asRefusal(error);
    if (!(refusal instanceof Refused)) failed(error);
    if (response.headersSent) return next(error);
    if (refusal instanceof Refused && refusal.code === 'too_large') await drain.rest(request, response);
    sendProblem(response, toFailure(refusal));
  };
}
