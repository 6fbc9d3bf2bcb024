import { z } from 'zod';
import { Seq } from '../base/primitives.ts';
import { defineRoute } from '../base/route.ts';

const params = z.object({ topic: z.string() });
const place = { topic: z.string(), epoch: z.string(), head: Seq };

/** The log as HTTP: the same events and snapshots that sockets carry, for whoever may follow the topic. */
export const topicRoutes = {
  read_events: defineRoute({
    name: 'read_events',
    method: 'GET',
    path: '/api/topics/{topic}/events',
    summary:
      'Events of a topic that one may follow, after a place in it, perhaps fewer than asked for: go on until `head`. Where they are not to be had, 410 with code `reset` and the snapshot.',
    access: 'signed in',
    params,
    query: z.strictObject({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(256),
      epoch: z.string().max(100).optional(),
    }),
    /** Envelopes, as `events` of a socket. */
    result: z.object({ ...place, events: z.array(z.looseObject({ seq: Seq, type: z.string() })) }),
    errors: ['not_found'],
  }),
  read_snapshot: defineRoute({
    name: 'read_snapshot',
    method: 'GET',
    path: '/api/topics/{topic}/snapshot',
    summary: 'The state of a topic that one may follow, now or as it was at an event (`at`).',
    access: 'signed in',
    params,
    query: z.strictObject({ at: z.coerce.number().int().min(0).optional() }),
    result: z.object({ ...place, snapshot: z.unknown() }),
    errors: ['not_found'],
  }),
};
