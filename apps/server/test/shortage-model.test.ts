import { randomUUID } from 'node:crypto';
import { type CommandInput, type CommandName, OrderStatus } from '@almenara/events';
import { expect, test } from 'vitest';
import { type TestApp, testApp } from './app.ts';
import { between, pick, runSeed, seeded } from './random.ts';
import { type ModelOrder, type Refusal, ShortageModel } from './shortage-model.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const COMMANDS = Number(process.env.SHORTAGE_COMMANDS ?? 150);
const ZONES = ['A1', 'B1'];
const NEXT: Partial<Record<OrderStatus, OrderStatus>> = {
  placed: 'picking',
  picking: 'packed',
  packed: 'shipped',
};

/** What the tables hold, in the model's terms. */
async function tables(desk: TestApp) {
  const db = desk.app.database.reader;
  const [levels, ledger, orders] = await Promise.all([
    db.stockLevel.findMany(),
    db.stockMovement.groupBy({
      by: ['zone', 'productId'],
      _sum: { onHandDelta: true, reservedDelta: true },
    }),
    db.order.findMany({
      orderBy: { number: 'asc' },
      include: {
        lines: { orderBy: { position: 'asc' }, include: { allocations: { orderBy: { id: 'asc' } } } },
      },
    }),
  ]);
  return {
    levels: Object.fromEntries(levels.map((l) => [`${l.zone} ${l.productId}`, [l.onHand, l.reserved]])),
    ledger: Object.fromEntries(
      ledger.map((l) => [`${l.zone} ${l.productId}`, [l._sum.onHandDelta, l._sum.reservedDelta]]),
    ),
    orders: orders.map((order) => ({
      id: order.id,
      status: order.status,
      total: Number(order.amount),
      backOrderOf: order.backOrderOf,
      backOrderId: order.backOrderId,
      lines: order.lines.map((line) => ({
        product: line.productId,
        quantity: line.quantity,
        short: line.short,
        reserved: byZone(line.allocations),
      })),
    })),
  };
}

function byZone(parts: readonly { zone: string; quantity: number }[]): Record<string, number> {
  const zones: Record<string, number> = {};
  for (const { zone, quantity } of parts) zones[zone] = (zones[zone] ?? 0) + quantity;
  return zones;
}

function expectation(model: ShortageModel, products: readonly string[]) {
  const levels: Record<string, number[]> = {};
  for (const zone of ZONES)
    for (const product of products) {
      const place = [model.at(model.onHand, zone, product), model.at(model.reserved, zone, product)];
      if (model.onHand.has(`${zone} ${product}`)) levels[`${zone} ${product}`] = place;
    }
  return {
    levels,
    ledger: levels,
    orders: model.orders.map((order) => ({
      id: order.id,
      status: order.status,
      total: model.totalOf(order),
      backOrderOf: order.backOrderOf,
      backOrderId: order.backOrderId,
      lines: order.lines.map(({ product, quantity, short, parts }) => ({
        product,
        quantity,
        short,
        reserved: byZone(parts),
      })),
    })),
  };
}

test('[S4][S5][S7][S2][L3] random commands on short orders leave stock, ledger, lines and amounts as plain arithmetic says, after each one', async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using desk = await testApp();
  for (const code of ZONES) await desk.run('create_zone', { code, name: code });
  const { client } = await desk.run('create_client', { name: 'A client' });
  const prices = new Map<string, number>();
  for (const [sku, amount] of [
    ['P', 700],
    ['Q', 1300],
    ['POST', 90],
  ] as const) {
    const { product } = await desk.run('create_product', {
      sku,
      name: sku,
      unitPrice: { amount, currency: 'EUR' },
      stocked: sku !== 'POST',
    });
    prices.set(product.id, amount);
  }
  const products = [...prices.keys()];
  const goods = products.slice(0, 2);
  const model = new ShortageModel(ZONES, prices, products[2] ?? '');
  const codes: Record<string, number> = {};
  const actor = { userId: desk.users.operator.id, role: 'operator' } as const;

  const send = async <N extends CommandName>(
    name: N,
    input: CommandInput<N>,
    // biome-ignore lint/suspicious/noExplicitAny: what came back is what the model is told of
    expected: (output: any) => Refusal,
  ): Promise<void> => {
    const outcome = await desk.app.bus.run(actor, name, input, randomUUID());
    const said = outcome.ok ? null : outcome.error.code;
    const context = `seed ${seed}, after ${JSON.stringify(codes)}: ${name} ${JSON.stringify(input)}`;
    expect(said, context).toBe(expected(outcome.ok ? outcome.data : {}));
    expect(await tables(desk), context).toEqual(expectation(model, goods));
    const key = `${name} ${said ?? 'ok'}`;
    codes[key] = (codes[key] ?? 0) + 1;
  };
  const lines = () =>
    Array.from({ length: between(random, 1, 3) }, () => ({
      productId: random() < 0.12 ? (products[2] ?? '') : pick(random, goods),
      quantity: between(random, 1, 3),
    }));
  const edited = (order: ModelOrder) => {
    const kept = order.lines
      .filter(() => random() < 0.85)
      .map(({ product, quantity }) => ({
        productId: product,
        quantity: Math.max(1, quantity + pick(random, [0, 0, 0, -2, -1, 1, 2])),
      }));
    return kept.length === 0 || random() < 0.15 ? [...kept, ...lines()] : kept;
  };
  const version = async (id: string): Promise<number> =>
    (await desk.app.database.reader.order.findUniqueOrThrow({ where: { id } })).version;

  const step = async (): Promise<void> => {
    // Mostly one whose goods are in the house, and rather one that is short.
    const among = [
      (one: ModelOrder) => one.lines.some((line) => line.short > 0) && one.status !== 'cancelled',
      ({ status }: ModelOrder) => status === 'placed' || status === 'picking' || status === 'packed',
      ({ status }: ModelOrder) => status !== 'delivered' && status !== 'cancelled',
    ].slice(pick(random, [0, 0, 1, 1, 1, 1, 2]));
    const found = among.map((is) => model.orders.filter(is)).find((orders) => orders.length > 0);
    const order = found ? pick(random, found) : null;
    const [zone, productId] = [pick(random, ZONES), pick(random, goods)];
    const place = { zone, productId };
    const roll = random();
    if (order === null || roll < 0.2) {
      const orderId = randomUUID();
      const wanted = lines();
      return send('place_order', { orderId, clientId: client.id, lines: wanted }, () =>
        model.place(orderId, wanted),
      );
    }
    if (roll < 0.36) {
      const reported = order.lines.flatMap((line) => line.parts.map((part) => ({ line, part })));
      const one = reported.length > 0 ? pick(random, reported) : null;
      const at = one ? { zone: one.part.zone, productId: one.line.product } : place;
      const missing = one && random() < 0.8 ? pick(random, [1, one.part.quantity]) : between(random, 1, 4);
      return send('report_shortage', { orderId: order.id, ...at, missing }, () =>
        model.reportShortage(order, at.zone, at.productId, missing),
      );
    }
    if (roll < 0.6) {
      // Mostly on, so that orders come to their end.
      const status = random() < 0.2 ? pick(random, OrderStatus.options) : (NEXT[order.status] ?? 'delivered');
      const missing = status === 'shipped' ? pick(random, ['cancel', 'back_order', null] as const) : null;
      return send(
        'change_order_status',
        { orderId: order.id, status, ...(missing && { missing }) },
        (output) => model.move(order, status, missing ?? undefined, output.backOrder?.id),
      );
    }
    if (roll < 0.68) {
      const wanted = edited(order);
      const expectedVersion = await version(order.id);
      return send('edit_order', { orderId: order.id, expectedVersion, lines: wanted }, () =>
        model.edit(order, wanted),
      );
    }
    if (roll < 0.71) return send('reserve_order', { orderId: order.id }, () => model.reserveNow(order));
    if (roll < 0.85) {
      const quantity = between(random, 1, 9);
      return send('receive_stock', { ...place, quantity }, () => model.receive(zone, productId, quantity));
    }
    if (roll < 0.89) {
      const delta = pick(random, [-4, -2, -1, 1, 2, 3]);
      return send('adjust_stock', { ...place, delta, reason: 'found' }, () =>
        model.correct(zone, productId, delta),
      );
    }
    if (roll < 0.92) {
      const counted = between(random, 0, 8);
      const delta = counted - model.at(model.onHand, zone, productId);
      return send('count_zone', { zone, counts: [{ productId, counted }] }, () =>
        model.correct(zone, productId, delta),
      );
    }
    if (roll < 0.95) {
      const [from, to] = zone === 'A1' ? ['A1', 'B1'] : ['B1', 'A1'];
      const quantity = between(random, 1, 5);
      return send('transfer_stock', { productId, from, to, quantity }, () =>
        model.transfer(productId, from, to, quantity),
      );
    }
    const sent = model.orders.filter((one) => model.outside(one, productId) > 0);
    const of = sent.length > 0 && random() < 0.8 ? pick(random, sent) : null;
    const quantity = between(random, 1, 3);
    return send(
      'record_return',
      { clientId: client.id, lines: [{ ...place, quantity }], ...(of && { orderId: of.id }) },
      () => model.giveBack(of, zone, productId, quantity),
    );
  };
  for (let i = 0; i < COMMANDS; i += 1) await step();

  const context = `seed ${seed}, ${JSON.stringify(codes)}`;
  expect(await desk.brokenInvariants(), context).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
  const backOrders = model.orders.filter(({ backOrderOf }) => backOrderOf !== null);
  if (process.env.SHORTAGE_COMMANDS) console.info(context, `${backOrders.length} back orders`);
}, 600_000);
