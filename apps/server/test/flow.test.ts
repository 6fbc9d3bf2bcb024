import { randomUUID } from 'node:crypto';
import { connect, type Socket as TcpSocket } from 'node:net';
import pg from 'pg';
import { expect, test } from 'vitest';
import { bytesWaiting } from '../src/realtime/engine.ts';
import { stockedDesk, type TestApp, testApp } from './app.ts';
import { rawSocket, refusalOf } from './socket.ts';

/** A client that signs in and subscribes over a bare TCP connection, and then stops reading. */
async function stalledReader(desk: TestApp, topic: string): Promise<TcpSocket> {
  const { hostname, port } = new URL(desk.url);
  const tcp = connect(Number(port), hostname);
  const send = (text: string) => {
    const payload = Buffer.from(text);
    const mask = Buffer.alloc(4);
    const head =
      payload.length < 126
        ? [payload.length | 0x80]
        : [126 | 0x80, payload.length >> 8, payload.length & 255];
    tcp.write(Buffer.concat([Buffer.from([0x81, ...head]), mask, payload]));
  };
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      let heard = '';
      const listen = (data: Buffer) => {
        heard += data.toString('latin1');
        if (!heard.includes(text)) return;
        tcp.off('data', listen);
        resolve();
      };
      tcp.on('data', listen);
    });
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\n` +
      'Connection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await said('pingInterval');
  send(`40/desk,${JSON.stringify({ token: desk.users.viewer.token, clientId: 'stalled', protocol: 1 })}`);
  await said('auth_success');
  send(`42/desk,1["subscribe",${JSON.stringify({ topics: [{ topic }] })}]`);
  await said('43/desk,1');
  tcp.pause();
  return tcp;
}

test('[F1] what waits for a stalled reader is bounded; it is cut off, others are served, and it can come back', async () => {
  const bound = 300_000;
  await using desk = await testApp({ config: { MAX_BUFFERED_BYTES: bound } });
  await stockedDesk(desk, { products: 0 });
  await using healthy = await rawSocket(desk.url, { token: desk.users.admin.token });
  await healthy.ask('subscribe', { topics: [{ topic: 'clients' }] });
  const stalled = await stalledReader(desk, 'clients');
  const [connection] = [...desk.app.realtime.connections()].filter(
    (conn) => conn.remoteAddress !== undefined && conn !== undefined && !isOf(healthy, conn),
  );
  if (!connection) throw new Error('The stalled reader is not connected.');

  let most = 0;
  let sent = 0;
  const notes = 'x'.repeat(4000);
  // The kernel takes some megabytes before anything waits in the process.
  while (connection.readyState === 'open' && sent < 20_000) {
    await Promise.all(Array.from({ length: 20 }, () => desk.run('create_client', { name: 'C', notes })));
    sent += 20;
    most = Math.max(most, bytesWaiting(connection));
  }

  expect(connection.readyState).not.toBe('open');
  // A tenth of a second between two looks lets some more through.
  expect(most).toBeLessThan(bound * 8);
  await expect.poll(() => healthy.events.length, { timeout: 10_000 }).toBe(sent);
  stalled.destroy();
  await using again = await rawSocket(desk.url, { token: desk.users.viewer.token });
  // Not the clients: their snapshot alone is more than this small bound.
  expect((await again.ask('subscribe', { topics: [{ topic: 'zones' }] })).ok).toBe(true);
}, 120_000);

function isOf(raw: Awaited<ReturnType<typeof rawSocket>>, connection: object): boolean {
  return Reflect.get(connection, 'id') === raw.hello.connectionId;
}

test('events that are ready together go out as one packet, and one alone goes at once', async () => {
  await using desk = await testApp();
  const { zone, products } = await stockedDesk(desk, { products: 1 });
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  await raw.ask('subscribe', { topics: [{ topic: `inventory:${zone}` }, { topic: 'orders' }] });
  const packets: number[] = [];
  raw.socket.on('events', (envelopes: unknown[]) => packets.push(envelopes.length));

  await desk.run('count_zone', { zone, counts: [{ productId: products[0]?.id ?? '', counted: 3 }] });
  await expect.poll(() => packets).toEqual([2]);
  await desk.run('receive_stock', { zone, productId: products[0]?.id ?? '', quantity: 3 });
  await expect.poll(() => packets).toEqual([2, 1]);
});

test('a user who sends too much is told to wait, by sockets and HTTP alike; others are not', async () => {
  await using desk = await testApp({ config: { RATE_COMMANDS: 5, RATE_PACKETS: 5 } });
  await using raw = await rawSocket(desk.url, { token: desk.users.operator.token });
  const acks = await Promise.all(
    Array.from({ length: 7 }, () => raw.command('create_client', { name: 'C' })),
  );
  expect(acks.filter((ack) => ack.ok)).toHaveLength(5);
  expect(acks.at(-1).error).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
  const http = await desk.http('operator', 'POST', '/api/clients', { name: 'C' });
  expect(http).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(Number(http.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await desk.http('admin', 'POST', '/api/clients', { name: 'C' })).status).toBe(201);
  const asks = await Promise.all(
    Array.from({ length: 7 }, () => raw.ask('unsubscribe', { topics: ['orders'] })),
  );
  expect(asks.filter((ack) => ack.ok)).toHaveLength(5);
});

test('connections are limited in all and by user, and namespaces of one client count once', async () => {
  await using desk = await testApp({ config: { MAX_CONNECTIONS_PER_USER: 2, MAX_CONNECTIONS: 3 } });
  const { token } = desk.users.viewer;
  await using one = await rawSocket(desk.url, { token });
  await using _two = await rawSocket(desk.url, { token });
  expect(await refusalOf(rawSocket(desk.url, { token }))).toMatchObject({
    code: 'too_many_connections',
    retryAfterMs: expect.any(Number),
  });
  const notifications = one.socket.io.socket('/notifications', {
    auth: { token, clientId: 'x', protocol: 1 },
  });
  await new Promise((resolve, reject) => {
    notifications.once('auth_success', resolve);
    notifications.once('connect_error', reject);
    notifications.connect();
  });
  await using _other = await rawSocket(desk.url, { token: desk.users.admin.token });
  expect(await refusalOf(rawSocket(desk.url, { token: desk.users.operator.token }))).toMatchObject({
    code: 'too_many_connections',
    message: 'This server is full.',
  });
});

test('more commands than the queue holds are told to come back, and nothing of them is done', async () => {
  await using desk = await testApp({ config: { DATABASE_WRITERS: 1, COMMAND_QUEUE: 3 } });
  await using raw = await rawSocket(desk.url, { token: desk.users.operator.token });
  const ids = Array.from({ length: 10 }, () => randomUUID());
  const send = (id: string) => raw.command('create_client', { name: 'C' }, id);
  const acks = await Promise.all(ids.map(send));
  const refused = ids.filter((_, i) => !acks[i].ok);
  expect(refused.length).toBeGreaterThan(0);
  expect(acks.find((ack) => !ack.ok).error).toMatchObject({
    code: 'unavailable',
    retryAfterMs: expect.any(Number),
  });
  for (const id of refused) expect((await send(id)).ok).toBe(true);
  expect((await desk.http('viewer', 'GET', '/api/clients')).body.total).toBe(10);
});

test('a server that stops says so, answers what it took, and takes no more', async () => {
  const desk = await testApp();
  const raw = await rawSocket(desk.url, { token: desk.users.operator.token });
  const draining = new Promise((resolve) => raw.socket.once('draining', resolve));
  await desk.run('create_client', { name: 'Before' });
  // Somebody else holds the topic, so that they are under way when it is told to stop.
  const holder = new pg.Client({ connectionString: desk.databaseUrl });
  await holder.connect();
  await holder.query('BEGIN');
  await holder.query(`SELECT 1 FROM topic WHERE name = 'clients' FOR UPDATE`);
  const commands = Promise.all(Array.from({ length: 20 }, () => raw.command('create_client', { name: 'C' })));
  await expect.poll(() => desk.app.bus.depth).toBe(20);

  const closed = desk[Symbol.asyncDispose]();
  await holder.query('ROLLBACK');
  await holder.end();

  expect(await draining).toEqual({ reconnectInMs: expect.any(Number) });
  const acks = await commands;
  for (const ack of acks) expect(ack.ok || ack.error.code === 'unavailable').toBe(true);
  expect(acks.filter((ack) => ack.ok).length).toBeGreaterThan(0);
  await closed;
  expect(raw.socket.connected).toBe(false);
});

test('[F2] where WebSockets do not get through, long polling carries the same, and no request is answered twice', async () => {
  await using desk = await testApp();
  const { zone, products } = await stockedDesk(desk, { products: 1 });
  await using raw = await rawSocket(
    desk.url,
    { token: desk.users.operator.token },
    { transports: ['polling'] },
  );
  await raw.ask('subscribe', { topics: [{ topic: `inventory:${zone}` }] });
  const receipt = { productId: products[0]?.id, zone, quantity: 1 };
  expect(await raw.command('receive_stock', receipt)).toMatchObject({ ok: true });
  await expect.poll(() => raw.events.map((event) => event.type)).toEqual(['inventory_updated']);
  for (const query of [
    '',
    '?EIO=4&transport=polling',
    '?EIO=4&transport=polling&sid=made-up',
    '?EIO=9&transport=x',
  ]) {
    const answer = await fetch(`${desk.url}/socket.io/${query}`, { method: 'POST', body: 'x' });
    expect(answer.status, query).toBe(400);
  }
  expect((await desk.http(null, 'GET', '/health/ready')).status).toBe(200);
});
