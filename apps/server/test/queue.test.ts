import { createClient, systemTimers } from '@almenara/client';
import { CommandQueue, memoryStore } from '@almenara/client/queue';
import type { Order } from '@almenara/events';
import { expect, test } from 'vitest';
import { stockedDesk, type TestApp, testApp } from './app.ts';

const COMMANDS = Number(process.env.QUEUED_COMMANDS ?? 50);

test('[Q1] [Q2] a long queue made offline: all sent once and in order, every conflict kept, through a reload amid it', async () => {
  await using desk = await testApp();
  const { products, client: customer } = await stockedDesk(desk, { products: 5, stock: 1000 });
  const product = (i: number): string => products[i % products.length]?.id ?? '';
  const lines = (i: number) => [{ productId: product(i), quantity: 1 }];
  const contested: Order[] = [];
  for (let i = 0; i < 5; i += 1) {
    const { order } = await desk.run('place_order', { clientId: customer.id, lines: lines(i) });
    contested.push(order);
  }

  // Offline: edits of orders that others will have changed, and orders of one's own that are edited and moved on.
  const store = memoryStore();
  const first = openQueue(desk, store);
  const own: string[] = [];
  const kept: Promise<void>[] = [];
  const keep = (taken: { kept: Promise<void>; leave(): void }): void => {
    taken.leave();
    kept.push(taken.kept);
  };
  const queue = first.queue;
  for (let i = 0; kept.length < COMMANDS; i += 1) {
    const before = contested[i];
    if (before) {
      keep(
        queue.run('edit_order', { orderId: before.id, expectedVersion: before.version, notes: `mine ${i}` }),
      );
    }
    const orderId = crypto.randomUUID();
    own.push(orderId);
    keep(queue.run('place_order', { orderId, clientId: customer.id, lines: lines(i) }));
    keep(queue.run('edit_order', { orderId, expectedVersion: 1, notes: `own ${i}` }));
    keep(queue.run('change_order_status', { orderId, status: 'picking', expectedVersion: 1 }));
  }
  await Promise.all(kept);
  for (const { id } of contested)
    await desk.run('assign_order', { orderId: id, userId: desk.users.viewer.id });

  // Back, gone again amid it, and a new page goes on.
  first.client.start();
  await expect.poll(() => queue.entries.get().length, { timeout: 20_000 }).toBeLessThan(COMMANDS - 10);
  first.close();
  const second = openQueue(desk, store);
  second.client.start();
  await expect
    .poll(() => second.queue.entries.get().filter(({ state }) => state === 'waiting').length, {
      timeout: 30_000,
    })
    .toBe(0);

  const refused = second.queue.entries.get();
  expect(refused.map(({ input, error }) => [input.orderId, error?.code])).toEqual(
    contested.map(({ id }) => [id, 'conflict']),
  );
  for (const [i, orderId] of own.entries()) {
    const { order } = (await desk.http('viewer', 'GET', `/api/orders/${orderId}`)).body;
    expect(order).toMatchObject({ notes: `own ${i}`, status: 'picking', version: 3 });
  }
  second.close();
});

function openQueue(desk: TestApp, store: ReturnType<typeof memoryStore>) {
  const client = createClient({ url: desk.url, credentials: () => ({ token: desk.users.operator.token }) });
  const queue = new CommandQueue({
    userId: desk.users.operator.id,
    client,
    store,
    locks: null,
    openPost: null,
    timers: systemTimers,
  });
  queue.start();
  const close = (): void => {
    queue.stop();
    client.stop();
  };
  return { client, queue, close };
}
