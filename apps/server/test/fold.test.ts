import { randomUUID } from 'node:crypto';
import { Order } from '@almenara/events';
import { expect, test } from 'vitest';
import { stockedDesk, testApp } from './app.ts';
import { type FuzzWorld, randomCommand } from './fuzz.ts';
import { pick, runSeed, seeded } from './random.ts';
import { expectFoldsToEqualTables } from './topics.ts';

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
});

test('[L3] the snapshot holds the 200 orders closed last, however many there are, and says that there are more', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 1, stock: 1000 });
  const [product] = products;
  if (!product) throw new Error('no product');
  const ids: string[] = [];
  for (let i = 0; i < 205; i += 1) {
    const { order } = await desk.run('place_order', {
      clientId: client.id,
      lines: [{ productId: product.id, quantity: 1 }],
    });
    if (i < 203) await desk.run('change_order_status', { orderId: order.id, status: 'cancelled' });
    ids.push(order.id);
  }
  // Something happens to an order that has long left the view.
  await desk.run('assign_order', { orderId: ids[0] ?? '', userId: desk.users.viewer.id });

  await expectFoldsToEqualTables(desk.app);
  const { body } = await desk.http('viewer', 'GET', '/api/topics/orders/snapshot');
  expect(body.snapshot).toMatchObject({ total: 205, truncated: true });
  expect(body.snapshot.orders).toHaveLength(202);
  expect(body.snapshot.orders.some((order: Order) => order.id === ids[0])).toBe(false);
});
