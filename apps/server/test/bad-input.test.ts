import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { stockedDesk, testApp } from './app.ts';
import { rawSocket, refusalOf } from './socket.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const heads = async (desk: Awaited<ReturnType<typeof testApp>>) => desk.app.database.reader.topic.findMany();

test('[F2] malformed packets, unknown events and wrong types get a clear error each, and nothing changes', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk);
  await using raw = await rawSocket(desk.url, { token: desk.users.operator.token });
  const before = await heads(desk);
  const line = { productId: products[0]?.id, quantity: 1 };
  const id = randomUUID();

  const cases: [string, unknown, string][] = [
    ['no_such_event', {}, 'invalid'],
    ['__proto__', {}, 'invalid'],
    ['constructor', { commandId: id, input: {} }, 'invalid'],
    ['subscribe', undefined, 'invalid'],
    ['subscribe', null, 'invalid'],
    ['subscribe', 'orders', 'invalid'],
    ['subscribe', { topics: [] }, 'invalid'],
    ['subscribe', { topics: Array.from({ length: 201 }, () => ({ topic: 'orders' })) }, 'invalid'],
    ['subscribe', { topics: [{ topic: 'orders', cursor: { epoch: 'x', seq: -1 } }] }, 'invalid'],
    ['subscribe', { topics: [{ topic: 'orders', cursor: { epoch: 'x', seq: 1e300 } }] }, 'invalid'],
    ['subscribe', { topics: [{ topic: 'orders', cursor: '1' }] }, 'invalid'],
    ['catch_up', { topic: 'orders' }, 'invalid'],
    ['catch_up', { topic: 'nope', cursor: { epoch: 'x', seq: 1 } }, 'not_found'],
    ['unsubscribe', { topics: 7 }, 'invalid'],
    ['signal', { type: 'user_connected', data: {} }, 'invalid'],
    ['signal', { type: 'viewing', data: { orderId: 'x' } }, 'invalid'],
    ['place_order', { commandId: 'not a uuid', input: {} }, 'invalid'],
    ['place_order', { input: {} }, 'invalid'],
    ['place_order', { commandId: id, input: { clientId: client.id, lines: [] } }, 'invalid'],
    [
      'place_order',
      { commandId: id, input: { clientId: client.id, lines: [{ ...line, quantity: 0 }] } },
      'invalid',
    ],
    [
      'place_order',
      { commandId: id, input: { clientId: client.id, lines: [{ ...line, quantity: '1' }] } },
      'invalid',
    ],
    ['place_order', { commandId: id, input: { clientId: client.id, lines: [line], total: 1 } }, 'invalid'],
    [
      'place_order',
      { commandId: id, input: { clientId: client.id, lines: [line], notes: 'x'.repeat(5000) } },
      'invalid',
    ],
    ['place_order', { commandId: randomUUID(), input: { clientId: id, lines: [line] } }, 'not_found'],
    ['receive_stock', { commandId: id, input: { ...line, zone: 'Z9' } }, 'not_found'],
    ['receive_stock', { commandId: id, input: { ...line, zone: "'; DROP TABLE event; --" } }, 'invalid'],
    ['create_client', { commandId: randomUUID(), input: { name: 'a\0b' } }, 'invalid'],
    ['create_client', { commandId: randomUUID(), input: { name: 'a', notes: '\ud800' } }, 'invalid'],
    ['subscribe', { topics: [{ topic: 'orders' }, { topic: 'orders' }] }, 'invalid'],
    ['create_zone', { commandId: randomUUID(), input: { code: 'A1', name: 'again' } }, 'conflict'],
  ];
  for (const [name, payload, code] of cases) {
    const ack = await raw.ask(name, payload);
    expect(ack, `${name} ${JSON.stringify(payload)?.slice(0, 200)}`).toMatchObject({
      ok: false,
      error: { code },
    });
    expect(ack.error.message.length).toBeGreaterThan(5);
  }
  expect(await heads(desk)).toEqual(before);
  expect((await raw.ask('subscribe', { topics: [{ topic: 'orders' }] })).ok).toBe(true);
});

test('[F2] an invalid command names the fields that are wrong', async () => {
  await using desk = await testApp();
  const answer = await desk.http('operator', 'POST', '/api/products', {
    sku: '',
    unitPrice: { amount: 1.5, currency: 'euro' },
  });
  expect(answer.status).toBe(400);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ code: 'invalid', status: 400, title: 'invalid' });
  expect(answer.body.details.fields.map((field: { path: string }) => field.path).sort()).toEqual([
    'name',
    'sku',
    'unitPrice.amount',
    'unitPrice.currency',
  ]);
});

test('[F2] a payload of 10 MB is turned away over sockets and HTTP, and the process goes on', async () => {
  await using desk = await testApp();
  const raw = await rawSocket(desk.url, { token: desk.users.operator.token });
  const closed = new Promise((resolve) => raw.socket.once('disconnect', resolve));
  raw.socket.emit('create_client', { commandId: randomUUID(), input: { name: 'x'.repeat(10_000_000) } });
  expect(await closed).toMatch(/transport/);

  const posted = await desk.http('operator', 'POST', '/api/clients', { name: 'x'.repeat(10_000_000) });
  expect(posted).toMatchObject({ status: 413, body: { code: 'too_large' } });
  const broken = await desk.http('operator', 'POST', '/api/clients', '{"name": ');
  expect(broken).toMatchObject({ status: 400, body: { code: 'invalid' } });
  const array = await desk.http('operator', 'POST', '/api/clients', []);
  expect(array).toMatchObject({ status: 400, body: { code: 'invalid' } });
  expect((await desk.http(null, 'GET', '/health/ready')).status).toBe(200);
});

test('[F2] bytes that are no packet end that connection only', async () => {
  await using desk = await testApp();
  await using bystander = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const closed = new Promise((resolve) => raw.socket.once('disconnect', resolve));
  raw.socket.io.engine.write('2/desk,["subscribe"');
  expect(await closed).toBeTruthy();

  const { hostname, port } = new URL(desk.url);
  const tcp = connect(Number(port), hostname);
  const ended = new Promise((resolve) => tcp.once('close', resolve).resume());
  tcp.write('GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n\x00\xff\r\n\r\n');
  await ended;
  expect((await bystander.ask('subscribe', { topics: [{ topic: 'orders' }] })).ok).toBe(true);
});

test('a handshake without a name, with a bad one, of another protocol or malformed is refused with its code', async () => {
  await using desk = await testApp();
  const { token } = desk.users.viewer;
  const refusal = (auth: Record<string, unknown>) => refusalOf(rawSocket(desk.url, auth));
  expect(await refusal({})).toMatchObject({ code: 'unauthenticated' });
  expect(await refusal({ token: 'made up' })).toMatchObject({ code: 'unauthenticated' });
  expect(await refusal({ token: 'alm_made_up' })).toMatchObject({ code: 'unauthenticated' });
  expect(await refusal({ token: `${token}x` })).toMatchObject({ code: 'unauthenticated' });
  expect(await refusal({ token, protocol: 2 })).toMatchObject({ code: 'protocol_mismatch' });
  expect(await refusal({ token, clientId: 7 })).toMatchObject({ code: 'protocol_mismatch' });
  expect(await refusal({ token: { $ne: null } })).toMatchObject({ code: 'protocol_mismatch' });
  await desk.app.database.accounts.session.update({
    where: { id: desk.users.viewer.sessionId },
    data: { expiresAt: new Date(0) },
  });
  expect(await refusal({ token })).toMatchObject({ code: 'expired' });
});

test('[R3] another user’s topic is refused, with whatever cursor, and by every door', async () => {
  await using desk = await testApp();
  const topic = `user:${desk.users.admin.id}`;
  await using raw = await rawSocket(
    desk.url,
    { token: desk.users.viewer.token },
    { namespace: '/notifications' },
  );
  const { data } = await raw.ask('subscribe', {
    topics: [{ topic }, { topic: `user:${desk.users.viewer.id}` }],
  });
  expect(data.topics[0]).toMatchObject({ kind: 'refused', error: { code: 'forbidden' } });
  expect(data.topics[1]).toMatchObject({ kind: 'reset', snapshot: { notifications: [], unreadCount: 0 } });
  const cursor = { epoch: data.epoch, seq: 0 };
  expect(await raw.ask('catch_up', { topic, cursor })).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  });
  for (const path of ['events', 'snapshot', 'events?after=0', 'snapshot?at=0']) {
    expect((await desk.http('viewer', 'GET', `/api/topics/${topic}/${path}`)).status).toBe(403);
  }
  expect((await desk.http(null, 'GET', '/api/topics/orders/events')).status).toBe(401);
  expect((await desk.http('viewer', 'GET', '/api/topics/inventory:Z9/snapshot')).status).toBe(404);
  expect((await desk.http('viewer', 'GET', '/api/topics/%00/events')).status).toBe(404);
});

test('[L3] an id has one spelling: upper-case uuids are the same orders, products and commands', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 1 });
  const orderId = randomUUID().toUpperCase();
  const key = randomUUID();
  const body = {
    orderId,
    clientId: client.id.toUpperCase(),
    lines: [{ productId: products[0]?.id.toUpperCase(), quantity: 1 }],
  };
  const place = (id: string) => desk.http('operator', 'POST', '/api/orders', body, { 'idempotency-key': id });
  const placed = await place(key.toUpperCase());
  expect(placed.body.order.id).toBe(orderId.toLowerCase());
  expect((await place(key)).body).toEqual(placed.body);
  await desk.run('change_order_status', { orderId, status: 'picking' });
  expect((await desk.http('viewer', 'GET', `/api/orders/${orderId}`)).status).toBe(200);
  await expectFoldsToEqualTables(desk.app);
});

test('[F2] queries and files that make no sense are refused, not faults', async () => {
  await using desk = await testApp();
  const cursor = Buffer.from('[9007199254740991]').toString('base64url');
  for (const path of [`/api/orders?cursor=${cursor}`, '/api/orders?q=%00', '/api/clients?q=a&q=b']) {
    expect((await desk.http('viewer', 'GET', path)).status, path).toBe(400);
  }
  const dear = await desk.run('create_product', {
    sku: 'DEAR',
    name: 'Dear',
    stocked: false,
    unitPrice: { amount: 1_000_000_000_000, currency: 'EUR' },
  });
  const { client } = await desk.run('create_client', { name: 'Rich' });
  const lines = [{ productId: dear.product.id, quantity: 2 }];
  const order = await desk.http('operator', 'POST', '/api/orders', { clientId: client.id, lines });
  expect(order.body).toMatchObject({ code: 'invalid' });
});

test('[C1] of parallel orders with one id, one is placed and the others are conflicts', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 1 });
  const body = {
    orderId: randomUUID(),
    clientId: client.id,
    lines: [{ productId: products[0]?.id, quantity: 1 }],
  };
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => desk.http('operator', 'POST', '/api/orders', body)),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[C1] of parallel clients with one id, one is added under it and the others are conflicts', async () => {
  await using desk = await testApp();
  const clientId = randomUUID();
  const answers = await Promise.all(
    [1, 2, 3, 4].map((i) => desk.http('operator', 'POST', '/api/clients', { clientId, name: `Bar ${i}` })),
  );
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409]);
  const { items } = (await desk.http('viewer', 'GET', '/api/clients')).body;
  expect(items).toMatchObject([{ id: clientId, version: 1 }]);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[R3] a topic that does not exist cannot be followed with a made-up cursor', async () => {
  await using desk = await testApp();
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const cursor = { epoch: raw.hello.epoch, seq: 0 };
  const { data } = await raw.ask('subscribe', { topics: [{ topic: 'inventory:NOPE', cursor }] });
  expect(data.topics[0]).toMatchObject({ kind: 'refused', error: { code: 'not_found' } });
});

test('[F2] what no database stores is refused as invalid at every door, also in addresses', async () => {
  await using desk = await testApp();
  const invalid = { status: 400, body: { code: 'invalid' } };
  expect(await desk.http('admin', 'PATCH', '/api/people/a%00b', { role: 'viewer' })).toMatchObject(invalid);
  expect(await desk.http('admin', 'DELETE', '/api/keys/a%00b')).toMatchObject(invalid);
  const setRole = { userId: 'a\0b', role: 'viewer' };
  expect(await desk.http('admin', 'POST', '/api/auth/admin/set-role', setRole)).toMatchObject(invalid);
  expect(await desk.http('viewer', 'GET', '/api/products?q=%00')).toMatchObject(invalid);
  expect(await desk.http('viewer', 'GET', '/api/clients?cursor=WyJcdTAwMDAiLCIiXQ')).toMatchObject(invalid);
});
