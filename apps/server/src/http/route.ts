import type { RouteDefinition } from '@almenara/events';
import type { IRouter, Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import { parseInput } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';

const VERBS = { GET: 'get', POST: 'post', PATCH: 'patch', PUT: 'put', DELETE: 'delete' } as const;
export const verbOf = (method: keyof typeof VERBS) => VERBS[method];

/** `/api/keys/{keyId}`, as Express writes it. */
export const toPattern = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

/** A handler has written its answer by itself. */
export const SENT: { readonly sent: true } = { sent: true };

type Parsed<R extends RouteDefinition, Part extends 'params' | 'query' | 'body'> = R extends {
  readonly [P in Part]: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;

/** Who has been let in, and to what. */
export interface Asker<R extends RouteDefinition = RouteDefinition> {
  readonly who: R['access'] extends 'anyone' ? null : Principal;
  readonly params: Parsed<R, 'params'>;
  readonly request: Request;
  readonly response: Response;
}

/** The same, with what was sent, parsed by the route's definition. */
interface Asked<R extends RouteDefinition, F> extends Asker<R> {
  readonly query: Parsed<R, 'query'>;
  readonly body: Parsed<R, 'body'>;
  /** What `first` has found. */
  readonly found: F;
}

type JsonOf<S extends z.ZodType> = z.output<S> | typeof SENT;

/** Gives what is answered as JSON; a route that answers none writes it. Throws `Refused`. */
type Answer<R extends RouteDefinition, F> = (
  asked: Asked<R, F>,
) => R extends { readonly result: infer S extends z.ZodType }
  ? JsonOf<S> | Promise<JsonOf<S>>
  : Promise<void>;

interface Steps<R extends RouteDefinition, F> {
  /** What reads the body, where the server has not done so already. */
  readonly reads?: RequestHandler;
  /** The body as it was sent, where it is no parsed JSON yet. Throws `Refused`. */
  readonly bodyOf?: (request: Request) => unknown;
  /** Before query and body are looked at: limits, and whether that is there which it is about. Throws `Refused`. */
  readonly first?: (asker: Asker<R>) => F | Promise<F>;
  readonly answer: Answer<R, F>;
}

/** The same with its types forgotten: the definition has seen to them. */
interface AnySteps extends Pick<Steps<RouteDefinition, unknown>, 'reads' | 'bodyOf'> {
  first?(asker: object): unknown;
  answer(asked: object): unknown;
}

/**
 * What registers routes by their definitions, and by nothing else: who is not let in is told so first, then `first`
 * has its say, then query and body are parsed, and what the handler gives is answered as the definition says.
 */
export function serving(router: IRouter, identify: Identify) {
  function serve<const R extends RouteDefinition, F = undefined>(
    definition: R,
    handler: Answer<R, F> | Steps<R, F>,
  ): void;
  function serve(definition: RouteDefinition, handler: AnySteps | AnySteps['answer']): void {
    const { method, path, access, status = 200, result, answers } = definition;
    const steps: AnySteps = typeof handler === 'function' ? { answer: handler } : handler;
    const { reads, bodyOf = ({ body }: Request): unknown => body } = steps;
    const respond: RequestHandler = async (request, response) => {
      const who = access === 'anyone' ? null : await identify(request);
      if (who && access !== 'anyone' && access !== 'signed in') requireRole(who, access);
      const params = definition.params && parseInput(definition.params, request.params);
      const asker = { who, params, request, response };
      const found = await steps.first?.(asker);
      const query = definition.query && parseInput(definition.query, request.query);
      const body = definition.body && parseInput(definition.body, bodyOf(request));
      const answer = await steps.answer({ ...asker, found, query, body });
      if (answers === undefined && answer !== SENT) response.status(status).json(result ? answer : {});
    };
    router[verbOf(method)](toPattern(path), ...(reads ? [reads] : []), respond);
  }
  return serve;
}
