import type { Failure } from '@almenara/events';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { Refused } from '../errors.ts';
import { toFailure, toProblem } from '../failure.ts';
import type { Drain } from './drain.ts';
import { asHttpFailure } from './http-error.ts';

/** `as`: a status that says more than the code's own. */
export function sendProblem(response: Response, failure: Failure, as?: number): void {
  const problem = toProblem(failure);
  const status = as ?? problem.status;
  const body = { ...problem.body, status };
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

/** Answers what was thrown: a refusal or a request that cannot be read quietly, all else as the fault it is. */
export function answerErrors(failed: (error: unknown) => void, drain: Drain): ErrorRequestHandler {
  return async (error: unknown, request, response, _next) => {
    const unreadable = error instanceof Refused ? null : asHttpFailure(error);
    if (!unreadable && !(error instanceof Refused)) failed(error);
    if (response.headersSent) return void response.destroy();
    const failure = unreadable?.failure ?? toFailure(error);
    if (failure.code === 'too_large') await drain.rest(request, response);
    sendProblem(response, failure, unreadable?.status);
  };
}
