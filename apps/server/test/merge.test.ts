import { randomUUID } from 'node:crypto';
import type { Client, Order } from '@almenara/events';
import { expect, test } from 'vitest';
import { importSales } from '../src/import/run/run.ts';
import { optionsOf } from '../src/import/testing/sales-file.ts';
import { SAMPLE } from '../src/import/testing/sample.ts';
import { placeOrder, stockedDesk, type TestApp, testApp } from './app.ts';
import { pick, runSeed, seeded } from './random.ts';
import { allEvents, expectFoldsToEqualTables } from './topics.ts';

const ordersOf = async (desk: TestApp, client: Client): Promise<Order[]> =>
  (await desk.http('viewer', 'GET', `/api/orders?clientId=${client.id}&limit=200`)).body.items;

test('[M1] merged clients are one: open orders move, history is found with the kept one, empty fields are filled', async () => {
  await using desk = await testApp();
  const { client: kept, products } = await stockedDesk(desk);
  const [product] = products;
  if (!product) throw new Error('no product');
  const { client: duplicate } = await desk.run('create_client', {
    name: 'A  Client',
    email: 'a@client.test',
    phone: '600',
  });
  const closed = await placeOrder(desk, duplicate, [[product, 1]]);
  for (const status of ['picking', 'packed', 'shipped', 'delivered'] as const)
    await desk.run('change_order_status', { orderId: closed.id, status });
  await desk.run('record_return', {
    clientId: duplicate.id,
    orderId: closed.id,
    lines: [{ productId: product.id, quantity: 1 }],
  });
  const open = await placeOrder(desk, duplicate, [[product, 3]]);

  const { client, merged } = await desk.run('merge_clients', {
    clientId: kept.id,
    duplicateId: duplicate.id,
    expectedVersion: kept.version,
    duplicateVersion: duplicate.version,
    phone: '700',
  });
  expect(client).toMatchObject({ name: 'A client', email: 'a@client.test', phone: '700', archived: false });
  expect(merged).toMatchObject({ archived: true, mergedInto: kept.id });

  const orders = await ordersOf(desk, kept);
  expect(orders.map(({ id, clientId }) => [id, clientId])).toEqual([
    [open.id, kept.id],
    [closed.id, duplicate.id],
  ]);
  const returns = await desk.http('viewer', 'GET', `/api/returns?clientId=${kept.id}`);
  expect(returns.body.total).toBe(1);
  const told = (await allEvents(desk.app, 'orders')).slice(-1);
  expect(told).toMatchObject([
    { type: 'order_updated', data: { order: { id: open.id, clientName: 'A client' } } },
  ]);
  await expectFoldsToEqualTables(desk.app);

  // Whoever still means the duplicate means the kept one.
  const late = await placeOrder(desk, duplicate, [[product, 1]]);
  expect(late).toMatchObject({ clientId: kept.id, clientName: 'A client' });
  for (const status of ['picking', 'packed', 'shipped'] as const)
    await desk.run('change_order_status', { orderId: late.id, status });
  const back = await desk.run('record_return', {
    clientId: kept.id,
    orderId: late.id,
    lines: [{ productId: product.id, quantity: 1 }],
  });
  expect(back.return.clientId).toBe(kept.id);
  await expectFoldsToEqualTables(desk.app);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[M1] what cannot be merged is refused: itself, nobody, an older version, twice, into an archived one', async () => {
  await using desk = await testApp();
  const { client: a } = await desk.run('create_client', { name: 'A' });
  const { client: b } = await desk.run('create_client', { name: 'B' });
  const { client: c } = await desk.run('create_client', { name: 'C' });
  const merge = (clientId: string, more: object) =>
    desk.http('operator', 'POST', `/api/clients/${clientId}/merge`, more);
  expect((await merge(a.id, { duplicateId: a.id })).status).toBe(400);
  expect((await merge(a.id, { duplicateId: randomUUID() })).status).toBe(404);
  expect((await merge(a.id, { duplicateId: b.id, duplicateVersion: 7 })).status).toBe(409);
  expect((await merge(a.id, { duplicateId: b.id })).status).toBe(200);
  expect((await merge(c.id, { duplicateId: b.id })).status).toBe(409);
  expect((await merge(b.id, { duplicateId: c.id })).status).toBe(409);
  // A chain: what was merged into one is found with the next.
  expect((await merge(c.id, { duplicateId: a.id })).status).toBe(200);
  const { products } = await stockedDesk(desk, { products: 1 });
  const [product] = products;
  if (!product) throw new Error('no product');
  expect(await placeOrder(desk, b, [[product, 1]])).toMatchObject({ clientId: c.id });
  await expectFoldsToEqualTables(desk.app);
});

test('[M1][L3] merges among orders, edits, returns and moves of the same clients leave no open order behind, and no deadlock', async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using desk = await testApp();
  const { client: first, products } = await stockedDesk(desk, { products: 3, stock: 500 });
  const clients: Client[] = [first];
  for (let i = 0; i < 9; i += 1)
    clients.push((await desk.run('create_client', { name: `Client ${i}` })).client);
  const orders: Order[] = [];
  const actor = { userId: desk.users.operator.id, role: 'operator' } as const;
  const codes = new Map<string, number>();
  const send = async (name: Parameters<typeof desk.app.bus.run>[1], input: object): Promise<unknown> => {
    const outcome = await desk.app.bus.run(actor, name, input, randomUUID());
    const code = outcome.ok ? 'ok' : outcome.error.code;
    codes.set(code, (codes.get(code) ?? 0) + 1);
    return outcome.ok ? outcome.data : null;
  };
  const worker = async (): Promise<void> => {
    for (let i = 0; i < 30; i += 1) {
      const lines = [{ productId: pick(random, products).id, quantity: 1 }];
      const roll = random();
      const order = orders.length > 0 ? pick(random, orders) : null;
      if (roll < 0.4 || !order) {
        const placed = await send('place_order', { clientId: pick(random, clients).id, lines });
        if (placed && typeof placed === 'object' && 'order' in placed) orders.push(placed.order as Order);
      } else if (roll < 0.6) {
        const clientId = pick(random, clients).id;
        await send('edit_order', { orderId: order.id, expectedVersion: order.version, clientId, lines });
      } else if (roll < 0.75) {
        await send('change_order_status', {
          orderId: order.id,
          status: pick(random, ['picking', 'cancelled']),
        });
      } else if (roll < 0.85) {
        await send('record_return', { clientId: order.clientId, lines });
      } else {
        await send('merge_clients', {
          clientId: pick(random, clients).id,
          duplicateId: pick(random, clients).id,
        });
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));

  const context = `seed ${seed}, outcomes ${JSON.stringify([...codes])}`;
  expect(codes.get('internal') ?? 0, context).toBe(0);
  expect(codes.get('unavailable') ?? 0, context).toBe(0);
  const left = await desk.app.database.reader.order.count({
    where: { client: { mergedInto: { not: null } }, status: { notIn: ['delivered', 'cancelled'] } },
  });
  expect(left, context).toBe(0);
  await expectFoldsToEqualTables(desk.app);
  expect(await desk.brokenInvariants(), context).toEqual([]);
});

test('[M1][I1] a later import finds the kept client by the number of the one that was merged into it', async () => {
  await using desk = await testApp();
  const { bus, database } = desk.app;
  const lines = SAMPLE.trim().split('\n');
  const bring = (input: string) =>
    importSales({ bus, db: database.reader, input, options: optionsOf({ as: 'open' }) });
  await bring(`${lines.slice(0, 7).join('\n')}\n`);
  const { items } = (await desk.http('viewer', 'GET', '/api/clients')).body;
  const duplicate = items.find(({ name }: Client) => name === 'Client 501');
  const { client: kept } = await desk.run('create_client', { name: 'Café Central' });
  await desk.run('merge_clients', { clientId: kept.id, duplicateId: duplicate.id });
  await bring(`${SAMPLE}9008;10120A;CAFÉ;1;15/9/2024 10:00;3,45;501;España\n`);
  const orders = await ordersOf(desk, kept);
  expect(orders.map(({ reference, clientName }) => [reference, clientName])).toEqual([
    ['9008', 'Café Central'],
    ['9001', 'Café Central'],
  ]);
  expect(await bring(`${SAMPLE}9008;10120A;CAFÉ;1;15/9/2024 10:00;3,45;501;España\n`)).toMatchObject({
    imported: 0,
  });
  await expectFoldsToEqualTables(desk.app);
});
