import type { Actor, QueryName } from '@almenara/events';
import { commandNames, commands, queries, queryNames, Uuid } from '@almenara/events';
import { Router } from 'express';
import type { CommandBus } from '../commands/bus.ts';
import { invalid, parseInput } from '../errors.ts';
import { type Identify, requireRole } from './identify.ts';
import { sendProblem } from './respond.ts';
import { toPattern, verbOf } from './route.ts';

export interface CommandRoutePorts {
  readonly identify: Identify;
  readonly bus: CommandBus;
  readonly newId: () => string;
  readonly limitCommand: Limit;
}

/** Counts a request against its user's limit; throws `rate_limited`. */
export type Limit = (userId: string) => Promise<void>;

/** A route for each command of the contract. */
export function commandRoutes({ identify, bus, newId, limitCommand }: CommandRoutePorts): Router {
  const router = Router();
  for (const name of commandNames) {
    const { http } = commands[name];
    router[verbOf(http.method)](toPattern(http.path), async (request, response) => {
      const principal = await identify(request);
      await limitCommand(principal.userId);
      const body: unknown = request.body ?? {};
      if (typeof body !== 'object' || body === null || Array.isArray(body))
        throw invalid('Send a JSON object.');
      const key = request.header('idempotency-key');
      const commandId = Uuid.safeParse(key ?? newId());
      if (!commandId.success) throw invalid('Idempotency-Key must be a uuid.', 'Idempotency-Key');
      const outcome = await bus.run(principal, name, { ...body, ...request.params }, commandId.data);
      if (outcome.ok) response.status(http.status).json(outcome.data);
      else sendProblem(response, outcome.error);
    });
  }
  return router;
}

/** Answers any query of the contract; its parameters have been parsed. */
export type RunQuery = (name: QueryName, params: unknown, actor: Actor) => Promise<unknown>;

/** A route for each query of the contract. */
export function queryRoutes(identify: Identify, limit: Limit, run: RunQuery): Router {
  const router = Router();
  for (const name of queryNames) {
    const definition = queries[name];
    router.get(toPattern(definition.path), async (request, response) => {
      const principal = await identify(request);
      requireRole(principal, definition.roles);
      await limit(principal.userId);
      const params: unknown = parseInput(definition.params, { ...request.query, ...request.params });
      response.json(await run(name, params, principal));
    });
  }
  return router;
}
