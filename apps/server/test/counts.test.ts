import { randomUUID } from 'node:crypto';
import type { Product } from '@almenara/events';
import { expect, test } from 'vitest';
import { placeOrder, stockedDesk, type TestApp, testApp } from './app.ts';
import { expectFoldsToEqualTables } from './topics.ts';

async function counting(desk: TestApp, stock = 10) {
  const { zone, client, products } = await stockedDesk(desk, { products: 3, stock });
  const [rice, oil, salt] = products;
  if (!rice || !oil || !salt) throw new Error('three products expected');
  const { count } = await desk.run('start_count', { zone });
  const say = (product: Product, counted: number | null) =>
    desk.run('record_count', { countId: count.id, productId: product.id, counted });
  const onHand = async (product: Product): Promise<number | undefined> => {
    const { body } = await desk.http('viewer', 'GET', `/api/inventory?productId=${product.id}&zone=${zone}`);
    return body.items[0]?.onHand;
  };
  return { zone, client, rice, oil, salt, countId: count.id, count, say, onHand };
}

async function ship(desk: TestApp, orderId: string): Promise<void> {
  for (const status of ['picking', 'packed', 'shipped'] as const)
    await desk.run('change_order_status', { orderId, status });
}

test('[S3] what is shipped and received between recording and finishing is neither lost nor counted twice', async () => {
  await using desk = await testApp();
  const { zone, client, rice, oil, salt, count, countId, say, onHand } = await counting(desk);
  expect(count).toMatchObject({ zone, total: 3, startedBy: desk.users.admin.id });
  const order = await placeOrder(desk, client, [[rice, 3]]);

  await say(rice, 9);
  await say(oil, 12);
  await say(salt, 10);
  await ship(desk, order.id);
  await desk.run('receive_stock', { productId: oil.id, zone, quantity: 5 });
  await desk.run('adjust_stock', { productId: salt.id, zone, delta: -1, reason: 'broken' });
  const { count: closed } = await desk.run('finish_count', { countId });

  expect(closed).toMatchObject({ outcome: 'finished', counted: 3, changed: 2, overtaken: [] });
  // Nine stood there and three left; twelve stood there and five came; ten stood there and one broke.
  expect([await onHand(rice), await onHand(oil), await onHand(salt)]).toEqual([6, 17, 9]);
  const { body } = await desk.http('viewer', 'GET', `/api/topics/inventory:${zone}/events?limit=200`);
  const told = body.events.filter((event: { type: string }) => event.type === 'zone_counted');
  expect(told).toHaveLength(1);
  expect(told[0].data.counts).toContainEqual({ productId: rice.id, expected: 10, counted: 9 });
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
});

test('[S3] more left the shelf than was counted: nothing is below nothing', async () => {
  await using desk = await testApp();
  const { client, rice, countId, say, onHand } = await counting(desk);
  const order = await placeOrder(desk, client, [[rice, 8]]);
  await say(rice, 6);
  await ship(desk, order.id);
  await desk.run('finish_count', { countId });
  expect(await onHand(rice)).toBe(0);
});

test('[S3] a difference that somebody else has found meanwhile is not applied a second time', async () => {
  await using desk = await testApp();
  const { zone, client, rice, oil, countId, say, onHand } = await counting(desk);
  const order = await placeOrder(desk, client, [[oil, 10]]);
  await say(rice, 7);
  await say(oil, 8);
  await desk.run('count_zone', { zone, counts: [{ productId: rice.id, counted: 7 }] });
  await desk.run('report_shortage', { orderId: order.id, productId: oil.id, zone, missing: 2 });
  const { count } = await desk.run('finish_count', { countId });
  expect(count.overtaken.toSorted()).toEqual([rice.id, oil.id].toSorted());
  expect(count.changed).toBe(0);
  expect([await onHand(rice), await onHand(oil)]).toEqual([7, 8]);
  await expectFoldsToEqualTables(desk.app);
});

test('[S3] fewer than are reserved: the newest orders are told that they are short', async () => {
  await using desk = await testApp();
  const { client, rice, countId, say } = await counting(desk);
  const order = await placeOrder(desk, client, [[rice, 6]]);
  await say(rice, 4);
  await desk.run('finish_count', { countId });
  const { body } = await desk.http('viewer', 'GET', `/api/orders/${order.id}`);
  expect(body.order.lines[0].short).toBe(2);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('two people who record at once lose nothing of each other, and of one product the last word counts', async () => {
  await using desk = await testApp();
  const { zone, rice, oil, salt, countId } = await counting(desk);
  const record = (role: 'admin' | 'operator', product: Product, counted: number) =>
    desk.http(role, 'POST', `/api/counts/${countId}/entries`, { productId: product.id, counted });
  const answers = await Promise.all([
    record('admin', rice, 1),
    record('operator', oil, 2),
    record('admin', salt, 3),
    record('operator', salt, 4),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
  // Of the two that counted the same, one found the other's word there and is told of it.
  const salts = answers.slice(2).map(({ body }) => body);
  const second = salts.find(({ previous }) => previous !== null);
  const first = salts.find(({ previous }) => previous === null);
  expect(second.previous).toEqual(first.entry);

  const { body } = await desk.http('viewer', 'GET', `/api/topics/count:${zone}/snapshot`);
  const entries = new Map(
    body.snapshot.count.entries.map((entry: { productId: string; counted: number }) => [
      entry.productId,
      entry.counted,
    ]),
  );
  expect(entries).toEqual(
    new Map([
      [rice.id, 1],
      [oil.id, 2],
      [salt.id, second.entry.counted],
    ]),
  );
  await expectFoldsToEqualTables(desk.app);
});

test('a zone has one open count, started once however many press the button', async () => {
  await using desk = await testApp();
  const { zone } = await stockedDesk(desk);
  const starts = await Promise.all(
    Array.from({ length: 4 }, () => desk.http('operator', 'POST', '/api/counts', { zone })),
  );
  expect(starts.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409]);
});

test('an entry is taken back, a count given up, and what is closed takes no more', async () => {
  await using desk = await testApp();
  const { zone, rice, countId, say, onHand } = await counting(desk);
  await say(rice, 2);
  expect(await say(rice, null)).toMatchObject({ entry: null, previous: { counted: 2 } });
  await expect(say(rice, null)).rejects.toThrow('conflict');
  await expect(desk.run('finish_count', { countId })).rejects.toThrow('Nothing has been counted');
  await say(rice, 3);
  const { count } = await desk.run('cancel_count', { countId });
  expect(count).toMatchObject({ outcome: 'cancelled', counted: 1, changed: 0 });
  expect(await onHand(rice)).toBe(10);
  await expect(say(rice, 3)).rejects.toThrow('cancelled');
  await expect(desk.run('finish_count', { countId })).rejects.toThrow('cancelled');
  await expect(
    desk.run('record_count', { countId: randomUUID(), productId: rice.id, counted: 1 }),
  ).rejects.toThrow('not_found');
  await expect(desk.run('start_count', { zone: 'NOWHERE' })).rejects.toThrow('not_found');
  // Another may begin, and the snapshot says how the one before ended.
  await desk.run('start_count', { zone });
  const { body } = await desk.http('viewer', 'GET', `/api/topics/count:${zone}/snapshot`);
  expect(body.snapshot).toMatchObject({
    count: { entries: [] },
    last: { id: countId, outcome: 'cancelled' },
  });
  await expectFoldsToEqualTables(desk.app);
});

test('what was not on the shelf by the books is found by counting it', async () => {
  await using desk = await testApp();
  const { zone, countId, say, onHand } = await counting(desk);
  const { product } = await desk.run('create_product', {
    sku: 'FOUND',
    name: 'Found',
    unitPrice: { amount: 1, currency: 'EUR' },
  });
  await say(product, 4);
  await desk.run('finish_count', { countId });
  expect(await onHand(product)).toBe(4);
  const { product: fee } = await desk.run('create_product', {
    sku: 'FEE',
    name: 'Fee',
    unitPrice: { amount: 1, currency: 'EUR' },
    stocked: false,
  });
  const { count } = await desk.run('start_count', { zone });
  await expect(
    desk.run('record_count', { countId: count.id, productId: fee.id, counted: 1 }),
  ).rejects.toThrow('conflict');
});
