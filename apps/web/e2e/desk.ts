import { type APIRequestContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import { House } from './house.ts';

export const PASSWORD = 'almenara-demo';
export type Account = 'admin' | 'operator' | 'viewer';

/** Specs read the English texts; a server of one's own is started once for those that break it. */
export const test = base.extend<object, { house: House }>({
  locale: 'en-GB',
  timezoneId: 'Europe/Madrid',
  reducedMotion: 'reduce',
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const house = await House.open();
      await use(house);
      await house.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
});
export { expect };

/** A session without the sign-in page. */
export async function signIn(
  request: APIRequestContext,
  account: Account,
  url = '',
  origin = url,
): Promise<void> {
  const answer = await request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: origin || String(test.info().project.use.baseURL) },
    data: { email: `${account}@demo.test`, password: PASSWORD },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Signed in and live on a page. */
export async function enter(page: Page, account: Account, path: string, url = ''): Promise<void> {
  await signIn(page.request, account, url);
  await page.goto(url + path);
  await expectLive(page);
}

export const connection = (page: Page): Locator => page.locator('[data-connection]');
export const expectLive = (page: Page): Promise<void> =>
  expect(connection(page)).toHaveAttribute('data-connection', 'online', { timeout: 30_000 });

export const column = (page: Page, status: string): Locator =>
  page.locator(`section[data-status="${status}"]`);
export const card = (within: Page | Locator, number: number | string): Locator =>
  within.getByRole('link', { name: new RegExp(`^#${number}\\b`) });

/** Fills in and sends the new-order dialog; returns the order's number. */
export async function placeOrder(
  page: Page,
  client: string,
  product: string,
  quantity: number,
): Promise<string> {
  await page.getByRole('button', { name: 'New order' }).click();
  await page.getByRole('combobox', { name: 'Client' }).fill(client);
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Add a product' }).fill(product);
  await page.keyboard.press('Enter');
  await page.getByLabel(/^Quantity of/).fill(String(quantity));
  await page.getByRole('button', { name: 'Place order' }).click();
  // What is told of the order before may still be on the screen.
  await expect(page.getByRole('dialog')).toBeHidden();
  return placedNumber(page);
}

export async function placedNumber(page: Page): Promise<string> {
  const told = page.getByText(/^Order #\d+ placed$/).last();
  await expect(told).toBeVisible();
  return /\d+/.exec((await told.textContent()) ?? '')?.[0] ?? '';
}

/** Fails a later `expectSamePage` if the page was loaded anew in between. */
export const markPage = (page: Page): Promise<void> =>
  page.evaluate(() => void document.documentElement.setAttribute('data-mark', 'kept'));
export const expectSamePage = (page: Page): Promise<void> =>
  expect(page.locator('html')).toHaveAttribute('data-mark', 'kept');
