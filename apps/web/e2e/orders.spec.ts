import type { Page } from '@playwright/test';
import { card, column, enter, expect, placedNumber, placeOrder, test } from './desk.ts';

/** Between two keys of a scanner, in s. */
const KEY_S = 0.01;

/** As a scanner: a code and Enter, without a pause. */
async function scan(page: Page, code: string): Promise<void> {
  const keys = await page.context().newCDPSession(page);
  // When they were pressed, however long they are on their way under load: that is no part of the rhythm.
  const began = Date.now() / 1000;
  const press = (key: string, i: number, more: object) =>
    keys.send('Input.dispatchKeyEvent', { type: 'keyDown', timestamp: began + i * KEY_S, key, ...more });
  await Promise.all([
    ...[...code].map((text, i) => press(text, i, { text })),
    press('Enter', code.length, { code: 'Enter', text: '\r' }),
  ]);
}

/** What drags comes after the board, and says in words where a card is. */
const dragging = (page: Page) => page.locator('[id^="DndLiveRegion"]');

/** All six columns side by side. */
const BIG = { viewport: { width: 1440, height: 900 } };

const quantityOf = (page: Page, product: string) => page.getByLabel(`Quantity of ${product}`);

test('an order is placed with a scanner and the keyboard, without the mouse', async ({ page }) => {
  await enter(page, 'operator', '/orders');
  await page.getByRole('button', { name: 'New order' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused();
  await page.keyboard.type('mira');
  await expect(page.getByRole('option', { selected: true })).toContainText('Hotel Miramar');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Client' })).toHaveValue('Hotel Miramar');
  // The focus is still on the client: the code must not end there.
  await scan(page, '8400000010068');
  await scan(page, '8400000010068');
  await expect(quantityOf(page, 'Café mezcla 80/20 1 kg')).toHaveValue('2');
  await expect(page.getByRole('combobox', { name: 'Client' })).toHaveValue('Hotel Miramar');

  await page.keyboard.press('Tab');
  const products = page.getByRole('combobox', { name: 'Add a product' });
  await expect(products).toBeFocused();
  await scan(page, 'NAT-35-1');
  await expect(quantityOf(page, 'Nata 35 % 1 l')).toHaveValue('1');
  await scan(page, '9999999999999');
  await expect(page.getByText('No product has the code 9999999999999.')).toBeVisible();
  await expect(products).toHaveValue('9999999999999');
  await page.keyboard.press('Control+Enter');
  const number = await placedNumber(page);
  await expect(card(column(page, 'placed'), number)).toBeVisible();
});

test('a card dragged on one screen moves on the other, and only where it may go', async ({ browser }) => {
  const [ines, tomas] = [await browser.newContext(BIG), await browser.newContext(BIG)];
  const [page, other] = [await ines.newPage(), await tomas.newPage()];
  await enter(page, 'admin', '/orders');
  await enter(other, 'operator', '/orders');
  const number = await placeOrder(page, 'corner', 'GAR-PEDRO', 1);
  await expect(card(column(other, 'placed'), number)).toBeVisible();

  await expect(dragging(page)).toBeAttached();

  const drag = async (to: string): Promise<void> => {
    const from = await card(page, number).boundingBox();
    const target = await column(page, to).boundingBox();
    if (!from || !target) throw new Error('Not on the screen');
    await page.mouse.move(from.x + 40, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y + 30, { steps: 3 });
    await page.mouse.move(target.x + target.width / 2, target.y + 60, { steps: 8 });
  };
  await drag('packed');
  await expect(column(page, 'packed')).toHaveAttribute('data-takes', 'false');
  await expect(column(page, 'picking')).toHaveAttribute('data-takes', 'true');
  await page.mouse.up();
  await expect(column(page, 'packed')).not.toHaveAttribute('data-takes');
  await drag('picking');
  await expect(dragging(page)).toHaveText(`Order #${number} is over Picking.`);
  await page.mouse.up();
  await expect(card(column(other, 'picking'), number)).toBeVisible();
  await expect(card(column(page, 'picking'), number)).toBeVisible();
  await expect(card(column(page, 'placed'), number)).toBeHidden();

  // Cancelling cannot be taken back: it asks.
  await expect(column(page, 'cancelled')).not.toHaveAttribute('data-takes');
  await drag('cancelled');
  await expect(dragging(page)).toHaveText(`Order #${number} is over Cancelled.`);
  await page.mouse.up();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(card(column(page, 'picking'), number)).toBeVisible();

  await card(other, number).focus();
  await other.keyboard.press('m');
  await other.getByRole('button', { name: 'Mark as packed' }).press('Enter');
  await expect(card(column(page, 'packed'), number)).toBeVisible();
  await expect(card(column(other, 'packed'), number)).toBeFocused();
  await ines.close();
  await tomas.close();
});

test('who else looks is shown, a conflict is merged field by field, and the history tells it', async ({
  browser,
}) => {
  const [ines, tomas] = [await browser.newContext(BIG), await browser.newContext(BIG)];
  const [page, other] = [await ines.newPage(), await tomas.newPage()];
  await enter(page, 'admin', '/orders');
  await enter(other, 'operator', '/orders');
  const number = await placeOrder(page, 'farola', 'LEN-PARD', 2);

  await card(page, number).click();
  await card(other, number).click();
  await expect(page.getByText('Tomás Vidal is looking at this order too')).toBeVisible();
  await expect(other.getByText('Inés Robles is looking at this order too')).toBeVisible();

  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Notes').fill('By noon');
  await quantityOf(page, 'Lenteja pardina 1 kg').fill('3');
  await other.getByRole('button', { name: 'Edit' }).click();
  await other.getByLabel('Notes').fill('Use the back door');
  await quantityOf(other, 'Lenteja pardina 1 kg').fill('5');
  await other.getByRole('button', { name: 'Save changes' }).click();

  // Both sides of both fields, before anything is saved; the keyboard chooses.
  await page.getByRole('radio', { name: /^Yours: 3/ }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: /^Theirs: 5/ })).toBeChecked();
  await page.getByRole('button', { name: 'Go on with these choices' }).press('Enter');
  await expect(page.getByLabel('Notes')).toHaveValue('By noon');
  await expect(quantityOf(page, 'Lenteja pardina 1 kg')).toHaveValue('5');
  await page.getByRole('button', { name: 'Save changes' }).click();

  const history = other.getByRole('region', { name: 'History' });
  await expect(history.getByRole('listitem').first()).toContainText('Inés Robles changed it');
  await expect(history.getByRole('listitem').first()).toContainText('By noon');
  await expect(history.getByRole('listitem').nth(1)).toContainText('Use the back door');
  await page.keyboard.press('Escape');
  await expect(other.getByText('Inés Robles is looking at this order too')).toBeHidden();
  await ines.close();
  await tomas.close();
});

test('filters are in the address, and a saved view brings them back on another device', async ({
  browser,
}) => {
  const [desk, phone] = [await browser.newContext(BIG), await browser.newContext(BIG)];
  const page = await desk.newPage();
  await enter(page, 'operator', '/orders?status=["picking","gone"]&from=yesterday&sort=oldest');
  // What is no status and what is no day is dropped.
  await expect(card(column(page, 'picking'), 7)).toBeVisible();
  await page.getByRole('button', { name: 'Filters' }).click();
  await page.getByRole('checkbox', { name: 'Shipped' }).check();
  await page.getByRole('button', { name: 'List' }).click();
  await expect(page.getByRole('link', { name: '#3', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: '#8', exact: true })).toBeHidden();
  await expect(page).toHaveURL(/view=list/);

  // A view of these filters that was saved before names the button.
  await page.getByRole('button', { name: /^(Views|On the road \d+)$/ }).click();
  await page.getByRole('menuitem', { name: 'Save this view' }).click();
  const view = `On the road ${Date.now()}`;
  await page.getByLabel('Name').fill(view);
  await page.getByRole('button', { name: 'Save' }).click();

  const other = await phone.newPage();
  await enter(other, 'operator', '/orders');
  await other.getByRole('button', { name: 'Views' }).click();
  await other.getByRole('menuitem', { name: view }).click();
  await expect(other.getByRole('link', { name: '#3', exact: true })).toBeVisible();
  await expect(other.getByRole('link', { name: '#8', exact: true })).toBeHidden();
  await desk.close();
  await phone.close();
});

test.describe('by touch', () => {
  // Two columns side by side in the middle: a finger that rests near the edge scrolls on to the next.
  test.use({ hasTouch: true, viewport: { width: 768, height: 1024 } });
  test('a resting finger carries a card, a moving one scrolls', async ({ page }) => {
    await enter(page, 'operator', '/orders');
    const number = await placeOrder(page, 'corner', 'GAR-PEDRO', 1);
    await expect(dragging(page)).toBeAttached();
    const from = await card(page, number).boundingBox();
    if (!from) throw new Error('Not on the screen');
    const cdp = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x: number, y: number) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    const [x, y] = [from.x + 160, from.y + 40];
    // One right after the other: the finger does not rest in between.
    await Promise.all([touch('touchStart', x, y), touch('touchMove', x + 40, y)]);
    await expect(column(page, 'picking')).not.toHaveAttribute('data-takes');
    await touch('touchEnd', x, y);

    await touch('touchStart', x, y);
    await expect(column(page, 'picking')).toHaveAttribute('data-takes', 'true');
    const target = await column(page, 'picking').boundingBox();
    if (!target) throw new Error('Not on the screen');
    const to = target.x + target.width / 2;
    for (const step of [0.3, 0.6, 1]) await touch('touchMove', x + (to - x) * step, y);
    await expect(dragging(page)).toHaveText(`Order #${number} is over Picking.`);
    await touch('touchEnd', to, y);
    await expect(card(column(page, 'picking'), number)).toBeVisible();
  });
});
