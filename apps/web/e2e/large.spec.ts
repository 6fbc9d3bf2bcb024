import { type APIRequestContext, request as requests } from '@playwright/test';
import { card, column, enter, expect, PASSWORD, test } from './desk.ts';
import { House } from './house.ts';

/** More than the live window of 1,000 holds. */
const PLACED = 1130;
const MOVED = 30;
const AT_ONCE = 24;

let house: House;

interface Placed {
  readonly id: string;
  readonly number: number;
}

/** A desk of more open orders than its window holds: the first are not in it. */
async function fill(api: APIRequestContext): Promise<{ first: Placed; second: Placed }> {
  const send = async (path: string, data: object) => {
    const answer = await api.post(path, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  };
  const { product } = await send('/api/products', {
    sku: 'POSTAGE',
    name: 'Postage',
    unitPrice: { amount: 500, currency: 'EUR' },
    stocked: false,
  });
  const { client } = await send('/api/clients', { name: 'Frutería Lejana' });
  const place = async (lines: object[], notes: string): Promise<Placed> =>
    (await send('/api/orders', { clientId: client.id, lines, notes })).order;
  const lines = [{ productId: product.id, quantity: 1 }];
  const first = await place(lines, 'first');
  const second = await place(lines, 'second');
  let left = PLACED - 2;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await place(lines, '');
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { first, second };
}

test.describe('a desk with more orders than the window', () => {
  let api: APIRequestContext;
  let first: Placed;
  let second: Placed;
  test.beforeAll(async () => {
    house = await House.open({ byLine: false });
    api = await requests.newContext({ baseURL: house.url, extraHTTPHeaders: { origin: house.url } });
    await api.post('/api/auth/sign-in/email', { data: { email: 'admin@demo.test', password: PASSWORD } });
    const began = Date.now();
    ({ first, second } = await fill(api));
    console.log('filled', Date.now() - began);
  });
  test.afterAll(async () => {
    await api?.dispose();
    await house?.close();
  });

  test('x', async ({ page }) => {
    await enter(page, 'operator', '/orders', house.url);
    await expect(column(page, 'placed').getByRole('heading')).toContainText('orders');
    console.log(await column(page, 'placed').getByRole('heading').textContent(), first, second);
    await page.screenshot({ path: '/tmp/wo/board.png' });
  });
});
