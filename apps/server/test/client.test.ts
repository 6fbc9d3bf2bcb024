import { randomUUID } from 'node:crypto';
import { createClient } from '@almenara/client';
import { type Envelope, topicName } from '@almenara/events';
import { expect, test } from 'vitest';
import { cutConnection } from '../src/realtime/engine.ts';
import { stockedDesk, type TestApp, testApp } from './app.ts';
import { between, pick, runSeed, seeded } from './random.ts';
import { rawSocket } from './socket.ts';

const CUTS = Number(process.env.RESUME_CUTS ?? 12);

const snapshotOf = async (desk: TestApp, topic: string) =>
  (await desk.http('viewer', 'GET', `/api/topics/${topic}/snapshot`)).body;

test('[R1] our client, cut off at random under load, hands each event on once, in order, and ends equal to the tables', async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using desk = await testApp();
  const { zone, products, client: customer } = await stockedDesk(desk, { products: 4, stock: 500 });
  const desks = Array.from({ length: 3 }, () => {
    const client = createClient({ url: desk.url, credentials: () => ({ token: desk.users.operator.token }) });
    const seen: Envelope[] = [];
    client.on('inventory_updated', (event) => seen.push(event));
    client.on('order_created', (event) => seen.push(event));
    const orders = client.topic('orders');
    const levels = client.topic('inventory', { zone });
    client.start();
    return { client, orders, levels, seen };
  });
  await Promise.all(
    desks.map(({ orders }) => expect.poll(() => orders.view.get(), { timeout: 20_000 }).not.toBeNull()),
  );

  const cutter = (async () => {
    for (let cut = 0; cut < CUTS; cut += 1) {
      const connections = [...desk.app.realtime.connections()];
      if (connections.length > 0) cutConnection(pick(random, connections));
      for (let i = between(random, 1, 8); i > 0; i -= 1) {
        await desk.run('receive_stock', { productId: pick(random, products).id, zone, quantity: 1 });
      }
    }
  })();
  // Every desk places orders through its own, failing connection; each must be placed once.
  const placed = await Promise.all(
    desks.flatMap(({ client }) =>
      Array.from({ length: 10 }, () =>
        client.run(
          'place_order',
          { clientId: customer.id, lines: [{ productId: pick(random, products).id, quantity: 1 }] },
          { timeoutMs: null },
        ),
      ),
    ),
  );
  await cutter;

  expect(new Set(placed.map(({ order }) => order.id)).size, `seed ${seed}`).toBe(30);
  const tables = {
    orders: await snapshotOf(desk, 'orders'),
    levels: await snapshotOf(desk, `inventory:${zone}`),
  };
  expect(tables.orders.snapshot.total).toBe(30);
  for (const { client, orders, levels, seen } of desks) {
    await expect.poll(() => orders.cursor?.seq, { timeout: 20_000 }).toBe(tables.orders.head);
    await expect.poll(() => levels.cursor?.seq, { timeout: 20_000 }).toBe(tables.levels.head);
    expect(orders.view.get()).toEqual(tables.orders.snapshot);
    expect(levels.view.get()).toEqual(tables.levels.snapshot);
    for (const topic of ['orders', `inventory:${zone}`]) {
      const seqs = seen.filter((event) => event.topic === topic).map((event) => event.seq);
      expect(seqs, `seed ${seed}`).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    }
    client.stop();
  }
}, 120_000);

test('[R1] who listens to a topic gets no snapshot, and hears each event from then on once, in order, however often it is cut off', async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using desk = await testApp();
  const { zone, products } = await stockedDesk(desk, { products: 2, stock: 5 });
  const before = (await snapshotOf(desk, `inventory:${zone}`)).head;
  const client = createClient({ url: desk.url, credentials: () => ({ token: desk.users.operator.token }) });
  const seen: Envelope[] = [];
  const begun: { topic: string; reason: string; seq: number }[] = [];
  client.on('inventory_updated', (event) => seen.push(event));
  client.onReset((info) => begun.push(info));
  const stop = client.listen('inventory', { zone });
  client.start();
  await expect
    .poll(() => begun, { timeout: 20_000 })
    .toEqual([{ topic: `inventory:${zone}`, reason: 'new', seq: before }]);
  for (let cut = 0; cut < CUTS; cut += 1) {
    const connections = [...desk.app.realtime.connections()];
    if (connections.length > 0) cutConnection(pick(random, connections));
    for (let i = between(random, 1, 4); i > 0; i -= 1)
      await desk.run('receive_stock', { productId: pick(random, products).id, zone, quantity: 1 });
    client.retryNow();
  }
  const { head } = await snapshotOf(desk, `inventory:${zone}`);
  await expect.poll(() => seen.at(-1)?.seq, { timeout: 20_000 }).toBe(head);
  expect(
    seen.map(({ seq }) => seq),
    `seed ${seed}`,
  ).toEqual(Array.from({ length: head - before }, (_, i) => before + 1 + i));
  expect(begun).toHaveLength(1);

  stop();
  await desk.run('receive_stock', { productId: pick(random, products).id, zone, quantity: 1 });
  expect(seen.at(-1)?.seq).toBe(head);
  const nowhere = client.listen('inventory', { zone: 'NOWHERE' });
  await expect.poll(() => client.connection.get().kind).toBe('online');
  expect(begun).toHaveLength(1);
  nowhere();
  client.stop();
});

test('[F1][R1] where more than 10,000 events wait for a topic they are not sent: readers are told, take them from the log and miss none', async () => {
  await using desk = await testApp();
  const { client: customer } = await desk.run('create_client', { name: 'A client' });
  const client = createClient({ url: desk.url, credentials: () => ({ token: desk.users.operator.token }) });
  const seen: number[] = [];
  client.on('client_updated', ({ seq }) => seen.push(seq));
  const clients = client.topic('clients');
  client.start();
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const head = new Promise<number>((resolve) => {
    // The desk also tells every 15 s where it stands.
    raw.socket.on('heads', ({ heads }) => heads.clients > 1 && resolve(heads.clients));
  });
  await raw.ask('subscribe', { topics: [{ topic: 'clients' }] });
  await expect.poll(() => clients.view.get(), { timeout: 20_000 }).not.toBeNull();

  const count = 10_001;
  await desk.app.bus.runSystem(
    { name: 'many', commandId: randomUUID(), input: {}, origin: 'system' },
    async (tx) => {
      for (let n = 1; n <= count; n += 1)
        tx.record('client_updated', topicName('clients'), { client: { ...customer, version: 1 + n } });
    },
  );

  expect(await head).toBe(1 + count);
  expect(raw.events).toEqual([]);
  await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(count);
  expect(seen).toEqual(Array.from({ length: count }, (_, i) => 2 + i));
  expect(clients.view.get()?.clients).toMatchObject([{ id: customer.id, version: 1 + count }]);
  client.stop();
}, 60_000);

test('[R1] two hundred topics are followed with one question, and each is live from where its answer stands', async () => {
  await using desk = await testApp();
  const codes = Array.from({ length: 200 }, (_, i) => `Z${i}`);
  // All at once, some would wait for too long on a busy machine.
  for (const code of codes) await desk.run('create_zone', { code, name: code });
  const { product } = await desk.run('create_product', {
    sku: 'S',
    name: 'S',
    unitPrice: { amount: 1, currency: 'EUR' },
  });
  const receive = async () => {
    for (const zone of codes) await desk.run('receive_stock', { productId: product.id, zone, quantity: 1 });
  };
  await receive();
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const topics = codes.map((code) => ({ topic: `inventory:${code}` }));
  const { data } = await raw.ask('subscribe', { topics });
  await receive();

  expect(data.topics).toHaveLength(200);
  for (const [i, row] of data.topics.entries())
    expect(row).toMatchObject({
      ...topics[i],
      kind: 'reset',
      head: 1,
      snapshot: { levels: [{ onHand: 1 }] },
    });
  await expect.poll(() => raw.events.filter(({ seq }) => seq === 2).length, { timeout: 20_000 }).toBe(200);
  expect(raw.events).toHaveLength(200);
  const tooMany = await raw.ask('subscribe', { topics: [...topics, { topic: 'orders' }] });
  expect(tooMany.error.code).toBe('invalid');
}, 60_000);
