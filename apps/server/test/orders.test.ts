import { NEXT_STATUS, OrderStatus } from '@almenara/events';
import { expect, test } from 'vitest';
import { placeOrder, stockedDesk, type TestApp, testApp } from './app.ts';

const levelsOf = async (desk: TestApp, zone = 'A1') =>
  (
    await desk.app.database.reader.stockLevel.findMany({ where: { zone }, orderBy: { productId: 'asc' } })
  ).map(({ onHand, reserved }) => [onHand, reserved]);

async function deskWithOne(stock = 10) {
  const desk = await testApp();
  const { client, products, zone } = await stockedDesk(desk, { products: 1, stock });
  const [product] = products;
  if (!product) throw new Error('product');
  return { desk, client, product, zone };
}

test('an order goes its way, and stock with it: reserved when placed, gone when shipped', async () => {
  const { desk, client, product } = await deskWithOne();
  await using _ = desk;
  const order = await placeOrder(desk, client, [[product, 4]]);
  expect(order).toMatchObject({
    number: 1,
    status: 'placed',
    version: 1,
    total: { amount: 4000, currency: 'EUR' },
    lines: [{ sku: 'SKU-0', quantity: 4, short: 0, allocations: [{ zone: 'A1', quantity: 4 }] }],
  });
  expect(await levelsOf(desk)).toEqual([[10, 4]]);
  const move = (status: OrderStatus) => desk.run('change_order_status', { orderId: order.id, status });
  await move('picking');
  await move('packed');
  expect(await levelsOf(desk)).toEqual([[10, 4]]);
  await move('shipped');
  expect(await levelsOf(desk)).toEqual([[6, 0]]);
  const { order: delivered } = await move('delivered');
  expect(delivered).toMatchObject({ status: 'delivered', version: 5, closedAt: expect.any(String) });
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('a cancelled order gives its goods back, from every status that may be cancelled', async () => {
  const { desk, client, product } = await deskWithOne();
  await using _ = desk;
  for (const path of [[], ['picking'], ['picking', 'packed']] as const) {
    const order = await placeOrder(desk, client, [[product, 3]]);
    for (const status of path) await desk.run('change_order_status', { orderId: order.id, status });
    await desk.run('change_order_status', { orderId: order.id, status: 'cancelled' });
    expect(await levelsOf(desk)).toEqual([[10, 0]]);
  }
});

test('every move that the status machine does not list is refused with the current order', async () => {
  const { desk, client, product } = await deskWithOne(1000);
  await using _ = desk;
  const paths: Record<OrderStatus, OrderStatus[]> = {
    placed: [],
    picking: ['picking'],
    packed: ['picking', 'packed'],
    shipped: ['picking', 'packed', 'shipped'],
    delivered: ['picking', 'packed', 'shipped', 'delivered'],
    cancelled: ['cancelled'],
  };
  for (const from of OrderStatus.options) {
    const order = await placeOrder(desk, client, [[product, 1]]);
    for (const status of paths[from]) await desk.run('change_order_status', { orderId: order.id, status });
    for (const to of OrderStatus.options.filter((status) => !NEXT_STATUS[from].includes(status))) {
      const answer = await desk.http('operator', 'POST', `/api/orders/${order.id}/status`, { status: to });
      expect(answer.body, `${from} → ${to}`).toMatchObject({
        code: 'conflict',
        details: { current: { order: { id: order.id, status: from } } },
      });
    }
  }
});

test('an edit that has not seen the last change is refused and shows it; one that has keeps prices and goods', async () => {
  const { desk, client, product } = await deskWithOne();
  await using _ = desk;
  const order = await placeOrder(desk, client, [[product, 4]]);
  await desk.run('update_product', {
    productId: product.id,
    expectedVersion: 1,
    unitPrice: { amount: 9999, currency: 'EUR' },
  });
  const edit = (body: object) => desk.http('operator', 'PATCH', `/api/orders/${order.id}`, body);
  const lines = [{ productId: product.id, quantity: 10 }];

  const more = await edit({ expectedVersion: 1, lines });
  expect(more.body.order).toMatchObject({
    version: 2,
    total: { amount: 10_000 },
    lines: [{ id: order.lines[0]?.id }],
  });
  expect(await levelsOf(desk)).toEqual([[10, 10]]);
  const stale = await edit({ expectedVersion: 1, notes: 'mine' });
  expect(stale).toMatchObject({
    status: 409,
    body: { code: 'conflict', details: { current: { order: { version: 2 } } } },
  });
  const tooMany = await edit({ expectedVersion: 2, lines: [{ productId: product.id, quantity: 11 }] });
  expect(tooMany.body).toMatchObject({
    code: 'out_of_stock',
    details: { lines: [{ requested: 11, available: 10 }] },
  });
  const less = await edit({
    expectedVersion: 2,
    lines: [{ productId: product.id, quantity: 1 }],
    notes: ' n ',
  });
  expect(less.body.order).toMatchObject({ version: 3, notes: 'n' });
  expect(await levelsOf(desk)).toEqual([[10, 1]]);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('goods are taken from the zone that is named, else from one that has all, else from several', async () => {
  const { desk, client, product } = await deskWithOne(5);
  await using _ = desk;
  await desk.run('create_zone', { code: 'B1', name: 'B' });
  await desk.run('receive_stock', { productId: product.id, zone: 'B1', quantity: 8 });
  const allocations = async (quantity: number, zone?: string) => {
    const line = { productId: product.id, quantity, ...(zone && { zone }) };
    const { order } = await desk.run('place_order', { clientId: client.id, lines: [line] });
    return order.lines[0]?.allocations;
  };
  expect(await allocations(2, 'A1')).toEqual([{ zone: 'A1', quantity: 2 }]);
  expect(await allocations(3)).toEqual([{ zone: 'B1', quantity: 3 }]);
  expect(await allocations(7)).toEqual([
    { zone: 'B1', quantity: 5 },
    { zone: 'A1', quantity: 2 },
  ]);
});

test('a count that finds less than is reserved releases the newest reservations and marks their lines short', async () => {
  const { desk, client, product, zone } = await deskWithOne(10);
  await using _ = desk;
  const older = await placeOrder(desk, client, [[product, 6]]);
  const newer = await placeOrder(desk, client, [[product, 4]]);
  await desk.run('count_zone', { zone, counts: [{ productId: product.id, counted: 7 }] });
  expect(await levelsOf(desk)).toEqual([[7, 7]]);
  const lineOf = async (id: string) =>
    (await desk.http('viewer', 'GET', `/api/orders/${id}`)).body.order.lines[0];
  expect(await lineOf(older.id)).toMatchObject({ short: 0, allocations: [{ quantity: 6 }] });
  expect(await lineOf(newer.id)).toMatchObject({ short: 3, allocations: [{ quantity: 1 }] });

  await desk.run('adjust_stock', { productId: product.id, zone, delta: -7, reason: 'Flood' });
  expect(await levelsOf(desk)).toEqual([[0, 0]]);
  expect(await lineOf(older.id)).toMatchObject({ short: 6, allocations: [] });
  const { body } = await desk.http('viewer', 'GET', '/api/topics/orders/events');
  const shortages = body.events.filter((event: { type: string }) => event.type === 'shortage_reported');
  expect(shortages.map(({ data }: { data: { missing: number } }) => data.missing)).toEqual([3, 6, 1]);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('a picker who finds less reports it: the goods leave the level, the order is short of them', async () => {
  const { desk, client, product, zone } = await deskWithOne(10);
  await using _ = desk;
  const order = await placeOrder(desk, client, [[product, 6]]);
  const report = (missing: number) =>
    desk.http('operator', 'POST', `/api/orders/${order.id}/shortages`, {
      productId: product.id,
      zone,
      missing,
    });
  const first = await report(2);
  expect(first.body).toMatchObject({
    order: { version: 2, lines: [{ short: 2, allocations: [{ quantity: 4 }] }] },
    level: { onHand: 8, reserved: 4 },
  });
  expect((await report(5)).body).toMatchObject({ code: 'conflict' });
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('returns go back on the shelf, and nobody returns more than was sent', async () => {
  const { desk, client, product, zone } = await deskWithOne(10);
  await using _ = desk;
  const order = await placeOrder(desk, client, [[product, 3]]);
  const giveBack = (quantity: number) =>
    desk.http('operator', 'POST', '/api/returns', {
      clientId: client.id,
      orderId: order.id,
      lines: [{ productId: product.id, quantity }],
      reason: 'Broken',
    });
  expect((await giveBack(1)).body).toMatchObject({ code: 'conflict' });
  for (const status of ['picking', 'packed', 'shipped'] as const) {
    await desk.run('change_order_status', { orderId: order.id, status });
  }
  const returned = await giveBack(2);
  expect(returned).toMatchObject({
    status: 201,
    body: { return: { orderId: order.id, lines: [{ zone, quantity: 2 }] } },
  });
  expect(await levelsOf(desk)).toEqual([[9, 0]]);
  expect((await giveBack(2)).body).toMatchObject({ code: 'conflict' });
  expect((await desk.http('viewer', 'GET', `/api/returns?orderId=${order.id}`)).body.total).toBe(1);
});

test('stock is told to be low once a crossing, and to have recovered once', async () => {
  const { desk, product, zone } = await deskWithOne(10);
  await using _ = desk;
  const place = { productId: product.id, zone };
  await desk.run('set_reorder_point', { ...place, reorderPoint: 5 });
  for (const delta of [-4, -1, -1, -1, 3, 1])
    await desk.run('adjust_stock', { ...place, delta, reason: 'x' });
  await desk.run('set_reorder_point', { ...place, reorderPoint: 8 });
  const { body } = await desk.http('viewer', 'GET', `/api/topics/inventory:${zone}/events`);
  const told = body.events
    .filter(({ type }: { type: string }) => type.startsWith('stock_'))
    .map(({ type, data }: { type: string; data: { level: { onHand: number } } }) => [
      type,
      data.level.onHand,
    ]);
  expect(told).toEqual([
    ['stock_low', 5],
    ['stock_recovered', 6],
    ['stock_low', 7],
  ]);
});

test('a command that moves a level twice tells only where it ends', async () => {
  const { desk, client, product, zone } = await deskWithOne(10);
  await using _ = desk;
  await desk.run('set_reorder_point', { productId: product.id, zone, reorderPoint: 2 });
  await placeOrder(desk, client, [[product, 10]]);
  const before = (await desk.http('viewer', 'GET', `/api/topics/inventory:${zone}/events`)).body.head;
  await desk.run('adjust_stock', { productId: product.id, zone, delta: -4, reason: 'Broken' });
  const { body } = await desk.http('viewer', 'GET', `/api/topics/inventory:${zone}/events?after=${before}`);
  expect(body.events.map((event: { type: string }) => event.type)).toEqual([
    'inventory_updated',
    'inventory_updated',
  ]);
});

test('a transfer moves what is available, and a level that nothing came of leaves no trace', async () => {
  const { desk, client, product, zone } = await deskWithOne(10);
  await using _ = desk;
  await desk.run('create_zone', { code: 'B1', name: 'B' });
  await placeOrder(desk, client, [[product, 7]]);
  const transfer = (quantity: number) =>
    desk.http('operator', 'POST', '/api/inventory/transfers', {
      productId: product.id,
      from: zone,
      to: 'B1',
      quantity,
    });
  expect((await transfer(4)).body).toMatchObject({
    code: 'out_of_stock',
    details: { lines: [{ available: 3 }] },
  });
  expect((await transfer(3)).body).toMatchObject({ from: { onHand: 7 }, to: { zone: 'B1', onHand: 3 } });
  await desk.run('create_zone', { code: 'C1', name: 'C' });
  await desk.run('count_zone', { zone: 'C1', counts: [{ productId: product.id, counted: 0 }] });
  expect(await levelsOf(desk, 'C1')).toEqual([]);
});

test('what is not stocked is sold without a shelf, and an order has one currency', async () => {
  const { desk, client, product, zone } = await deskWithOne(10);
  await using _ = desk;
  const make = async (sku: string, currency: string) =>
    (
      await desk.run('create_product', {
        sku,
        name: sku,
        unitPrice: { amount: 500, currency },
        stocked: false,
      })
    ).product;
  const postage = await make('POST', 'EUR');
  const order = await placeOrder(desk, client, [
    [product, 1],
    [postage, 2],
  ]);
  expect(order.total.amount).toBe(2000);
  expect(order.lines[1]?.allocations).toEqual([]);
  const dollars = await make('USD', 'USD');
  await expect(
    placeOrder(desk, client, [
      [product, 1],
      [dollars, 1],
    ]),
  ).rejects.toThrow('one currency');
  const received = await desk.http('operator', 'POST', '/api/inventory/receipts', {
    productId: postage.id,
    zone,
    quantity: 1,
  });
  expect(received.body).toMatchObject({ code: 'conflict' });
  const archived = await desk.run('archive_client', { clientId: client.id });
  expect(archived.client.archived).toBe(true);
  await expect(placeOrder(desk, client, [[product, 1]])).rejects.toThrow('archived');
});
