import { type APIRequestContext, test as base, expect, type Locator, type Page } from '@playwright/test';
import { House } from './house.ts';

export const PASSWORD = 'almenara-demo';
export type Account = 'admin' | 'operator' | 'viewer';

/** Of the server of this worker. */
let address = '';

/**
 * Specs read the English texts. Each worker has a server of its own with demo data, which its specs share, and starts
 * another one for those that break it.
 */
export const test = base.extend<object, { shared: House; house: House }>({
  shared: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      const shared = await House.open({ byLine: false });
      address = shared.url;
      await use(shared);
      await shared.close();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: ({ shared }, use) => use(shared.url),
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
    { scope: 'worker', timeout: 240_000 },
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
    headers: { origin: origin || address },
    data: { email: `${account}@demo.test`, password: PASSWORD },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

/** Signed in and live on a page. */
export async function enter(page: Page, account: Account, path: string, url = ''): Promise<void> {
  await noteToasts(page);
  await signIn(page.request, account, url);
  await page.goto(url + path);
  await expectLive(page);
}

export const connection = (page: Page): Locator => page.locator('[data-connection]');
/** The next try to connect may be half a minute away. */
export const expectLive = (page: Page): Promise<void> =>
  expect(connection(page)).toHaveAttribute('data-connection', 'online', { timeout: 60_000 });

/** A toast goes after a few seconds, which may be over before a slow machine looks: the page notes what toasts say. */
const noteToasts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const told = new Set<string>();
    Object.assign(window, { told });
    new MutationObserver(() => {
      for (const toast of document.querySelectorAll('[data-sonner-toast]')) told.add(toast.textContent ?? '');
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
/** What toasts have said since the page was loaded. */
export const toldOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => [...Object(window).told]);
export const expectTold = (page: Page, text: string): Promise<void> =>
  expect.poll(() => toldOn(page)).toContainEqual(expect.stringContaining(text));

export const column = (page: Page, status: string): Locator =>
  page.locator(`section[data-status="${status}"]`);
export const card = (within: Page | Locator, number: number | string): Locator =>
  within.getByRole('link', { name: new RegExp(`^#${number}\\b`) });

/** Types into a field that offers what fits, and takes the first with Enter once it is there. */
export async function pick(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).fill(text);
  await expect(page.getByRole('option', { selected: true })).toBeVisible();
  await page.keyboard.press('Enter');
}

/** Fills in and sends the new-order dialog; returns the order's number. */
export async function placeOrder(
  page: Page,
  client: string,
  product: string,
  quantity: number,
): Promise<string> {
  await page.getByRole('button', { name: 'New order' }).click();
  await pick(page, 'Client', client);
  await pick(page, 'Add a product', product);
  await page.getByLabel(/^Quantity of/).fill(String(quantity));
  await page.getByRole('button', { name: 'Place order' }).click();
  return placedNumber(page);
}

/** The number of the order that the dialog has sent: the latest there is. */
export async function placedNumber(page: Page): Promise<string> {
  await expect(page.getByRole('dialog')).toBeHidden();
  const latest = await page.request.get(new URL('/api/orders?limit=1', page.url()).href);
  const { items } = await latest.json();
  const number = String(items[0].number);
  await expectTold(page, `Order #${number} placed`);
  return number;
}

/** Fails a later `expectSamePage` if the page was loaded anew in between. */
export const markPage = (page: Page): Promise<void> =>
  page.evaluate(() => void document.documentElement.setAttribute('data-mark', 'kept'));
export const expectSamePage = (page: Page): Promise<void> =>
  expect(page.locator('html')).toHaveAttribute('data-mark', 'kept');
