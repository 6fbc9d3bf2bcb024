import { FIGURES_MAX_BUCKETS, type OrderStatus } from '@almenara/events';
import { expect, test } from 'vitest';
import { type Clock, systemClock } from '../src/clock.ts';
import { placeOrder, stockedDesk, testApp } from './app.ts';

const HOUR = 3_600_000;
const NOON = Date.parse('2026-03-29T12:00:00.000Z');
const iso = (ms: number): string => new Date(ms).toISOString();
const at = (from: number, to: number, bucket?: number): string =>
  `/api/figures?from=${iso(from)}&to=${iso(to)}${bucket === undefined ? '' : `&bucket=${bucket}`}`;

/** A server that takes it to be whatever time the test says; its timers go on as ever. */
function setClock() {
  let time = NOON;
  const clock: Clock = { ...systemClock, now: () => new Date(time) };
  const when = async <T>(ms: number, what: () => Promise<T>): Promise<T> => {
    time = ms;
    return what();
  };
  return { clock, when };
}

test('figures count what was placed and shipped within their bounds, by currency and by part', async () => {
  const { clock, when } = setClock();
  await using desk = await testApp({ clock });
  const { client, products } = await stockedDesk(desk, { products: 2 });
  const [first, second] = products;
  if (!first || !second) throw new Error('no products');
  const dollars = await desk.run('create_product', {
    sku: 'USD',
    name: 'In dollars',
    unitPrice: { amount: 700, currency: 'USD' },
    stocked: false,
  });
  const move = async (orderId: string, ...path: OrderStatus[]): Promise<void> => {
    for (const status of path) await desk.run('change_order_status', { orderId, status });
  };
  const early = await when(NOON, () => placeOrder(desk, client, [[first, 2]]));
  const cancelled = await when(NOON + HOUR, () => placeOrder(desk, client, [[first, 5]]));
  await when(NOON + HOUR, () => move(early.id, 'picking', 'packed', 'shipped'));
  const late = await when(NOON + HOUR + 1, () => placeOrder(desk, client, [[second, 1]]));
  await when(NOON + 2 * HOUR - 1, () => placeOrder(desk, client, [[dollars.product, 1]]));
  await when(NOON + 2 * HOUR - 1, () => move(cancelled.id, 'cancelled'));
  // One that leaves at the very end belongs to the next span, and so does what is placed then.
  await when(NOON + 2 * HOUR, () => move(late.id, 'picking', 'packed', 'shipped'));
  await when(NOON + 2 * HOUR, () => placeOrder(desk, client, [[first, 1]]));

  const { status, body } = await desk.http('viewer', 'GET', at(NOON, NOON + 2 * HOUR, 60));
  expect(status).toBe(200);
  expect(body).toEqual({
    placed: {
      count: 3,
      totals: [
        { currency: 'EUR', amount: 2 * 1000 + 1001 },
        { currency: 'USD', amount: 700 },
      ],
    },
    shipped: { count: 1, totals: [{ currency: 'EUR', amount: 2 * 1000 }] },
    buckets: [
      { at: iso(NOON), placed: 1, shipped: 0 },
      { at: iso(NOON + HOUR), placed: 2, shipped: 1 },
    ],
  });
  const whole = await desk.http('viewer', 'GET', at(NOON, NOON + 2 * HOUR));
  expect(whole.body).toEqual({ ...body, buckets: [] });
});

test('[F2] figures of a span that is backwards, too long or too finely cut are refused', async () => {
  await using desk = await testApp();
  for (const path of [
    at(NOON, NOON),
    at(NOON, NOON - HOUR),
    at(NOON, NOON + 400 * 24 * HOUR),
    at(NOON, NOON + (FIGURES_MAX_BUCKETS + 1) * 5 * 60_000, 5),
    '/api/figures?from=yesterday&to=today',
    '/api/figures',
  ])
    expect((await desk.http('viewer', 'GET', path)).body, path).toMatchObject({ code: 'invalid' });
});
