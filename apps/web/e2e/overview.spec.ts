import type { Page } from '@playwright/test';
import { colleague } from './colleague.ts';
import { enter, expect, test } from './desk.ts';
import { watchShifts } from './shifts.ts';

// What is of today stays of today while a test runs: it is day there.
test.use({ timezoneId: new Date().getUTCHours() < 12 ? 'Asia/Tokyo' : 'America/New_York' });

const feed = (page: Page) => page.getByRole('list', { name: 'Latest activity' });

test('the feed stands still while it is read, and nothing on the page moves under live traffic', async ({
  page,
  playwright,
  baseURL,
}) => {
  const request = await playwright.request.newContext({ baseURL: String(baseURL) });
  const other = await colleague(request);
  await other.receive(100);
  await enter(page, 'admin', '/');
  await expect(feed(page).getByRole('listitem').first()).toBeVisible();
  await expect(page.locator('canvas')).toBeVisible();
  await page.waitForLoadState('networkidle');
  // Everybody and everything has a name by now.
  await expect(feed(page)).not.toContainText('…');
  const figure = page.getByText('Shipped today').locator('..');
  await expect(figure).not.toContainText('…');
  const note = figure.getByRole('paragraph').last();
  const shipped = async (): Promise<number> => Number.parseInt((await note.textContent()) ?? '', 10) || 0;
  const shippedBefore = await shipped();
  const shifts = await watchShifts(page);

  const first = await other.place();
  await expect(feed(page)).toContainText(`order #${first.number} placed`);
  await feed(page).hover();
  const before = await feed(page).textContent();
  for (let i = 0; i < 10; i += 1) {
    const order = await other.place();
    for (const status of ['picking', 'packed', 'shipped']) await other.move(order.id, status);
  }
  const fresh = page.getByRole('button', { name: /^\d+ new$/ });
  await expect(fresh).toHaveText('40 new');
  expect(await feed(page).textContent()).toBe(before);
  // The figures have been read again since.
  await expect.poll(shipped).toBe(shippedBefore + 10);
  expect(await shifts()).toEqual([]);

  await fresh.click();
  await expect(fresh).toBeHidden();
  await expect(feed(page)).not.toContainText(`order #${first.number} placed`);
  await request.dispose();
});

test('the palette goes, finds and does by keyboard alone, and gives the focus back', async ({ page }) => {
  await enter(page, 'operator', '/');
  await page.keyboard.press('Control+k');
  // At once: what is typed while it comes is for it.
  await expect(page.getByRole('combobox', { name: /^Search pages/ })).toBeFocused();
  await page.keyboard.type('inven');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/inventory$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Inventory' })).toBeFocused();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('#8');
  await expect(page.getByRole('option', { selected: true })).toContainText('The Corner Deli');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toContainText('The Corner Deli');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();

  // One right after the other: a sequence is over after a second.
  await Promise.all([page.keyboard.press('g'), page.keyboard.press('c')]);
  await expect(page).toHaveURL(/\/clients$/);
  await expect(page.getByRole('heading', { level: 1, name: 'Clients' })).toBeFocused();
  await page.keyboard.press('/');
  const search = page.getByRole('searchbox');
  await expect(search).toBeFocused();
  await page.keyboard.type('gong?');
  await expect(search).toHaveValue('gong?');
  await expect(page).toHaveURL(/\/clients\?q=gong/);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('new order');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(search).toBeFocused();
});

test('who only looks is offered nothing that writes', async ({ page }) => {
  await enter(page, 'viewer', '/');
  await page.keyboard.press('n');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('new');
  await expect(page.getByRole('combobox', { name: /^Search pages/ })).toHaveValue('new');
  await expect(page.getByRole('option', { name: 'New order' })).toBeHidden();
  await expect(page.getByRole('button', { name: /^Receive/ })).toHaveCount(0);
});
