import { HISTORY_POINTS } from '@almenara/events';
import { expect, test } from 'vitest';
import { placeOrder, stockedDesk, testApp } from './app.ts';

const history = (productId: string, more = ''): string => `/api/products/${productId}/stock-history${more}`;

test('[S2] the history of a product is the sum of its ledger at each moment, in one zone or in all', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 1, stock: 10 });
  const [product] = products;
  if (!product) throw new Error('no product');
  await desk.run('create_zone', { code: 'B1', name: 'Second' });
  await desk.run('transfer_stock', { productId: product.id, from: 'A1', to: 'B1', quantity: 4 });
  await placeOrder(desk, client, [[product, 3]]);
  await desk.run('adjust_stock', { productId: product.id, zone: 'B1', delta: -1, reason: 'broken' });

  const { body } = await desk.http('viewer', 'GET', history(product.id));
  expect(body.points.at(-1)).toMatchObject({ onHand: 9, reserved: 3 });
  expect(body.points[0]).toMatchObject({ at: body.from });
  const { body: one } = await desk.http('viewer', 'GET', history(product.id, '?zone=B1'));
  expect(one.points.at(-1)).toMatchObject({ onHand: 3, reserved: 0 });
});

test('[S2] thousands of entries come as few points, each of them true; a part of the time begins with what there was', async () => {
  await using desk = await testApp();
  const { zone, products } = await stockedDesk(desk, { products: 1, stock: 1 });
  const [product] = products;
  if (!product) throw new Error('no product');
  // One more piece each minute, as an import would have written it.
  await desk.app.database.writer.$transaction([
    desk.app.database.writer.$executeRaw`
      INSERT INTO stock_movement (id, zone, product_id, kind, on_hand_delta, reserved_delta, at)
      SELECT gen_random_uuid(), ${zone}, ${product.id}::uuid, 'receipt', 1, 0,
             '2026-01-01T00:00:00Z'::timestamptz + n * interval '1 minute'
      FROM generate_series(1, 5000) n`,
    desk.app.database.writer.$executeRaw`UPDATE stock_level SET on_hand = on_hand + 5000`,
  ]);
  const to = '2026-01-04T12:00:00.000Z';
  const { body } = await desk.http('viewer', 'GET', history(product.id, `?to=${to}`));
  expect(body.points.length).toBeGreaterThan(HISTORY_POINTS / 2);
  expect(body.points.length).toBeLessThanOrEqual(HISTORY_POINTS);
  const minutes = (at: string): number => (Date.parse(at) - Date.parse('2026-01-01T00:00:00Z')) / 60_000;
  for (const { at, onHand } of body.points) expect(onHand).toBe(minutes(at));
  expect(body.points.at(-1).onHand).toBe(5000);

  const from = '2026-01-02T00:00:00.000Z';
  const { body: part } = await desk.http('viewer', 'GET', history(product.id, `?from=${from}&to=${to}`));
  expect(part.points[0]).toEqual({ at: from, onHand: 1440, reserved: 0 });
  expect((await desk.http('viewer', 'GET', history(product.id, `?from=${to}&to=${from}`))).status).toBe(400);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('a ledger says who did it', async () => {
  await using desk = await testApp();
  const { products } = await stockedDesk(desk, { products: 1 });
  const { body } = await desk.http('viewer', 'GET', `/api/inventory/movements?productId=${products[0]?.id}`);
  expect(body.items).toMatchObject([{ kind: 'receipt', userId: desk.users.admin.id }]);
});

test('a zone is renamed by whoever knows its latest version', async () => {
  await using desk = await testApp();
  const { zone } = await desk.run('create_zone', { code: 'A1', name: 'First' });
  const rename = { zoneId: zone.id, expectedVersion: 1, name: 'Cold store' };
  expect((await desk.run('update_zone', rename)).zone).toMatchObject({
    code: 'A1',
    name: 'Cold store',
    version: 2,
  });
  await expect(desk.run('update_zone', rename)).rejects.toThrow('conflict');
  const { body } = await desk.http('viewer', 'GET', '/api/topics/zones/snapshot');
  expect(body.snapshot.zones).toMatchObject([{ name: 'Cold store', version: 2 }]);
});
