import { mayFollowTopic, type ParsedTopic, parseTopic } from '@almenara/events';
import { type Request, Router } from 'express';
import { z } from 'zod';
import { notFound, parseInput, Refused } from '../errors.ts';
import type { LogReader } from '../log/reader.ts';
import type { Limit } from './commands.ts';
import type { Identify } from './identify.ts';

const EventsParams = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1000).default(256),
  epoch: z.string().max(100).optional(),
});
const SnapshotParams = z.strictObject({ at: z.coerce.number().int().min(0).optional() });

/** The log as HTTP: the same events and snapshots that sockets carry, under the same access rules. */
export function logRoutes(identify: Identify, limit: Limit, reader: LogReader): Router {
  const router = Router();

  const topicOf = async (request: Request): Promise<ParsedTopic> => {
    const principal = await identify(request);
    await limit(principal.userId);
    const name = String(request.params.topic);
    const topic = parseTopic(name);
    if (!topic) throw notFound('topic', name);
    if (!mayFollowTopic(principal, topic)) throw new Refused('forbidden', `You may not follow ${name}.`);
    return topic;
  };

  router.get('/api/topics/:topic/events', async (request, response) => {
    const topic = await topicOf(request);
    const { after, limit, epoch } = parseInput(EventsParams, request.query);
    const position = await reader.position(topic.name);
    const past = await reader.since(topic, { epoch: epoch ?? position.epoch, seq: after }, limit);
    if (past.kind === 'reset') {
      const { kind: _, ...reset } = past;
      const body = {
        type: '/docs/errors#reset',
        title: 'reset',
        status: 410,
        code: 'reset',
        topic: topic.name,
        ...reset,
      };
      const detail = 'These events are not to be had in this history. Go on from the snapshot.';
      response
        .status(410)
        .type('application/problem+json')
        .send(JSON.stringify({ ...body, detail }));
      return;
    }
    response.json({ topic: topic.name, epoch: past.epoch, head: past.head, events: past.events });
  });

  router.get('/api/topics/:topic/snapshot', async (request, response) => {
    const topic = await topicOf(request);
    const { at } = parseInput(SnapshotParams, request.query);
    const snapshot = await (at === undefined ? reader.snapshot(topic) : reader.snapshotAt(topic, at));
    response.json({ topic: topic.name, ...snapshot });
  });

  return router;
}
