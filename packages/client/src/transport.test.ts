import { Server, type ServerOptions } from 'socket.io';
import { afterEach, expect, test } from 'vitest';
import { createClient } from './client.ts';
import type { Channel, ChannelEvent, Transport, TransportFactory } from './port.ts';
import { HELLO } from './testing/hand-net.ts';
import { socketIoTransport } from './transport.ts';

const AUTH = { clientId: 'tab-1', protocol: 1, token: 'key-1' };
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** A Socket.IO server on a port of its own. */
function listen(options: Partial<ServerOptions> = {}): { io: Server; url: string } {
  const io = new Server(options);
  io.listen(0);
  cleanUps.push(() => io.close());
  const address = io.httpServer.address();
  if (typeof address !== 'object' || !address) throw new Error('The server does not listen');
  return { io, url: `http://localhost:${address.port}` };
}

function open(factory: TransportFactory, url: string, extraHeaders?: Record<string, string>): Transport {
  const transport = factory({ url, extraHeaders });
  cleanUps.push(() => transport.close());
  return transport;
}

/** What a channel tells, to be taken one by one. */
function heard(channel: Channel): { next(): Promise<ChannelEvent>; all: ChannelEvent[] } {
  const all: ChannelEvent[] = [];
  const takers: ((event: ChannelEvent) => void)[] = [];
  let taken = 0;
  channel.on((event) => {
    all.push(event);
    if (takers.length > 0) taken += 1;
    takers.shift()?.(event);
  });
  return {
    all,
    next: () => {
      const event = all[taken];
      if (!event) return new Promise((resolve) => takers.push(resolve));
      taken += 1;
      return Promise.resolve(event);
    },
  };
}

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

test('a handshake, packets both ways, an ack, and no socket left', async () => {
  const { io, url } = listen();
  const seen: unknown[] = [];
  io.of('/desk').on('connection', (socket) => {
    seen.push(socket.handshake.auth, socket.handshake.headers.cookie, socket.conn.transport.name);
    socket.onAny((name, payload, reply) => {
      seen.push([name, payload]);
      reply({ ok: true, data: payload });
    });
    socket.emit('auth_success', HELLO);
  });
  const transport = open(socketIoTransport(), url, { cookie: 'session=1' });
  const channel = transport.channel('/desk');
  const { next } = heard(channel);
  channel.connect(AUTH);
  expect(await next()).toEqual({ kind: 'open' });
  expect(await next()).toEqual({ kind: 'message', name: 'auth_success', payload: HELLO });
  const ack = await new Promise((resolve) => channel.emitWithAck('subscribe', { topics: [] }, resolve));
  expect(ack).toEqual({ ok: true, data: { topics: [] } });
  channel.emitVolatile('signal', { type: 'viewing' });
  await until(() => seen.length === 5);
  expect(seen).toEqual([
    AUTH,
    'session=1',
    'websocket',
    ['subscribe', { topics: [] }],
    ['signal', { type: 'viewing' }],
  ]);
  transport.close();
  await until(() => io.engine.clientsCount === 0);
});

test('a refusal comes with what the server said', async () => {
  const { io, url } = listen();
  const refusal = { code: 'rate_limited', message: 'Slowly', retryAfterMs: 500 };
  io.of('/desk').use((_, next) => next(Object.assign(new Error('no'), { data: refusal })));
  const channel = open(socketIoTransport(), url).channel('/desk');
  const { next } = heard(channel);
  channel.connect(AUTH);
  expect(await next()).toEqual({ kind: 'refused', data: refusal });
});

test('namespaces share one connection; the server may close one of them', async () => {
  const { io, url } = listen();
  io.of('/desk');
  io.of('/notifications').on('connection', (socket) => socket.disconnect());
  const transport = open(socketIoTransport(), url);
  const [desk, secondary] = [transport.channel('/desk'), transport.channel('/notifications')];
  const [deskHeard, secondaryHeard] = [heard(desk), heard(secondary)];
  desk.connect(AUTH);
  await deskHeard.next();
  secondary.connect(AUTH);
  expect(await secondaryHeard.next()).toEqual({ kind: 'open' });
  expect(await secondaryHeard.next()).toEqual({ kind: 'closed', byServer: true });
  expect(io.engine.clientsCount).toBe(1);

  const again = transport.channel('/notifications');
  const againHeard = heard(again);
  again.connect(AUTH);
  expect(await againHeard.next()).toEqual({ kind: 'open' });
  await againHeard.next();
  expect(secondaryHeard.all).toHaveLength(2);
  expect(deskHeard.all).toEqual([{ kind: 'open' }]);
});

test('a connection that breaks closes every channel, and drops what is emitted after', async () => {
  const { io, url } = listen();
  io.of('/desk').on('connection', (socket) => socket.conn.close());
  const channel = open(socketIoTransport(), url).channel('/desk');
  const { next, all } = heard(channel);
  channel.connect(AUTH);
  while ((await next()).kind !== 'closed');
  expect(all.at(-1)).toEqual({ kind: 'closed', byServer: false });
  channel.emitWithAck('subscribe', {}, () => expect.unreachable());
  channel.emitVolatile('signal', {});
});

test('a way without WebSockets is found at the second try, and kept', async () => {
  const { io, url } = listen({ transports: ['polling'] });
  io.of('/desk');
  const factory = socketIoTransport();
  const attempt = async (): Promise<string> => {
    const transport = open(factory, url);
    const channel = transport.channel('/desk');
    const { next } = heard(channel);
    channel.connect(AUTH);
    const { kind } = await next();
    transport.close();
    return kind;
  };
  expect([await attempt(), await attempt(), await attempt()]).toEqual(['closed', 'open', 'open']);
});

test('begun by polling, a connection moves up to a WebSocket, and the next one begins with it', async () => {
  const { io, url } = listen();
  const began: string[] = [];
  const moved: string[] = [];
  io.engine.on('connection', (connection) => {
    began.push(connection.transport.name);
    connection.on('upgrade', () => moved.push(connection.transport.name));
  });
  io.of('/desk');
  const factory = socketIoTransport();
  // Nobody listens at port 1: a try that fails.
  const nowhere = open(factory, 'http://localhost:1');
  const lost = heard(nowhere.channel('/desk'));
  nowhere.channel('/desk').connect(AUTH);
  expect(await lost.next()).toEqual({ kind: 'closed', byServer: false });
  nowhere.close();

  for (const expected of ['polling', 'websocket']) {
    const transport = open(factory, url);
    const channel = transport.channel('/desk');
    const { next } = heard(channel);
    channel.connect(AUTH);
    expect(await next()).toEqual({ kind: 'open' });
    expect(began.at(-1)).toBe(expected);
    await until(() => moved.length === 1);
    transport.close();
  }
});

test('a whole client: online, a command, stopped', async () => {
  const { io, url } = listen();
  io.of('/desk').on('connection', (socket) => {
    socket.onAny((name, payload, reply) => {
      const topics = [{ topic: 'zones', kind: 'reset', reason: 'new', head: 0, snapshot: { zones: [] } }];
      reply({ ok: true, data: name === 'subscribe' ? { epoch: 'E1', topics } : payload });
    });
    socket.emit('auth_success', HELLO);
  });
  const client = createClient({ url, credentials: () => ({ token: 'key-1' }) });
  cleanUps.push(() => client.stop());
  const zones = client.topic('zones');
  client.start();
  const zone = { code: 'A1', name: 'Hall' };
  expect(await client.run('create_zone', zone)).toMatchObject({ input: zone });
  await until(() => client.connection.get().kind === 'online');
  expect(zones.view.get()).toEqual({ zones: [] });
  client.stop();
  await until(() => io.engine.clientsCount === 0);
});
