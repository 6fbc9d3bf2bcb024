import type { Product } from '@almenara/events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClient, NOW } from '../testing/fake-client.ts';
import { id, oil, rice } from '../testing/goods.ts';
import { AskedProducts } from './asked-products.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function asking(there: readonly Product[], live: readonly Product[] = []) {
  const client = new FakeClient();
  const asked: (readonly string[])[] = [];
  const server = { isDown: false };
  const products = new AskedProducts({
    client,
    live: (wanted) => live.find((product) => product.id === wanted),
    ask: async (ids) => {
      asked.push(ids);
      if (server.isDown) throw new Error('away');
      return there.filter((product) => ids.includes(product.id));
    },
  });
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return { client, asked, server, products, settle };
}

test('products that are wanted in one go are asked for in one request, and each once', async () => {
  const { asked, products, settle } = asking([rice, oil]);
  products.want([rice.id]);
  products.want([oil.id, rice.id, id(77)]);
  await settle();
  expect(asked).toEqual([[rice.id, oil.id, id(77)]]);
  expect([products.get(rice.id), products.get(id(77)), products.get(id(78))]).toEqual([
    rice,
    null,
    undefined,
  ]);
  products.want([rice.id, id(77)]);
  await settle();
  expect(asked).toHaveLength(1);
});

test('what the live list holds is not asked for, and what changes meanwhile counts', async () => {
  const { client, asked, products, settle } = asking([oil], [rice]);
  products.want([rice.id, oil.id]);
  await settle();
  expect(asked).toEqual([[oil.id]]);
  const renamed = { ...oil, name: 'Oil, new', version: 2 };
  const frame = { id: id(1), topic: 'products', seq: 1, timestamp: NOW, userId: null, commandId: null };
  client.emit({ ...frame, type: 'product_updated', data: { product: renamed } });
  expect(products.get(oil.id)).toEqual(renamed);
});

test('a question without an answer is asked again', async () => {
  const { server, products, settle } = asking([oil]);
  server.isDown = true;
  products.want([oil.id]);
  await settle();
  expect([products.get(oil.id), products.failed()]).toEqual([undefined, true]);
  server.isDown = false;
  await vi.advanceTimersByTimeAsync(6000);
  expect([products.get(oil.id), products.failed()]).toEqual([oil, false]);
});
