import { randomUUID } from 'node:crypto';
import { VIEWS_PER_USER } from '@almenara/events';
import { expect, test } from 'vitest';
import { placeOrder, stockedDesk, type TestApp, testApp } from './app.ts';
import { rawSocket } from './socket.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const numbersOf = async (desk: TestApp, query: string): Promise<number[]> => {
  const { status, body } = await desk.http('viewer', 'GET', `/api/orders?${query}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body.items.map((order: { number: number }) => order.number);
};

test('the history of an order tells who did what, with the order after each step, in pages', async () => {
  await using desk = await testApp();
  const { client, products, zone } = await stockedDesk(desk, { products: 2 });
  const [first, second] = products;
  if (!first || !second) throw new Error('two products');
  const order = await placeOrder(desk, client, [[first, 3]]);
  await placeOrder(desk, client, [[second, 1]]);
  const edited = await desk.http('operator', 'PATCH', `/api/orders/${order.id}`, {
    expectedVersion: 1,
    notes: 'By noon',
  });
  expect(edited.status).toBe(200);
  await desk.run('report_shortage', { orderId: order.id, productId: first.id, zone, missing: 1 });
  for (const status of ['picking', 'packed', 'shipped'] as const)
    await desk.run('change_order_status', { orderId: order.id, status });
  await desk.run('record_return', {
    clientId: client.id,
    orderId: order.id,
    lines: [{ productId: first.id, quantity: 1 }],
  });

  const page = await desk.http('viewer', 'GET', `/api/orders/${order.id}/history?limit=5`);
  expect(page.body.total).toBe(7);
  expect(page.body.items.map((item: { type: string }) => item.type)).toEqual([
    'return_recorded',
    'order_status_changed',
    'order_status_changed',
    'order_status_changed',
    'shortage_reported',
  ]);
  expect(page.body.previous).toMatchObject({ id: order.id, version: 2, notes: 'By noon' });
  const rest = await desk.http(
    'viewer',
    'GET',
    `/api/orders/${order.id}/history?limit=5&cursor=${page.body.nextCursor}`,
  );
  expect(rest.body).toMatchObject({
    items: [
      { type: 'order_updated', userId: desk.users.operator.id, order: { notes: 'By noon' } },
      { type: 'order_created', userId: desk.users.admin.id, order: { version: 1 } },
    ],
    nextCursor: null,
    previous: null,
  });
  expect((await desk.http('viewer', 'GET', `/api/orders/${randomUUID()}/history`)).status).toBe(404);
});

test('the history of one order is read through its index, not through everybody’s events', async () => {
  await using desk = await testApp();
  const plan = await desk.app.database.reader.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL enable_seqscan = off`;
    return tx.$queryRaw<Record<string, string>[]>`
      EXPLAIN SELECT seq FROM event WHERE topic = 'orders'
        AND coalesce(data -> 'order' ->> 'id', data -> 'return' ->> 'orderId') = 'x' ORDER BY seq DESC LIMIT 5`;
  });
  expect(JSON.stringify(plan)).toContain('event_of_order');
});

test('orders are listed by several statuses, assignee, days and shortages, and paged in any order', async () => {
  await using desk = await testApp();
  const { client, products, zone } = await stockedDesk(desk, { products: 1 });
  const [product] = products;
  if (!product) throw new Error('a product');
  const ids: string[] = [];
  for (const quantity of [2, 5, 1, 5]) ids.push((await placeOrder(desk, client, [[product, quantity]])).id);
  const [a = '', b = '', c = ''] = ids;
  await desk.run('assign_order', { orderId: a, userId: desk.users.viewer.id });
  await desk.run('change_order_status', { orderId: b, status: 'cancelled' });
  await desk.run('report_shortage', { orderId: c, productId: product.id, zone, missing: 1 });

  expect(await numbersOf(desk, 'statuses=cancelled,picking')).toEqual([2]);
  expect((await desk.http('viewer', 'GET', '/api/orders?statuses=cancelled,gone')).status).toBe(400);
  expect(await numbersOf(desk, `assigneeId=${desk.users.viewer.id}`)).toEqual([1]);
  expect(await numbersOf(desk, 'assigneeId=none')).toEqual([4, 3, 2]);
  expect(await numbersOf(desk, 'short=true')).toEqual([3]);
  expect(await numbersOf(desk, 'sort=oldest')).toEqual([1, 2, 3, 4]);
  expect(await numbersOf(desk, 'sort=changed')).toEqual([3, 2, 1, 4]);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  expect(await numbersOf(desk, `from=${tomorrow}`)).toEqual([]);
  expect(await numbersOf(desk, `before=${tomorrow}`)).toEqual([4, 3, 2, 1]);

  for (const [sort, expected] of [
    ['largest', [4, 2, 1, 3]],
    ['smallest', [3, 1, 4, 2]],
    ['changed', [3, 2, 1, 4]],
    ['oldest', [1, 2, 3, 4]],
  ] as const) {
    const seen: number[] = [];
    let cursor = '';
    do {
      const { body } = await desk.http('viewer', 'GET', `/api/orders?sort=${sort}&limit=1${cursor}`);
      seen.push(...body.items.map((order: { number: number }) => order.number));
      cursor = body.nextCursor === null ? '' : `&cursor=${body.nextCursor}`;
    } while (cursor !== '');
    expect(seen, sort).toEqual(expected);
  }
});

test('[L3] saved views are one’s own: changed, deleted and folded; others neither see nor touch them', async () => {
  await using desk = await testApp();
  const save = (role: 'operator' | 'viewer', body: object) => desk.http(role, 'POST', '/api/views', body);
  const view = { page: 'orders', name: 'Short today', search: '{"short":true}' };
  const made = await save('viewer', { ...view, viewId: randomUUID() });
  expect(made.status).toBe(200);
  const viewId: string = made.body.view.id;
  expect((await save('viewer', { ...view, viewId, name: 'Short' })).body.view).toMatchObject({
    id: viewId,
    name: 'Short',
    createdAt: made.body.view.createdAt,
  });
  expect((await save('operator', { ...view, viewId })).body.code).toBe('conflict');
  expect((await desk.http('operator', 'POST', `/api/views/${viewId}/delete`, {})).status).toBe(404);
  const gone = await save('viewer', { ...view, name: 'Gone' });
  expect((await desk.http('viewer', 'POST', `/api/views/${gone.body.view.id}/delete`, {})).status).toBe(200);

  const topic = `views:${desk.users.viewer.id}`;
  expect(
    (await desk.http('viewer', 'GET', `/api/topics/${topic}/snapshot`)).body.snapshot.views,
  ).toMatchObject([{ id: viewId, name: 'Short' }]);
  expect((await desk.http('admin', 'GET', `/api/topics/${topic}/snapshot`)).status).toBe(403);
  await using other = await rawSocket(desk.url, { token: desk.users.operator.token });
  const answer = await other.ask('subscribe', { topics: [{ topic }] });
  expect(answer.data.topics[0].kind).toBe('refused');
  // Their own and that of people.
  expect((await expectFoldsToEqualTables(desk.app)).topics).toBe(2);
});

test('a user keeps a bounded number of views, also when many are saved at once', async () => {
  await using desk = await testApp();
  const saves = Array.from({ length: VIEWS_PER_USER + 5 }, (_, i) =>
    desk.http('viewer', 'POST', '/api/views', { page: 'orders', name: `View ${i}`, search: '{}' }),
  );
  const codes = (await Promise.all(saves)).map(({ status }) => status);
  expect(codes.filter((status) => status === 200)).toHaveLength(VIEWS_PER_USER);
  expect(codes.filter((status) => status === 409)).toHaveLength(5);
});
