import { expect, test } from 'vitest';
import { stockedDesk, type TestApp, testApp } from './app.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const price = { amount: 500, currency: 'EUR' };

/** Asks for the change, whatever the product is at. */
async function setStocked(desk: TestApp, productId: string, stocked: boolean) {
  const { product } = (await desk.http('operator', 'GET', `/api/products/${productId}`)).body;
  return desk.http('operator', 'PATCH', `/api/products/${productId}`, {
    expectedVersion: product.version,
    stocked,
  });
}

test('[S6] whether a product is stocked can change while nothing depends on it, and is told what does', async () => {
  await using desk = await testApp();
  const { zone, client } = await stockedDesk(desk, { products: 0 });
  const { product } = await desk.run('create_product', {
    sku: 'wrap',
    name: 'Wrap',
    unitPrice: price,
    stocked: false,
  });
  const place = { productId: product.id, zone };
  const lines = [{ productId: product.id, quantity: 2 }];

  const { order } = await desk.run('place_order', { clientId: client.id, lines });
  expect(await setStocked(desk, product.id, true)).toMatchObject({
    status: 409,
    body: {
      detail: expect.stringContaining('open orders'),
      details: { current: { dependants: { orders: 1 } } },
    },
  });
  for (const status of ['picking', 'packed', 'shipped', 'delivered'] as const)
    await desk.run('change_order_status', { orderId: order.id, status });
  // What is over stays as it was.
  expect(await setStocked(desk, product.id, true)).toMatchObject({
    status: 200,
    body: { product: { stocked: true } },
  });

  await desk.run('receive_stock', { ...place, quantity: 3 });
  expect(await setStocked(desk, product.id, false)).toMatchObject({
    status: 409,
    body: { details: { current: { dependants: { stock: 1, orders: 0, counts: 0 } } } },
  });
  await desk.run('adjust_stock', { ...place, delta: -3, reason: 'gone' });
  const { count } = await desk.run('start_count', { zone });
  await desk.run('record_count', { countId: count.id, productId: product.id, counted: 0 });
  expect(await setStocked(desk, product.id, false)).toMatchObject({
    status: 409,
    body: { detail: expect.stringContaining('a count under way') },
  });
  await desk.run('cancel_count', { countId: count.id });
  await desk.run('set_reorder_point', { ...place, reorderPoint: 5 });
  expect((await setStocked(desk, product.id, false)).status).toBe(409);
  await desk.run('set_reorder_point', { ...place, reorderPoint: 0 });
  expect(await setStocked(desk, product.id, false)).toMatchObject({ status: 200 });

  // It is sold without any stock again, and stands nowhere that is counted.
  await desk.run('place_order', { clientId: client.id, lines });
  expect((await desk.run('start_count', { zone })).count.total).toBe(0);
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
});

test('[S6] an order and a change of that kind at the same time come to something that can be', async () => {
  await using desk = await testApp();
  const { client } = await stockedDesk(desk, { products: 0 });
  for (let round = 0; round < 5; round += 1) {
    const { product } = await desk.run('create_product', {
      sku: `fee-${round}`,
      name: 'Fee',
      unitPrice: price,
      stocked: false,
    });
    const lines = [{ productId: product.id, quantity: 1 }];
    const [changed, placed] = await Promise.all([
      setStocked(desk, product.id, true),
      desk.http('operator', 'POST', '/api/orders', { clientId: client.id, lines }),
    ]);
    // Whoever was first: an order of a service, or goods of which there are none.
    expect([changed.status, placed.status].sort()).toEqual(changed.status === 200 ? [200, 409] : [201, 409]);
    expect(await desk.brokenInvariants()).toEqual([]);
  }
});
