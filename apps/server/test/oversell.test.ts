import { expect, test } from 'vitest';
import { placeOrder, stockedDesk, testApp } from './app.ts';
import { rawSocket } from './socket.ts';

test('[S1] of 200 parallel buyers of one unit, one gets it, and everybody else is told how many there are', async () => {
  await using desk = await testApp();
  const { client, products, zone } = await stockedDesk(desk, { products: 1, stock: 1 });
  const [product] = products;
  const sockets = await Promise.all(
    Array.from({ length: 10 }, () => rawSocket(desk.url, { token: desk.users.operator.token })),
  );

  const acks = await Promise.all(
    Array.from({ length: 200 }, (_, i) =>
      sockets[i % sockets.length]?.command('place_order', {
        clientId: client.id,
        lines: [{ productId: product?.id, quantity: 1 }],
      }),
    ),
  );
  for (const socket of sockets) socket.close();

  expect(acks.filter((ack) => ack.ok)).toHaveLength(1);
  for (const { error } of acks.filter((ack) => !ack.ok)) {
    expect(error).toMatchObject({
      code: 'out_of_stock',
      details: { lines: [{ line: 0, productId: product?.id, requested: 1, available: 0 }] },
    });
  }
  const { body } = await desk.http('viewer', 'GET', `/api/inventory?zone=${zone}`);
  expect(body.items).toMatchObject([{ onHand: 1, reserved: 1 }]);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[S1] the same product on two lines counts once', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 1, stock: 1 });
  const line = { productId: products[0]?.id, quantity: 1 };

  const twice = await desk.http('operator', 'POST', '/api/orders', {
    clientId: client.id,
    lines: [line, line],
  });

  expect(twice.status).toBe(409);
  expect(twice.body).toMatchObject({
    code: 'out_of_stock',
    details: { lines: [{ line: 1, requested: 1, available: 0 }] },
  });
  expect(await desk.app.database.reader.order.count()).toBe(0);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[S1] parallel buyers of several products in opposite order neither deadlock nor oversell', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 4, stock: 12 });

  const results = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) => {
      const order = i % 2 === 0 ? products : products.toReversed();
      return placeOrder(
        desk,
        client,
        order.map((product) => [product, 1] as const),
      );
    }),
  );

  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(12);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('[S2] a movement in the ledger cannot be changed or removed, and a level cannot break its bounds', async () => {
  await using desk = await testApp();
  await stockedDesk(desk, { products: 1, stock: 5 });
  const db = desk.app.database.accounts;
  await expect(db.$executeRaw`UPDATE stock_movement SET on_hand_delta = 6`).rejects.toThrow('append-only');
  await expect(db.$executeRaw`DELETE FROM stock_movement`).rejects.toThrow('append-only');
  await expect(db.$executeRaw`UPDATE event SET type = 'x'`).rejects.toThrow('append-only');
  await expect(db.$executeRaw`UPDATE stock_level SET reserved = 6`).rejects.toThrow(
    'stock_level_no_oversell',
  );
});
