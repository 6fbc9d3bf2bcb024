import AxeBuilder from '@axe-core/playwright';
import { type APIRequestContext, type Page, request } from '@playwright/test';
import { card, column, enter, expect, expectLive, signIn, test } from './desk.ts';
import { House } from './house.ts';

/** As many as the live window holds. */
const WINDOW = 1000;
/** Placed before those, so that none of them is in the window; more than a page of a column. */
const OLD = 105;
const MANY_LINES = 120;
const AT_ONCE = 24;

interface Placed {
  readonly id: string;
  readonly number: number;
  readonly version: number;
}

/** The office, by the API. */
class Office {
  readonly #api: APIRequestContext;
  private constructor(api: APIRequestContext) {
    this.#api = api;
  }

  static async open(url: string): Promise<Office> {
    const api = await request.newContext({ baseURL: url, extraHTTPHeaders: { origin: url } });
    await signIn(api, 'admin', '', url);
    return new Office(api);
  }

  async send(path: string, data: object) {
    const answer = await this.#api.post(path, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
    return answer.json();
  }

  async change(orderId: string, data: object) {
    const answer = await this.#api.patch(`/api/orders/${orderId}`, { data });
    expect(answer.ok(), await answer.text()).toBe(true);
  }

  async addClient(name: string): Promise<string> {
    return (await this.send('/api/clients', { name })).client.id;
  }

  async place(clientId: string, productId: string, lines = 1): Promise<Placed> {
    const goods = Array.from({ length: lines }, () => ({ productId, quantity: 1 }));
    return (await this.send('/api/orders', { clientId, lines: goods })).order;
  }

  close(): Promise<void> {
    return this.#api.dispose();
  }
}

let house: House;
let office: Office;
let market: string;
let oldest: Placed;
let late: Placed;
let long: Placed;

test.beforeAll(async () => {
  house = await House.open();
  office = await Office.open(house.directUrl);
  const unitPrice = { amount: 500, currency: 'EUR' };
  const { product } = await office.send('/api/products', {
    sku: 'BOX-FEE',
    name: 'Deposit for boxes',
    unitPrice,
    stocked: false,
  });
  market = await office.addClient('Mercado Viejo');
  const shop = await office.addClient('Tienda Nueva');
  const placeMany = async (clientId: string, count: number): Promise<void> => {
    let left = count;
    const work = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await office.place(clientId, product.id);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  };
  oldest = await office.place(market, product.id);
  late = await office.place(market, product.id);
  await placeMany(market, OLD - 2);
  await placeMany(shop, WINDOW - 1);
  long = await office.place(shop, product.id, MANY_LINES);
});
test.afterAll(async () => {
  await office?.close();
  await house?.close();
});

const open = (page: Page, path: string): Promise<void> => enter(page, 'operator', path, house.url);
const countOf = (page: Page, status: string) => column(page, status).getByRole('heading');
const cards = (page: Page, status: string) => column(page, status).locator('[data-order]');

/** Asks for more of a column, of which something has been read, until there is no more. */
async function readToTheEnd(page: Page, status: string): Promise<void> {
  const more = column(page, status).getByRole('button', { name: /^Show \d+ more$/ });
  await expect(async () => {
    if (await more.isVisible()) await more.press('Enter', { timeout: 500 });
    await expect(more).toBeHidden({ timeout: 250 });
  }).toPass({ timeout: 60_000 });
}

test('every number is the true one, and the orders that the window does not hold are found', async ({
  page,
}) => {
  await open(page, '/orders');
  const { total } = await (await page.request.get(`${house.url}/api/orders?status=placed&limit=1`)).json();
  expect(total).toBeGreaterThan(WINDOW);
  await expect(countOf(page, 'placed')).toContainText(total.toLocaleString('en-GB'));

  // In any column, by its number.
  await page.getByRole('searchbox', { name: 'Search orders' }).fill(String(oldest.number));
  await expect(card(column(page, 'placed'), oldest.number)).toBeVisible();
  await expect(cards(page, 'placed')).toHaveCount(1);
  await expect(countOf(page, 'placed')).toContainText('1 order');

  await page.goto(`${house.url}/orders?view=list&sort=oldest&client=${market}`);
  const rows = page.getByRole('table', { name: 'Orders as a list' }).getByRole('link');
  await expect(rows.first()).toHaveText(`#${oldest.number}`);
  await expect(page.getByText(`${OLD} orders`)).toBeVisible();

  await page.goto(`${house.url}/`);
  const chain = page.getByRole('region', { name: 'Orders by status' });
  await expect(chain.locator('[data-status="placed"]')).toContainText(total.toLocaleString('en-GB'));
});

test('a column is read to its end with the keyboard, and an order that was not held moves before everyone’s eyes', async ({
  page,
}) => {
  await open(page, `/orders?client=${market}`);
  await expect(countOf(page, 'placed')).toContainText(`${OLD} orders`);
  await readToTheEnd(page, 'placed');
  // Those in sight are drawn, and the next ones before they come into sight.
  await expect(async () => {
    await cards(page, 'placed').last().scrollIntoViewIfNeeded();
    await expect(card(column(page, 'placed'), oldest.number)).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 60_000 });
  await expect(cards(page, 'placed')).toHaveCount(OLD);

  await office.send(`/api/orders/${late.id}/status`, { status: 'picking' });
  await expect(card(column(page, 'picking'), late.number)).toBeVisible();
  await expect(card(column(page, 'placed'), late.number)).toBeHidden();
  await expect(countOf(page, 'placed')).toContainText(`${OLD - 1} orders`);
  await expect(countOf(page, 'picking')).toContainText('1 order');

  // By hand, as any other.
  await card(page, late.number).focus();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Mark as packed' }).press('Enter');
  await expect(card(column(page, 'packed'), late.number)).toBeVisible();
  await expect(countOf(page, 'picking')).toContainText('0 orders');
});

test('the drawer of an order that is not held follows what happens to it', async ({ page }) => {
  await open(page, `/orders/${oldest.id}`);
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText('Mercado Viejo')).toBeVisible();
  await office.change(oldest.id, { expectedVersion: oldest.version, notes: 'Ring at the gate' });
  await expect(drawer.getByText('Ring at the gate', { exact: true }).first()).toBeVisible();
});

test('of an order with many lines the card says how many, and the drawer has them all', async ({ page }) => {
  await open(page, '/orders');
  await expect(card(column(page, 'placed'), long.number)).toContainText(`${MANY_LINES} lines`);
  await card(page, long.number).click();
  const drawer = page.getByRole('dialog');
  const lines = drawer
    .getByRole('table', { name: `${MANY_LINES} lines` })
    .locator('tbody')
    .getByRole('row');
  await expect(lines).toHaveCount(100);
  await drawer.getByRole('button', { name: 'Show 20 more' }).press('Enter');
  await expect(lines).toHaveCount(MANY_LINES);
  // What is picked for it has them, too.
  await drawer.getByRole('link', { name: 'Pick list' }).click();
  await expect(page.getByRole('row', { name: /Deposit for boxes/ })).toContainText(String(MANY_LINES));
});

test('without a connection the board says what it does not have, and has it once there is one', async ({
  page,
}) => {
  const first = page.waitForResponse(/\/api\/orders\?.*status=placed/);
  await open(page, '/orders');
  await (await first).finished();
  const placed = column(page, 'placed');
  const more = placed.getByRole('button', { name: /^Show \d+ more$/ });
  house.line.cut();
  // What has been read is there all the same, and then there is no more.
  await expect(async () => {
    if (await more.isVisible()) await more.press('Enter', { timeout: 500 });
    await expect(placed.getByRole('button', { name: 'Try again' })).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 60_000 });
  await expect(placed.getByText(/more are on the server only/)).toBeVisible();
  house.line.restore();
  await expectLive(page);
  await expect(placed.getByText(/more are on the server only/)).toBeHidden();
  await expect(more).toBeVisible();
});

for (const { colorScheme, width, locale } of [
  { colorScheme: 'light', width: 1440, locale: 'en-GB' },
  { colorScheme: 'dark', width: 390, locale: 'es-ES' },
] as const) {
  test.describe(`${colorScheme}, ${width} px, ${locale}`, () => {
    test.use({ colorScheme, locale, viewport: { width, height: 844 } });
    test('whoever cannot see or use a mouse can use a large desk', async ({ page }) => {
      for (const path of ['/orders', '/orders?view=list', `/orders/${long.id}`, '/']) {
        await open(page, path);
        await expect(page.getByText('Tienda Nueva').filter({ visible: true }).first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        expect(
          violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
        ).toEqual([]);
      }
    });
  });
}
