import { randomUUID } from 'node:crypto';
import { LINES_IN_SNAPSHOT, Order } from '@almenara/events';
import { expect, test } from 'vitest';
import { stockedDesk, testApp } from './app.ts';
import { type FuzzWorld, randomCommand } from './fuzz.ts';
import { pick, runSeed, seeded } from './random.ts';
import { expectFoldsToEqualTables, expectSmallWindows } from './topics.ts';

const COMMANDS = Number(process.env.FUZZ_COMMANDS ?? 300);

test('[L3] after a seeded fuzz of parallel commands every topic folds to its tables, and no invariant is broken', async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 6, stock: 40 });
  await desk.run('create_zone', { code: 'B1', name: 'Second' });
  const { client: other } = await desk.run('create_client', { name: 'Another' });
  const fee = await desk.run('create_product', {
    sku: 'FEE',
    name: 'Fee',
    unitPrice: { amount: 5, currency: 'EUR' },
    stocked: false,
  });
  const world: FuzzWorld = {
    clientIds: [client.id, other.id],
    productIds: [...products.map((product) => product.id), fee.product.id],
    zones: ['A1', 'B1'],
    orders: [],
    userIds: Object.values(desk.users).map((user) => user.id),
  };
  const actor = { userId: desk.users.operator.id, role: 'operator' } as const;
  const codes = new Map<string, number>();

  const worker = async (): Promise<void> => {
    for (let i = 0; i < COMMANDS / 8; i += 1) {
      const { name, input } = randomCommand(random, world);
      const commandId = randomUUID();
      const outcome = await desk.app.bus.run(actor, name, input, commandId);
      const code = outcome.ok ? 'ok' : outcome.error.code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
      // A duplicate now and then: it must come to the same and change nothing [C1].
      if (random() < 0.1) expect(await desk.app.bus.run(actor, name, input, commandId)).toEqual(outcome);
      const changed = outcome.ok ? Order.safeParse(Object(outcome.data).order) : null;
      if (changed?.success) {
        world.orders.splice(
          0,
          world.orders.length,
          ...world.orders.filter((o) => o.id !== changed.data.id),
          changed.data,
        );
        if (world.orders.length > 40)
          world.orders.splice(world.orders.indexOf(pick(random, world.orders)), 1);
      }
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));

  const context = `seed ${seed}, outcomes ${JSON.stringify([...codes])}`;
  expect(codes.get('internal') ?? 0, context).toBe(0);
  expect(codes.get('unavailable') ?? 0, context).toBe(0);
  expect(codes.get('ok') ?? 0, context).toBeGreaterThan(COMMANDS / 4);
  expect(await desk.brokenInvariants(), context).toEqual([]);
  expect((await expectFoldsToEqualTables(desk.app)).topics, context).toBeGreaterThanOrEqual(5);
  for (const limit of [1, 3, 20]) await expectSmallWindows(desk.app, limit);
});

test('[L3] the snapshot holds the orders changed last and no lines of large ones, and counts all of them exactly', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: LINES_IN_SNAPSHOT + 1, stock: 1000 });
  const place = (lines: number) =>
    desk.run('place_order', {
      clientId: client.id,
      lines: products.slice(0, lines).map(({ id }) => ({ productId: id, quantity: 1 })),
    });
  const { order: large } = await place(LINES_IN_SNAPSHOT + 1);
  const { order: small } = await place(LINES_IN_SNAPSHOT);
  await desk.run('change_order_status', { orderId: (await place(1)).order.id, status: 'cancelled' });
  // Something happens to an order of long ago: it is among the last again.
  await desk.run('assign_order', { orderId: large.id, userId: desk.users.viewer.id });

  await expectFoldsToEqualTables(desk.app);
  await expectSmallWindows(desk.app, 2);
  const { body } = await desk.http('viewer', 'GET', '/api/topics/orders/snapshot');
  expect(body.snapshot).toMatchObject({
    counts: { placed: 2, picking: 0, packed: 0, shipped: 0, delivered: 0, cancelled: 1 },
    total: 3,
    truncated: false,
  });
  const held = new Map<string, Order>(body.snapshot.orders.map((order: Order) => [order.id, order]));
  expect(held.get(large.id)).toMatchObject({ lines: [], lineCount: LINES_IN_SNAPSHOT + 1, shortLines: 0 });
  expect(held.get(small.id)).toEqual(small);
});
