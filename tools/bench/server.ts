/**
 * The measured side, in a process of its own: the desk as it is, and beside it a plain Socket.IO server that emits
 * each event by itself. Told what to do by messages from main.ts.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Envelope } from '@almenara/events';
import { Server } from 'socket.io';
import { createApp } from '../../apps/server/src/app.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import { startEmbeddedPostgres } from '../../apps/server/src/database/embedded.ts';
import { applyMigrations } from '../../apps/server/src/database/migrate.ts';
import { migrationsFolder } from '../../apps/server/src/paths.ts';
import { silentLog } from '../../apps/server/src/silent-log.ts';
import type { FromServer, ToServer } from './messages.ts';

const tell = (message: FromServer): void => void process.send?.(message);
const dataDir = process.argv[2] ?? '';

const postgres = await startEmbeddedPostgres({ dataDir });
await applyMigrations(postgres.url, migrationsFolder());
const app = await createApp({
  config: readConfig({ PORT: '0', HOST: '127.0.0.1' }),
  databaseUrl: postgres.url,
  secret: 'a secret for benchmarks, long enough',
  log: silentLog(),
});
const port = await app.start();
const user = await app.database.accounts.user.create({
  data: { id: randomUUID(), name: 'Bench', email: 'bench@test.test', role: 'admin' },
});
const { token } = await app.database.accounts.session.create({
  data: {
    id: randomUUID(),
    token: randomUUID(),
    userId: user.id,
    expiresAt: new Date(Date.now() + 3_600_000),
  },
});
const actor = { userId: user.id, role: 'admin' } as const;

const plainHttp = createServer();
const plain = new Server(plainHttp, { serveClient: false });
plain.on('connection', (socket) => void socket.join('clients'));
await new Promise<void>((resolve) =>
  plainHttp.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve),
);
const address = plainHttp.address();

// The moment of the commit, as seen by the process that made it; the clock is the machine's.
const committed = app.realtime.feed.committed.bind(app.realtime.feed);
app.realtime.feed.committed = (envelopes) => {
  const at = process.hrtime.bigint();
  committed(envelopes);
  for (const { id } of envelopes) tell({ kind: 'sent', id, at: String(at) });
};

let head = 0;
const event = (): Envelope => {
  const at = new Date().toISOString();
  head += 1;
  return {
    id: randomUUID(),
    topic: 'clients',
    seq: head,
    type: 'client_updated',
    timestamp: at,
    userId: user.id,
    commandId: randomUUID(),
    data: {
      client: {
        id: user.id,
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
      },
    },
  };
};

/** Offers `count` events at `rate` a second, whatever becomes of them: those due are there in the same turn. */
async function offer(count: number, rate: number, take: (due: Envelope[]) => void): Promise<void> {
  const start = performance.now();
  for (let made = 0; made < count; ) {
    const due = Math.min(count, Math.ceil(((performance.now() - start) / 1000) * rate)) - made;
    if (due > 0) take(Array.from({ length: due }, event));
    made += due;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

async function obey(order: ToServer): Promise<void> {
  switch (order.kind) {
    case 'command':
      await app.bus.run(actor, 'create_client', { name: 'C' }, randomUUID());
      break;
    case 'plain': {
      const id = randomUUID();
      const at = process.hrtime.bigint();
      plain.to('clients').emit('events', [{ ...event(), id }]);
      tell({ kind: 'sent', id, at: String(at) });
      break;
    }
    case 'load': {
      head = (await app.reader.heads(['clients'])).heads.get('clients') ?? 0;
      tell({ kind: 'loading', last: head + order.count });
      if (order.via === 'desk') {
        // Each event as a commit of its own: joining them is the outbox's work.
        await offer(order.count, order.rate, (due) => {
          for (const envelope of due) committed([envelope]);
        });
      } else {
        await offer(order.count, order.rate, (due) => {
          for (const envelope of due) plain.to('clients').emit('events', [envelope]);
        });
      }
      break;
    }
    case 'stop':
      await plain.close();
      await app.close();
      await postgres.stop();
      process.disconnect?.();
  }
}

process.on('message', (order: ToServer) => void obey(order));
process.on('disconnect', () => process.exit(0));
tell({
  kind: 'ready',
  desk: `http://127.0.0.1:${port}`,
  plain: `http://127.0.0.1:${Object(address).port}`,
  token,
});
