import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { placeOrder, stockedDesk, testApp } from './app.ts';

test('[C1] the same Idempotency-Key gives the first result and changes nothing; with other input it is a conflict', async () => {
  await using desk = await testApp();
  const headers = { 'idempotency-key': randomUUID() };
  const post = (name: string) => desk.http('operator', 'POST', '/api/clients', { name }, headers);
  const [first, twin] = await Promise.all([post('Once'), post('Once')]);
  expect([first.status, twin.status]).toEqual([201, 201]);
  expect(twin.body).toEqual(first.body);
  expect(await post('Once')).toMatchObject({ status: 201, body: first.body });
  expect(await post('Other')).toMatchObject({ status: 409, body: { code: 'conflict' } });
  expect((await desk.http('viewer', 'GET', '/api/clients')).body.total).toBe(1);
  const bad = await desk.http(
    'operator',
    'POST',
    '/api/clients',
    { name: 'x' },
    { 'idempotency-key': 'abc' },
  );
  expect(bad).toMatchObject({ status: 400, body: { code: 'invalid' } });
  // Another user's command of the same id is another command.
  expect((await desk.http('admin', 'POST', '/api/clients', { name: 'Mine' }, headers)).status).toBe(201);
});

test('[C1] a refused command is refused again, though it would succeed by now', async () => {
  await using desk = await testApp();
  const { client, products, zone } = await stockedDesk(desk, { products: 1, stock: 1 });
  const headers = { 'idempotency-key': randomUUID() };
  const body = { clientId: client.id, lines: [{ productId: products[0]?.id, quantity: 2 }] };
  const refused = await desk.http('operator', 'POST', '/api/orders', body, headers);
  expect(refused.body).toMatchObject({ code: 'out_of_stock' });
  await desk.run('receive_stock', { productId: products[0]?.id ?? '', zone, quantity: 5 });
  expect((await desk.http('operator', 'POST', '/api/orders', body, headers)).body).toEqual(refused.body);
  expect((await desk.http('operator', 'POST', '/api/orders', body)).status).toBe(201);
});

test('lists come in pages that neither repeat nor skip, with search and filters', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 3 });
  const [one, two] = products;
  if (!one || !two) throw new Error('products');
  const orders = [];
  for (let i = 0; i < 5; i += 1) orders.push(await placeOrder(desk, client, [[i % 2 ? one : two, 1]]));
  await desk.run('change_order_status', { orderId: orders[0]?.id ?? '', status: 'picking' });
  const get = async (path: string) => (await desk.http('viewer', 'GET', path)).body;

  const seen: number[] = [];
  for (let cursor = ''; ; ) {
    const page = await get(`/api/orders?limit=2${cursor && `&cursor=${cursor}`}`);
    expect(page.total).toBe(5);
    seen.push(...page.items.map((order: { number: number }) => order.number));
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual([5, 4, 3, 2, 1]);
  expect((await get('/api/orders?status=picking')).items).toHaveLength(1);
  expect((await get('/api/orders?q=3')).items.some((order: { number: number }) => order.number === 3)).toBe(
    true,
  );
  expect((await get('/api/orders?q=sku-0')).total).toBe(2);
  expect((await get(`/api/orders?clientId=${randomUUID()}`)).total).toBe(0);
  expect((await get(`/api/orders/${orders[1]?.id}`)).order.number).toBe(2);
  expect((await get('/api/products?q=PRODUCT 1')).items).toMatchObject([{ sku: 'SKU-1' }]);
  expect((await get('/api/inventory?q=sku-2')).items).toMatchObject([{ sku: 'SKU-2', onHand: 100 }]);
  expect((await get('/api/inventory/movements?limit=3')).items[0]).toMatchObject({ kind: 'reservation' });
  expect((await get('/api/users')).items.map((user: { role: string }) => user.role).sort()).toEqual([
    'admin',
    'operator',
    'viewer',
  ]);
  for (const path of [
    '/api/orders?cursor=zzz',
    '/api/orders?limit=0',
    '/api/orders?status=lost',
    '/api/orders?nope=1',
  ]) {
    expect((await desk.http('viewer', 'GET', path)).body, path).toMatchObject({ code: 'invalid' });
  }
  expect((await desk.http('viewer', 'GET', '/api/nope')).body).toMatchObject({
    code: 'not_found',
    status: 404,
  });
});

test('answers carry tight security headers and open no door to other origins', async () => {
  await using desk = await testApp();
  const { headers } = await desk.http('viewer', 'GET', '/api/orders', undefined, {
    origin: 'https://evil.test',
  });
  expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-powered-by')).toBeNull();
  expect(headers.get('access-control-allow-origin')).toBeNull();
});

test('[L4] when the log cannot be written, nothing is: no row, no event, no outcome; the same command runs later', async () => {
  await using desk = await testApp();
  const db = desk.app.database.accounts;
  await db.$executeRaw`ALTER TABLE event ADD CONSTRAINT broken CHECK (type <> 'client_created')`;
  const headers = { 'idempotency-key': randomUUID() };
  const post = () => desk.http('operator', 'POST', '/api/clients', { name: 'C' }, headers);

  expect(await post()).toMatchObject({ status: 500, body: { code: 'internal' } });
  const events = () => db.event.count({ where: { topic: 'clients' } });
  expect([await db.client.count(), await events(), await db.command.count()]).toEqual([0, 0, 0]);

  await db.$executeRaw`ALTER TABLE event DROP CONSTRAINT broken`;
  expect((await post()).status).toBe(201);
  expect([await db.client.count(), await events(), await db.command.count()]).toEqual([1, 1, 1]);
});
