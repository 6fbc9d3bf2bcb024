import { type ParsedTopic, parseTopic, routes } from '@almenara/events';
import { type Request, type Response, Router } from 'express';
import type { Principal } from '../auth/principal.ts';
import { notFound } from '../errors.ts';
import type { TopicAccess } from '../log/access.ts';
import type { LogReader, Past } from '../log/reader.ts';
import type { StoredSnapshot } from '../log/stored.ts';
import type { Limit } from './commands.ts';
import type { Identify } from './identify.ts';
import { SENT, serving } from './route.ts';

/** Who asks for which topic. */
interface Follower {
  readonly who: Principal;
  readonly params: { readonly topic: string };
}

/** Bytes of the events of one answer; whoever wants more asks again after the last. */
const EVENTS_BYTES = 4_000_000;
/** As the compression of all other answers. */
const LEAST_COMPRESSED = 1024;

export interface LogRoutePorts {
  readonly identify: Identify;
  readonly limitRead: Limit;
  readonly reader: LogReader;
  readonly access: TopicAccess;
}

/** The log as HTTP: the same events and snapshots that sockets carry, under the same access rules. */
export function logRoutes({ identify, limitRead, reader, access }: LogRoutePorts): Router {
  const router = Router();

  const serve = serving(router, identify);

  const first = async ({ who, params: { topic: name } }: Follower): Promise<ParsedTopic> => {
    await limitRead(who.userId);
    const topic = parseTopic(name);
    if (!topic) throw notFound('topic', name);
    access.checkRole(who, topic);
    return topic;
  };

  serve(routes.read_events, {
    first,
    answer: async ({ who, found: topic, query: { after, limit, epoch }, response }) => {
      const position = await reader.position(topic.name);
      const cursor = { epoch: epoch ?? position.epoch, seq: after };
      const bounds = { limit, bytes: EVENTS_BYTES, asker: who.userId };
      const past = await access.guard(who, topic, () => reader.since(topic, cursor, bounds));
      if (past.kind === 'reset') {
        sendReset(response, topic, past);
        return SENT;
      }
      const { kind: _, events, more: __, ...head } = past;
      const before = JSON.stringify({ topic: topic.name, ...head }).slice(0, -1);
      response.type('json').send(`${before},"events":[${events.map(({ json }) => json).join(',')}]}`);
      return SENT;
    },
  });

  serve(routes.read_snapshot, {
    first,
    answer: async ({ who, found: topic, query: { at }, request, response }) => {
      const asker = who.userId;
      const stored = await access.guard(who, topic, () =>
        at === undefined ? reader.snapshot(topic, { asker }) : reader.snapshotAt(topic, at, asker),
      );
      await sendSnapshot(request, response, stored);
      return SENT;
    },
  });

  return router;
}

/** The bytes that everybody is sent, and compressed once for all of them. */
async function sendSnapshot(request: Request, response: Response, stored: StoredSnapshot): Promise<void> {
  response.type('json').set('ETag', `W/"${stored.epoch}.${stored.head}"`).vary('Accept-Encoding');
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const small = stored.bytes.length < LEAST_COMPRESSED;
  if (small || request.acceptsEncodings('gzip') === false) {
    // Else it would be compressed anew for each.
    response.set('Cache-Control', 'no-store, no-transform').end(stored.bytes);
    return;
  }
  response.set('Content-Encoding', 'gzip').end(await stored.compressed());
}

function sendReset(response: Response, topic: ParsedTopic, past: Extract<Past, { kind: 'reset' }>): void {
  const { reason, epoch, head, stored } = past;
  const before = {
    type: '/docs/errors#reset',
    title: 'reset',
    status: 410,
    detail: 'These events are not to be had in this history. Go on from the snapshot.',
    code: 'reset',
    topic: topic.name,
    reason,
    epoch,
    head,
  };
  response.status(410).type('application/problem+json').set('Cache-Control', 'no-store, no-transform');
  response.write(`${JSON.stringify(before).slice(0, -1)},"snapshot":`);
  response.write(stored.json);
  response.end('}');
}
