import type { Page } from '@playwright/test';
import { card, column, enter, expect, expectTold, placeOrder, test } from './desk.ts';

const BIG = { viewport: { width: 1440, height: 900 } };

/** A product of this test alone, some of it on the shelf. */
async function goods(page: Page, name: string, quantity: number): Promise<string> {
  const at = (path: string) => new URL(path, page.url()).href;
  const headers = { origin: new URL(page.url()).origin };
  const data = { sku: name.toUpperCase(), name, unitPrice: { amount: 700, currency: 'EUR' } };
  const { product } = await (await page.request.post(at('/api/products'), { headers, data })).json();
  await receive(page, product.id, quantity);
  return product.id;
}

async function receive(page: Page, productId: string, quantity: number): Promise<void> {
  const answer = await page.request.post(new URL('/api/inventory/receipts', page.url()).href, {
    headers: { origin: new URL(page.url()).origin },
    data: { productId, zone: 'A1', quantity },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test('[S4][S5] a short order from the shortage to its back order, on two screens', async ({ browser }) => {
  const [one, two] = [await browser.newContext(BIG), await browser.newContext(BIG)];
  const [page, other] = [await one.newPage(), await two.newPage()];
  await enter(page, 'admin', '/orders');
  await enter(other, 'operator', '/orders');
  const productId = await goods(page, 'Lantern', 5);
  const number = await placeOrder(page, 'corner', 'LANTERN', 5);
  await card(page, number).click();
  const drawer = page.getByRole('dialog', { name: `Order #${number}` });

  await drawer.getByRole('button', { name: 'Report Lantern as missing' }).click();
  await page.getByLabel('How many are missing').fill('3');
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await expect(drawer.getByText('Missing: 3 × Lantern.')).toBeVisible();
  await expect(card(other, number)).toContainText('Short');
  await drawer.getByRole('button', { name: 'Reserve now' }).click();
  await expect(drawer.getByText('Nothing of it is available yet.')).toBeVisible();

  // A step on and back: nothing happens to the goods.
  await drawer.getByRole('button', { name: 'Start picking' }).click();
  await drawer.getByRole('button', { name: 'Back to: Placed' }).click();
  await expect(card(column(other, 'placed'), number)).toBeVisible();
  await drawer.getByRole('button', { name: 'Start picking' }).click();
  await expect(card(column(other, 'picking'), number)).toBeVisible();

  // One more comes, and is told here and there.
  await receive(other, productId, 1);
  await expect(drawer.getByText('Missing: 2 × Lantern.')).toBeVisible();
  await expect(drawer.getByText('A1: 1 × Lantern reserved')).toBeVisible();

  await drawer.getByRole('button', { name: 'Mark as packed' }).click();
  await page.getByRole('button', { name: 'Pack what is there' }).click();
  await expect(card(column(other, 'packed'), number)).toBeVisible();

  // On the other screen, with the keyboard: what is missing is asked about.
  await card(other, number).focus();
  await other.keyboard.press('m');
  await other.getByRole('button', { name: 'Ship', exact: true }).press('Enter');
  const asks = other.getByRole('dialog', { name: `Ship order #${number} without these?` });
  await expect(asks.getByText('2 × Lantern')).toBeVisible();
  await asks.getByRole('button', { name: 'Ship; the rest as a back order' }).press('Enter');
  await expect(card(column(other, 'shipped'), number)).toBeVisible();
  const next = String(Number(number) + 1);
  await expectTold(other, `Order #${number} shipped; the rest is back order #${next}`);
  await expect(card(column(other, 'placed'), next)).toContainText('Back order');
  await expect(drawer.getByText('€21.00').last()).toBeVisible();

  // From the one to the other, and back.
  await drawer.getByRole('link', { name: `#${next}` }).click();
  const follow = page.getByRole('dialog', { name: `Order #${next}` });
  await expect(follow.getByText('Missing: 2 × Lantern.')).toBeVisible();
  await expect(follow.getByRole('link', { name: `#${number}` })).toBeVisible();
  await receive(other, productId, 10);
  await expect(follow.getByText(/^Missing:/)).toBeHidden();
  await expect(follow.getByText('A1 × 2')).toBeVisible();
  await one.close();
  await two.close();
});

test('a card goes a step back by dragging, and a pick list leaves out what is short and says so', async ({
  browser,
}) => {
  const context = await browser.newContext(BIG);
  const page = await context.newPage();
  await enter(page, 'operator', '/orders');
  await goods(page, 'Torch', 4);
  const number = await placeOrder(page, 'farola', 'TORCH', 4);
  await card(page, number).focus();
  await page.keyboard.press('m');
  await page.getByRole('button', { name: 'Start picking' }).press('Enter');
  await expect(card(column(page, 'picking'), number)).toBeVisible();

  await expect(page.locator('[id^="DndLiveRegion"]')).toBeAttached();
  const from = await card(page, number).boundingBox();
  const to = await column(page, 'placed').boundingBox();
  if (!from || !to) throw new Error('Not on the screen');
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 30, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + 60, { steps: 8 });
  await expect(column(page, 'placed')).toHaveAttribute('data-takes', 'true');
  await page.mouse.up();
  await expect(card(column(page, 'placed'), number)).toBeVisible();

  await card(page, number).click();
  await page.getByRole('button', { name: 'Report Torch as missing' }).click();
  await page.getByLabel('How many are missing').fill('1');
  await page.getByRole('button', { name: 'Report', exact: true }).click();
  await expect(page.getByText('Missing: 1 × Torch.')).toBeVisible();
  await page.getByRole('link', { name: 'Pick list' }).click();
  const left = page.getByRole('region', { name: 'Not there, and not on this list' });
  await expect(left).toContainText('1 × Torch');
  await expect(page.getByRole('row', { name: /Torch/ })).toContainText('3');
  await context.close();
});
