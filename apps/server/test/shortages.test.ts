import type { Client, Order, Product } from '@almenara/events';
import { expect, test } from 'vitest';
import { importSales } from '../src/import/run/run.ts';
import { optionsOf } from '../src/import/testing/sales-file.ts';
import { placeOrder, stockedDesk, type TestApp, testApp } from './app.ts';
import { allEvents, expectFoldsToEqualTables } from './topics.ts';

interface Desk {
  readonly desk: TestApp;
  readonly client: Client;
  readonly product: Product;
  readonly other: Product;
  readonly zone: string;
}

async function deskWith(stock: number): Promise<Desk> {
  const desk = await testApp();
  const { client, products, zone } = await stockedDesk(desk, { products: 2, stock });
  const [product, other] = products;
  if (!product || !other) throw new Error('two products');
  return { desk, client, product, other, zone };
}

const orderOf = async (desk: TestApp, { id }: Order): Promise<Order> =>
  (await desk.http('viewer', 'GET', `/api/orders/${id}`)).body.order;
const levelOf = async (desk: TestApp, productId: string): Promise<number[][]> =>
  (
    await desk.app.database.reader.stockLevel.findMany({ where: { productId }, orderBy: { zone: 'asc' } })
  ).map(({ onHand, reserved }) => [onHand, reserved]);
const shortsOf = async (desk: TestApp, orders: readonly Order[]): Promise<number[]> => {
  const now = await Promise.all(orders.map((order) => orderOf(desk, order)));
  return now.map((order) => order.lines.reduce((sum, line) => sum + line.short, 0));
};
const move = (desk: TestApp, { id }: Order, status: Order['status'], more: object = {}) =>
  desk.http('operator', 'POST', `/api/orders/${id}/status`, { status, ...more });

/** Orders of which all is missing, and nothing else is on the shelf. */
async function shortOrders({ desk, client, product, zone }: Desk, count: number, quantity: number) {
  await desk.run('receive_stock', { productId: product.id, zone, quantity: count * quantity });
  const orders: Order[] = [];
  for (let i = 0; i < count; i += 1) orders.push(await placeOrder(desk, client, [[product, quantity]]));
  for (const { id } of orders)
    await desk.run('report_shortage', { orderId: id, productId: product.id, zone, missing: quantity });
  return orders;
}

async function shortOrder(world: Desk, quantity: number): Promise<Order> {
  const [order] = await shortOrders(world, 1, quantity);
  if (!order) throw new Error('no order');
  return order;
}

async function sound(desk: TestApp): Promise<void> {
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
}

test('[S4] receive 4, order 4, report 4 missing, receive 10: the order has its goods, and both topics say so', async () => {
  const world = await deskWith(0);
  const { desk, product, zone } = world;
  await using _ = desk;
  const order = await shortOrder(world, 4);
  expect(await shortsOf(desk, [order])).toEqual([4]);

  const { level } = await desk.run('receive_stock', { productId: product.id, zone, quantity: 10 });
  expect(level).toMatchObject({ onHand: 10, reserved: 4 });
  expect(await orderOf(desk, order)).toMatchObject({
    version: 3,
    total: { amount: 4000 },
    lines: [{ quantity: 4, short: 0, allocations: [{ zone, quantity: 4 }] }],
  });
  expect((await allEvents(desk.app, 'orders')).at(-1)).toMatchObject({
    type: 'order_updated',
    data: { order: { id: order.id }, filled: [{ productId: product.id, zone, quantity: 4 }] },
  });
  expect((await allEvents(desk.app, `inventory:${zone}`)).slice(-2)).toMatchObject([
    { data: { movement: { kind: 'receipt', onHandDelta: 10 }, level: { onHand: 10, reserved: 0 } } },
    { data: { movement: { kind: 'reservation', reservedDelta: 4, orderId: order.id } } },
  ]);
  await sound(desk);
});

test('[S4] whatever makes goods available gives them to the oldest order first, in part if there is no more', async () => {
  const world = await deskWith(0);
  const { desk, client, product, other, zone } = world;
  await using _ = desk;
  const orders = await shortOrders(world, 3, 4);
  const [first, second, third] = orders;
  if (!first || !second || !third) throw new Error('three orders');
  const place = { productId: product.id, zone };
  // Packed or only placed: who came first is served first.
  for (const status of ['picking', 'packed'] as const) await move(desk, second, status);

  await desk.run('receive_stock', { ...place, quantity: 1 });
  expect(await shortsOf(desk, orders)).toEqual([3, 4, 4]);
  await desk.run('adjust_stock', { ...place, delta: 1, reason: 'found' });
  expect(await shortsOf(desk, orders)).toEqual([2, 4, 4]);
  await desk.run('count_zone', { zone, counts: [{ productId: product.id, counted: 3 }] });
  expect(await shortsOf(desk, orders)).toEqual([1, 4, 4]);
  const { count } = await desk.run('start_count', { zone });
  await desk.run('record_count', { countId: count.id, productId: product.id, counted: 5 });
  await desk.run('finish_count', { countId: count.id });
  expect(await shortsOf(desk, orders)).toEqual([0, 3, 4]);
  await desk.run('record_return', { clientId: client.id, lines: [{ ...place, quantity: 2 }] });
  expect(await shortsOf(desk, orders)).toEqual([0, 1, 4]);
  // An edit that gives goods up, and a cancellation.
  await desk.run('receive_stock', { productId: other.id, zone, quantity: 1 });
  const { order: edited } = await desk.run('edit_order', {
    orderId: first.id,
    expectedVersion: (await orderOf(desk, first)).version,
    lines: [
      { productId: product.id, quantity: 2 },
      { productId: other.id, quantity: 1 },
    ],
  });
  expect(edited.total).toEqual({ amount: 3001, currency: 'EUR' });
  expect(await shortsOf(desk, orders)).toEqual([0, 0, 3]);
  await move(desk, second, 'cancelled');
  expect(await shortsOf(desk, [first, third])).toEqual([0, 0]);
  expect(await levelOf(desk, product.id)).toEqual([[7, 6]]);
  await sound(desk);
});

test('[S4] a step back, a transfer and a reorder point make nothing available and give nothing away', async () => {
  const world = await deskWith(10);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  await desk.run('create_zone', { code: 'B1', name: 'Second' });
  const order = await placeOrder(desk, client, [[product, 4]]);
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 1 });
  for (const status of ['picking', 'packed', 'picking', 'placed', 'picking', 'packed'] as const)
    expect((await move(desk, order, status)).status).toBe(200);
  await desk.run('transfer_stock', { productId: product.id, from: zone, to: 'B1', quantity: 2 });
  await desk.run('set_reorder_point', { productId: product.id, zone, reorderPoint: 3 });
  expect(await shortsOf(desk, [order])).toEqual([1]);
  expect(await levelOf(desk, product.id)).toEqual([
    [7, 3],
    [2, 0],
  ]);
  await move(desk, order, 'shipped', { missing: 'cancel' });
  for (const back of ['packed', 'picking', 'placed'] as const)
    expect((await move(desk, order, back)).body).toMatchObject({ code: 'conflict' });
  await sound(desk);
});

test('[S4] reserved now, by hand: what there is is taken; nothing there is out_of_stock, nothing missing is no change', async () => {
  const world = await deskWith(10);
  const { desk, client, product, other, zone } = world;
  await using _ = desk;
  const reserve = ({ id }: Order, body: object = {}) =>
    desk.http('operator', 'POST', `/api/orders/${id}/reserve`, body);
  const order = await placeOrder(desk, client, [
    [product, 6],
    [other, 10],
  ]);
  const whole = await reserve(order);
  expect(whole).toMatchObject({ status: 200, body: { order: { version: 1 } } });
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 6 });
  await desk.run('report_shortage', { orderId: order.id, productId: other.id, zone, missing: 2 });
  expect((await reserve(order, { expectedVersion: 1 })).body.code).toBe('conflict');
  // Four of the first are left on the shelf, none of the second.
  expect((await reserve(order)).body.order).toMatchObject({
    version: 4,
    lines: [
      { short: 2, allocations: [{ quantity: 4 }] },
      { short: 2, allocations: [{ quantity: 8 }] },
    ],
  });
  const nothing = await reserve(order);
  expect(nothing).toMatchObject({
    status: 409,
    body: {
      code: 'out_of_stock',
      details: {
        lines: [
          { line: 0, productId: product.id, requested: 2, available: 0 },
          { line: 1, productId: other.id, requested: 2, available: 0 },
        ],
      },
    },
  });
  const before = (await allEvents(desk.app, 'orders')).length;
  await move(desk, order, 'cancelled');
  expect((await reserve(order)).body).toMatchObject({ code: 'conflict' });
  expect((await allEvents(desk.app, 'orders')).length).toBe(before + 1);
  await sound(desk);
});

test('[S4] an edit that saves the same quantity reserves what there is; one that asks for less lets go of what is missing first', async () => {
  const world = await deskWith(10);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  const order = await placeOrder(desk, client, [[product, 6]]);
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 5 });
  const edit = async (quantity: number) =>
    desk.http('operator', 'PATCH', `/api/orders/${order.id}`, {
      expectedVersion: (await orderOf(desk, order)).version,
      lines: [{ productId: product.id, quantity }],
    });
  // One and four more.
  expect((await edit(6)).body.order.lines).toMatchObject([
    { quantity: 6, short: 1, allocations: [{ quantity: 5 }] },
  ]);
  expect((await edit(7)).body).toMatchObject({
    code: 'out_of_stock',
    details: { lines: [{ requested: 7, available: 5 }] },
  });
  const less = await edit(5);
  expect(less.body.order).toMatchObject({ total: { amount: 5000 }, lines: [{ quantity: 5, short: 0 }] });
  expect(await levelOf(desk, product.id)).toEqual([[5, 5]]);
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 5 });
  // Even an order that has nothing may ask for less of it.
  expect((await edit(2)).body.order).toMatchObject({ total: { amount: 2000 }, lines: [{ short: 2 }] });
  await sound(desk);
});

test('[S5] what ships is what is there and what is billed; the rest follows in an order of its own, at the old price', async () => {
  const world = await deskWith(10);
  const { desk, client, product, other, zone } = world;
  await using _ = desk;
  const order = await placeOrder(desk, client, [
    [product, 6],
    [other, 10],
  ]);
  await desk.run('assign_order', { orderId: order.id, userId: desk.users.operator.id });
  await desk.run('edit_order', { orderId: order.id, expectedVersion: 2, notes: 'By noon' });
  await desk.run('update_product', {
    productId: product.id,
    expectedVersion: 1,
    unitPrice: { amount: 9999, currency: 'EUR' },
  });
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 2 });
  await desk.run('report_shortage', { orderId: order.id, productId: other.id, zone, missing: 10 });
  await move(desk, order, 'picking');
  const packed = await move(desk, order, 'packed');
  expect(packed.body.order.lines).toMatchObject([{ short: 2 }, { short: 10 }]);
  expect((await move(desk, order, 'picking', { missing: 'cancel' })).body.code).toBe('invalid');

  const { body } = await move(desk, order, 'shipped');
  expect(body.order).toMatchObject({
    status: 'shipped',
    total: { amount: 4000 },
    backOrderId: body.backOrder.id,
    lines: [{ productId: product.id, quantity: 4, short: 0, allocations: [{ zone, quantity: 4 }] }],
  });
  expect(body.order.lines).toHaveLength(1);
  expect(body.backOrder).toMatchObject({
    number: 2,
    status: 'placed',
    version: 1,
    clientId: client.id,
    assigneeId: desk.users.operator.id,
    notes: 'By noon',
    backOrderOf: order.id,
    total: { amount: 2 * 1000 + 10 * 1001 },
    lines: [
      { productId: product.id, quantity: 2, short: 2, unitPrice: { amount: 1000 }, allocations: [] },
      { productId: other.id, quantity: 10, short: 10, allocations: [] },
    ],
  });
  expect((await allEvents(desk.app, 'orders')).slice(-2).map((event) => event.type)).toEqual([
    'order_status_changed',
    'order_created',
  ]);
  // Nothing is reserved for it before goods come, and then as for any other.
  expect(await levelOf(desk, product.id)).toEqual([[4, 0]]);
  await desk.run('receive_stock', { productId: other.id, zone, quantity: 10 });
  expect(await shortsOf(desk, [body.backOrder])).toEqual([2]);
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 1 });
  expect(await shortsOf(desk, [body.backOrder])).toEqual([0]);
  for (const status of ['picking', 'packed', 'shipped', 'delivered'] as const)
    expect((await move(desk, body.backOrder, status)).status).toBe(200);
  expect(await orderOf(desk, body.backOrder)).toMatchObject({ total: { amount: 12_010 }, lines: [{}, {}] });
  expect(await orderOf(desk, order)).toMatchObject({ status: 'shipped', total: { amount: 4000 } });

  // Of each, what was sent can come back, once.
  const back = ({ id }: Order, quantity: number) =>
    desk.http('operator', 'POST', '/api/returns', {
      clientId: client.id,
      orderId: id,
      lines: [{ productId: product.id, quantity }],
    });
  expect((await back(order, 5)).body.code).toBe('conflict');
  expect((await back(order, 3)).status).toBe(201);
  expect((await back(order, 2)).body.code).toBe('conflict');
  expect((await back(order, 1)).status).toBe(201);
  expect((await back(body.backOrder, 3)).body.code).toBe('conflict');
  expect((await back(body.backOrder, 2)).status).toBe(201);
  await sound(desk);
});

test('[S5] what is missing may be cancelled instead, and then nothing follows', async () => {
  const world = await deskWith(10);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  const order = await placeOrder(desk, client, [[product, 6]]);
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 2 });
  for (const status of ['picking', 'packed'] as const) await move(desk, order, status);
  const { body } = await move(desk, order, 'shipped', { missing: 'cancel' });
  expect(body.order).toMatchObject({ total: { amount: 4000 }, lines: [{ quantity: 4, short: 0 }] });
  expect(body.order.backOrderId).toBeUndefined();
  expect(body.backOrder).toBeUndefined();
  expect((await desk.http('viewer', 'GET', '/api/orders')).body.total).toBe(1);
  expect(await levelOf(desk, product.id)).toEqual([[4, 0]]);
  await sound(desk);
});

test('[S5] an order of which nothing is there cannot ship, postage or not; it waits, or is cancelled', async () => {
  const world = await deskWith(0);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  const { product: postage } = await desk.run('create_product', {
    sku: 'POST',
    name: 'Postage',
    unitPrice: { amount: 500, currency: 'EUR' },
    stocked: false,
  });
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 3 });
  const order = await placeOrder(desk, client, [
    [product, 3],
    [postage, 1],
  ]);
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 3 });
  for (const status of ['picking', 'packed'] as const) await move(desk, order, status);
  for (const missing of [undefined, 'cancel', 'back_order']) {
    const refused = await move(desk, order, 'shipped', missing === undefined ? {} : { missing });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'conflict',
        details: {
          current: { order: { id: order.id, status: 'packed' } },
          missing: [{ productId: product.id, missing: 3 }],
        },
      },
    });
  }
  // Goods that come while it is packed go in; postage goes with the first of them.
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 1 });
  const { body } = await move(desk, order, 'shipped');
  expect(body.order).toMatchObject({ total: { amount: 1500 }, lines: [{ quantity: 1 }, { sku: 'POST' }] });
  expect(body.backOrder).toMatchObject({ total: { amount: 2000 }, lines: [{ quantity: 2 }] });
  await sound(desk);
});

test('[S5] the first of a pair and its back order go their own ways', async () => {
  const world = await deskWith(0);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  const pair = async (): Promise<[Order, Order]> => {
    await desk.run('receive_stock', { productId: product.id, zone, quantity: 3 });
    const order = await placeOrder(desk, client, [[product, 3]]);
    await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 2 });
    for (const status of ['picking', 'packed'] as const) await move(desk, order, status);
    const { body } = await move(desk, order, 'shipped');
    return [body.order, body.backOrder];
  };
  const [first, backOrder] = await pair();
  await move(desk, backOrder, 'cancelled');
  expect((await move(desk, first, 'delivered')).body.order).toMatchObject({
    status: 'delivered',
    backOrderId: backOrder.id,
    total: { amount: 1000 },
  });
  expect(await orderOf(desk, backOrder)).toMatchObject({ status: 'cancelled', total: { amount: 2000 } });
  expect((await desk.http('viewer', 'GET', '/api/orders?short=true')).body.total).toBe(0);
  // A back order of a back order: half of it comes.
  const [, second] = await pair();
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 1 });
  for (const status of ['picking', 'packed'] as const) await move(desk, second, status);
  const { body } = await move(desk, second, 'shipped');
  expect(body.backOrder).toMatchObject({ backOrderOf: second.id, lines: [{ quantity: 1, short: 1 }] });
  expect((await desk.http('viewer', 'GET', '/api/orders?short=true')).body.total).toBe(1);
  await sound(desk);
});

test('[S4][S5][C1] two lines of one product, several zones, a second try at shipping, merged and archived clients', async () => {
  const world = await deskWith(0);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  await desk.run('create_zone', { code: 'B1', name: 'Second' });
  const { client: duplicate } = await desk.run('create_client', { name: 'A client too' });
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 7 });
  const order = await placeOrder(desk, duplicate, [
    [product, 3],
    [product, 4],
  ]);
  // The last line is short first, and the first one is filled first.
  await desk.run('report_shortage', { orderId: order.id, productId: product.id, zone, missing: 6 });
  expect((await orderOf(desk, order)).lines.map((line) => line.short)).toEqual([2, 4]);
  await desk.run('receive_stock', { productId: product.id, zone: 'B1', quantity: 3 });
  expect((await orderOf(desk, order)).lines).toMatchObject([
    {
      short: 0,
      allocations: [
        { zone, quantity: 1 },
        { zone: 'B1', quantity: 2 },
      ],
    },
    { short: 3, allocations: [{ zone: 'B1', quantity: 1 }] },
  ]);
  for (const status of ['picking', 'packed'] as const) await move(desk, order, status);
  await desk.run('archive_client', { clientId: duplicate.id });
  const path = `/api/orders/${order.id}/status`;
  const key = { 'idempotency-key': '5a0cbe52-2c4f-4f3e-9a63-3d6f0c1f7f10' };
  const [once, again] = await Promise.all(
    [1, 2].map(() => desk.http('operator', 'POST', path, { status: 'shipped' }, key)),
  );
  expect(again?.body).toEqual(once?.body);
  expect((await desk.http('viewer', 'GET', '/api/orders')).body.total).toBe(2);
  expect((await move(desk, order, 'shipped', { missing: 'later' })).status).toBe(400);
  const backOrder: Order = once?.body.backOrder;
  expect(backOrder).toMatchObject({ clientId: duplicate.id, lines: [{ quantity: 3, short: 3 }] });
  await desk.run('merge_clients', { clientId: client.id, duplicateId: duplicate.id });
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 2 });
  for (const status of ['picking', 'packed'] as const) await move(desk, backOrder, status);
  const last = await move(desk, backOrder, 'shipped');
  expect(last.body.backOrder).toMatchObject({ clientId: client.id, backOrderOf: backOrder.id });
  expect(last.body.order).toMatchObject({ clientId: client.id, total: { amount: 2000 } });
  await sound(desk);
});

test('[S4][S1] receipts, shortages, orders, returns and moves at once: nobody who waits is passed over, and nothing deadlocks', async () => {
  const world = await deskWith(40);
  const { desk, client, product, other, zone } = world;
  await using _ = desk;
  const failed = desk.app.database.reader;
  const orders = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      placeOrder(
        desk,
        client,
        i % 2
          ? [
              [product, 3],
              [other, 3],
            ]
          : [
              [other, 3],
              [product, 3],
            ],
      ),
    ),
  );
  const work = orders.flatMap((order, i) => {
    const productId = i % 2 ? product.id : other.id;
    return [
      () => desk.run('report_shortage', { orderId: order.id, productId, zone, missing: 3 }),
      () => desk.run('receive_stock', { productId, zone, quantity: 1 }),
      () => placeOrder(desk, client, [[product, 1]]).catch(() => null),
      () => desk.run('record_return', { clientId: client.id, lines: [{ productId, quantity: 1, zone }] }),
      () => desk.run('reserve_order', { orderId: order.id }).catch(() => null),
      () => (i % 5 === 0 ? move(desk, order, 'cancelled') : move(desk, order, 'picking')),
    ];
  });
  const settled = await Promise.allSettled(work.map((run) => run()));
  const refusals = settled.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  expect(refusals.filter((reason) => !/conflict|out_of_stock/.test(reason))).toEqual([]);
  // One more piece of each: who is still short of anything then has taken all there is.
  for (const productId of [product.id, other.id]) {
    await desk.run('receive_stock', { productId, zone, quantity: 1 });
    const [row] = await failed.$queryRaw<{ free: number; short: number }[]>`
      SELECT (SELECT sum(on_hand - reserved)::int FROM stock_level WHERE product_id = ${productId}::uuid) AS free,
             (SELECT coalesce(sum(l.short), 0)::int FROM order_line l JOIN "order" o ON o.id = l.order_id
              WHERE l.product_id = ${productId}::uuid AND o.status IN ('placed', 'picking', 'packed')) AS short`;
    expect(Math.min(row?.free ?? -1, row?.short ?? -1)).toBe(0);
  }
  await sound(desk);
});

test('[S4] while receipts and shortages of one product race, no order is left short beside a later receipt', async () => {
  const world = await deskWith(0);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 12 });
  const orders = [];
  for (let i = 0; i < 12; i += 1) orders.push(await placeOrder(desk, client, [[product, 1]]));
  // Each shortage takes one piece away, each receipt brings one: in the end as many as there were.
  await Promise.all(
    orders.flatMap(({ id }) => [
      desk.run('report_shortage', { orderId: id, productId: product.id, zone, missing: 1 }),
      desk.run('receive_stock', { productId: product.id, zone, quantity: 1 }),
    ]),
  );
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 1 });
  expect(await shortsOf(desk, orders)).toEqual(orders.map(() => 0));
  expect(await levelOf(desk, product.id)).toEqual([[13, 12]]);
  await sound(desk);
});

test('[S4] goods for more than a thousand who wait come to all of them, and to nobody before those who are older', async () => {
  const world = await deskWith(0);
  const { desk, client, product, zone } = world;
  await using _ = desk;
  const db = desk.app.database.accounts;
  // Through the door it would take minutes.
  await db.$executeRaw`
    INSERT INTO "order" (id, client_id, client_name, status, amount, currency, created_at, updated_at)
    SELECT gen_random_uuid(), ${client.id}::uuid, 'x', 'placed', 1000, 'EUR', now() - i * interval '1 s', now()
    FROM generate_series(1, 1200) AS i`;
  await db.$executeRaw`
    INSERT INTO order_line (id, order_id, position, product_id, sku, name, quantity, short, amount, currency)
    SELECT gen_random_uuid(), id, 0, ${product.id}::uuid, 'x', 'x', 1, 1, 1000, 'EUR' FROM "order"`;
  const short = () =>
    desk.app.database.reader.orderLine.findMany({
      where: { short: 1 },
      orderBy: { order: { createdAt: 'asc' } },
      include: { order: true },
    });
  const youngest = (await short()).at(-1);
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 1199 });
  await expect
    .poll(async () => (await short()).map(({ id }) => id), { timeout: 30_000 })
    .toEqual([youngest?.id]);
  expect(await levelOf(desk, product.id)).toEqual([[1199, 1199]]);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[I1][S4] an import keeps what it brings for its own sales, and who waits gets it by the next receipt or by hand', async () => {
  const desk = await testApp();
  await using _ = desk;
  const { bus, database } = desk.app;
  const file = (lines: string[]) =>
    ['Factura;Codigo;Descripcion;Cantidad;Fecha;Precio;Cliente;Pais', ...lines, ''].join('\n');
  const bring = (lines: string[]) =>
    importSales({ bus, db: database.reader, input: file(lines), options: optionsOf({ as: 'delivered' }) });
  await bring(['9001;10120A;CAFÉ;5;15/9/2024 10:00;3,45;501;España']);
  const { items } = (await desk.http('viewer', 'GET', '/api/products')).body;
  const product: Product = items[0];
  const zone = (await desk.http('viewer', 'GET', '/api/zones')).body.items[0].code;
  const { client } = await desk.run('create_client', { name: 'Waits' });
  const waits = await shortOrder({ desk, client, product, other: product, zone }, 4);
  await bring([
    '9002;10120A;CAFÉ;7;16/9/2024 10:00;3,45;501;España',
    '9003;10120A;CAFÉ;-2;17/9/2024 10:00;3,45;501;España',
  ]);
  expect(await shortsOf(desk, [waits])).toEqual([4]);
  expect(await levelOf(desk, product.id)).toEqual([[2, 0]]);
  const { order } = await desk.run('reserve_order', { orderId: waits.id });
  expect(order.lines).toMatchObject([{ short: 2 }]);
  await desk.run('receive_stock', { productId: product.id, zone, quantity: 3 });
  expect(await levelOf(desk, product.id)).toEqual([[5, 4]]);
  await sound(desk);
});
