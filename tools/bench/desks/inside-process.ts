/**
 * The desk with somebody inside its process, who sees the moment of a commit and can hand over events that nobody
 * committed; beside it a plain Socket.IO server that emits each event by itself.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Envelope } from '@almenara/events';
import { Server } from 'socket.io';
import { createApp } from '../../../apps/server/src/app.ts';
import { readConfig } from '../../../apps/server/src/config.ts';
import { silentLog } from '../../../apps/server/src/silent-log.ts';
import { answer } from '../load/answering.ts';
import { now } from '../load/clock.ts';
import type { InsideQuestions } from './inside.ts';

type App = Awaited<ReturnType<typeof createApp>>;

let desk: App | null = null;
const plainHttp = createServer();
const plain = new Server(plainHttp, { serveClient: false });
/** Of the commits that somebody waits to be told of. */
const committedAt = new Map<string, number>();
let inject: (envelopes: Envelope[]) => void = () => {};
let head = 0;

const madeUp = (): Envelope => {
  const at = new Date().toISOString();
  head += 1;
  const client = {
    id: randomUUID(),
    name: `Client ${head}`,
    email: 'orders@client.example',
    phone: '+34 600 000 000',
    country: 'España',
    notes: null,
    archived: false,
    mergedInto: null,
    version: head,
    createdAt: at,
    updatedAt: at,
  };
  const ids = { id: randomUUID(), userId: client.id, commandId: randomUUID() };
  return { ...ids, topic: 'clients', seq: head, type: 'client_updated', timestamp: at, data: { client } };
};

/** Hands over at that rate, whatever becomes of it: those due are there in the same turn. */
async function offer(count: number, rate: number, take: (envelope: Envelope) => void): Promise<void> {
  const start = performance.now();
  for (let made = 0; made < count; ) {
    const due = Math.min(count, Math.ceil(((performance.now() - start) / 1000) * rate)) - made;
    for (let i = 0; i < due; i += 1) take(madeUp());
    made += due;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function toPlain(envelope: Envelope): void {
  plain.to('clients').emit('events', [envelope]);
}

function started(): App {
  if (desk === null) throw new Error('It does not listen yet.');
  return desk;
}

answer<InsideQuestions>({
  listen: async ({ databaseUrl }) => {
    const app = await createApp({
      config: readConfig({ PORT: '0', HOST: '127.0.0.1' }),
      databaseUrl,
      secret: 'a secret of benchmarks, long enough',
      log: silentLog(),
    });
    desk = app;
    const { feed } = app;
    const committed = feed.committed.bind(feed);
    inject = committed;
    feed.committed = (envelopes) => {
      const at = now();
      committed(envelopes);
      for (const { id } of envelopes) committedAt.set(id, at);
    };
    plain.on('connection', (socket) => void socket.join('clients'));
    await new Promise<void>((resolve) =>
      plainHttp.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve),
    );
    return {
      desk: `http://127.0.0.1:${await app.start()}`,
      plain: `http://127.0.0.1:${Object(plainHttp.address()).port}`,
    };
  },
  commit: async ({ side, userId }) => {
    committedAt.clear();
    if (side === 'plain') {
      const envelope = madeUp();
      const at = now();
      toPlain(envelope);
      return { id: envelope.id, at };
    }
    const actor = { userId, role: 'admin' } as const;
    await started().bus.run(actor, 'create_client', { name: 'C' }, randomUUID());
    const [first] = committedAt;
    if (first === undefined) throw new Error('The command was refused.');
    const [id, at] = first;
    return { id, at };
  },
  inject: async ({ side, count, rate }) => {
    head = (await started().reader.heads(['clients'])).heads.get('clients') ?? 0;
    const last = head + count;
    // Each event as a commit of its own: joining them is the desk's work.
    void offer(count, rate, side === 'plain' ? toPlain : (envelope) => inject([envelope]));
    return last;
  },
});

async function stop(): Promise<void> {
  await plain.close();
  await desk?.close();
  process.exit();
}
process.once('SIGTERM', () => void stop());
process.on('disconnect', () => process.exit());
