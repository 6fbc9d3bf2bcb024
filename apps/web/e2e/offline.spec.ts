import type { APIRequestContext, Page } from '@playwright/test';
import {
  card,
  column,
  connection,
  enter,
  expect,
  expectLive,
  expectTold,
  pick,
  placeOrder,
  signIn,
  test,
} from './desk.ts';
import { appIsKept, topicsAreKept } from './kept.ts';

test.use({ serviceWorkers: 'allow' });

const waiting = (page: Page, text: string) => page.getByRole('button', { name: text });
const orderOf = async (request: APIRequestContext, number: string) =>
  (await (await request.get(`/api/orders?q=${number}`)).json()).items.find(
    (order: { number: number }) => String(order.number) === number,
  );

test('[Q1] [Q2] a day without network: readable, workable through a reload, sent once and in order, refusals told', async ({
  page,
  house,
  playwright,
}) => {
  const other = await playwright.request.newContext({ baseURL: house.directUrl });
  await signIn(other, 'operator', '', house.url);
  await enter(page, 'admin', '/orders', house.url);
  await page.goto(`${house.url}/clients`);
  await expectLive(page);
  await page.goto(`${house.url}/orders`);
  await expectLive(page);
  const contested = await placeOrder(page, 'ultramarinos', 'LEN-PARD', 2);
  const mine = await placeOrder(page, 'corner', 'PIM-PIQ', 1);
  await appIsKept(page);
  await topicsAreKept(page, mine);

  house.line.cut();
  await expect(connection(page)).toContainText('Offline');
  await expect(page.getByText('No connection. This is how things stood')).toBeVisible();

  // One order is moved twice, one that somebody else moves too is edited, and a new one is placed and moved.
  await move(page, mine, 'Start picking');
  await move(page, mine, 'Mark as packed');
  await card(page, contested).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Notes').fill('Ring twice.');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('button', { name: 'Edit' })).toBeVisible();
  await closeDrawer(page);
  const { id } = await orderOf(other, contested);
  await other.post(`/api/orders/${id}/status`, { data: { status: 'picking' } });
  await expect(waiting(page, '3 changes wait')).toBeVisible();
  await expect(card(column(page, 'packed'), mine)).toBeVisible();
  await expectTold(page, 'Kept on this device');

  await page.reload();
  await expect(connection(page)).toContainText('Offline');
  await expect(waiting(page, '3 changes wait')).toBeVisible();
  await expect(card(column(page, 'packed'), mine)).toBeVisible();
  await expect(page.getByText('No connection. This is how things stood')).toBeVisible();

  house.line.restore();
  await expectLive(page);
  await expect(waiting(page, '1 change needs you')).toBeVisible({ timeout: 60_000 });
  expect((await orderOf(other, mine)).status).toBe('packed');
  expect((await orderOf(other, contested)).notes).toBeNull();

  await waiting(page, '1 change needs you').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Somebody changed it meanwhile.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Send on top of the new state' }).click();
  await expect(dialog.getByText('Everything has been sent.')).toBeVisible();
  expect((await orderOf(other, contested)).notes).toBe('Ring twice.');
  expect((await orderOf(other, contested)).status).toBe('picking');
  await other.dispose();
});

test('[Q1] a form that was never opened opens, checks and keeps what is typed without network', async ({
  page,
  house,
}) => {
  await enter(page, 'operator', '/clients', house.url);
  await appIsKept(page);
  await topicsAreKept(page, 8);
  house.line.cut();
  await expect(connection(page)).toContainText('Offline');

  await page.getByRole('button', { name: 'New client' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByText('Fill this in.')).toBeVisible();
  const name = `Casa ${Date.now()}`;
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  await expectTold(page, 'Kept on this device');
  await waiting(page, '1 change waits').click();
  await expect(page.getByRole('dialog').getByText(`New client ${name}`)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('link', { name, exact: true })).toBeVisible();

  // It can be given an order, and so can one that is added from the order.
  await page.getByRole('link', { name: 'Orders' }).click();
  const another = `Bodega ${Date.now()}`;
  await placeUnsent(page, name);
  await placeUnsent(page, another);
  await expect(waiting(page, '4 changes wait')).toBeVisible();

  house.line.restore();
  await expectLive(page);
  await expect(page.getByRole('button', { name: /changes? (waits?|needs? you)/ })).toBeHidden();
  const { items } = await (await page.request.get(`${house.url}/api/orders?limit=2`)).json();
  expect(items.map(({ clientName }: { clientName: string }) => clientName)).toEqual([another, name]);
});

async function placeUnsent(page: Page, client: string): Promise<void> {
  await page.getByRole('button', { name: 'New order' }).click();
  const dialog = page.getByRole('dialog', { name: 'New order' });
  const field = dialog.getByRole('combobox', { name: 'Client' });
  await field.fill(client);
  // Who is known, or else the offer to add them.
  await dialog.getByRole('option', { name: client }).first().click();
  await pick(page, 'Add a product', 'LEN-PARD');
  await dialog.getByRole('button', { name: 'Place order' }).click();
  await expect(dialog).toBeHidden();
}

async function move(page: Page, number: string, step: string): Promise<void> {
  await card(page, number).click();
  await page.getByRole('button', { name: step }).click();
  await expect(page.getByRole('button', { name: step })).toBeHidden();
  await closeDrawer(page);
}

async function closeDrawer(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
}
