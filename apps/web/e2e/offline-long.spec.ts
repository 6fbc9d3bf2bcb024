import type { Page } from '@playwright/test';
import { colleague } from './colleague.ts';
import { card, column, connection, enter, expect, expectLive, test } from './desk.ts';
import { appIsKept, topicsAreKept } from './kept.ts';

test.use({ serviceWorkers: 'allow', viewport: { width: 1440, height: 900 } });

/** How long there is no network, and how much is done meanwhile; `OFFLINE_MINUTES=30 OFFLINE_COMMANDS=50` for a shift in the cold store. */
const MINUTES = Number(process.env.OFFLINE_MINUTES ?? 0);
const COMMANDS = Number(process.env.OFFLINE_COMMANDS ?? 14);
/** Somebody else changes these orders, too: one move each. The others are moved three steps. */
const CONTESTED = Math.floor(COMMANDS / 6);
const STEPS = ['picking', 'packed', 'shipped'] as const;
const UNDISPUTED = Math.floor((COMMANDS - CONTESTED) / STEPS.length);
const ALL = CONTESTED + UNDISPUTED * STEPS.length;

interface Placed {
  readonly id: string;
  readonly number: number;
}

/** With the keyboard, on the board. */
async function moveOn(page: Page, { number }: Placed, to: string): Promise<void> {
  await card(page, number).focus();
  await page.keyboard.press('m');
  const dialog = page.getByRole('dialog', { name: `Move order #${number}` });
  await expect(dialog.locator(':focus')).toBeVisible();
  await page.keyboard.press('Enter');
  // The dialog gives the focus back a moment after it has gone: not to be in the way of the next one's.
  await expect(card(column(page, to), number)).toBeFocused();
}

test(`[Q1] [Q2] ${ALL} commands wait without network: each is sent once, in order, and every conflict is shown`, async ({
  page,
  house,
  playwright,
}) => {
  test.setTimeout(300_000 + MINUTES * 60_000 + COMMANDS * 15_000);
  const request = await playwright.request.newContext({ baseURL: house.directUrl });
  const other = await colleague(request, house.url);
  await other.receive(1000);
  const orders: Placed[] = [];
  for (let i = 0; i < CONTESTED + UNDISPUTED; i += 1) orders.unshift(await other.place());
  const contested = orders.slice(0, CONTESTED);
  const undisputed = orders.slice(CONTESTED);

  await enter(page, 'admin', '/orders', house.url);
  await expect(card(page, orders[0]?.number ?? 0)).toBeVisible();
  await appIsKept(page);
  await topicsAreKept(page, orders[0]?.number ?? 0);
  house.line.cut();
  await expect(connection(page)).toContainText('Offline');
  for (const order of orders) await moveOn(page, order, 'picking');
  for (const step of STEPS.slice(1)) for (const order of undisputed) await moveOn(page, order, step);
  const wait = page.getByRole('button', { name: `${ALL} changes wait` });
  await expect(wait).toBeVisible();
  for (const { id } of contested) await other.move(id, 'cancelled');
  if (MINUTES > 0) await page.waitForTimeout(MINUTES * 60_000);
  await page.reload();
  await expect(wait).toBeVisible();

  house.line.restore();
  await expectLive(page);
  const refused = page.getByRole('button', {
    name: CONTESTED === 1 ? '1 change needs you' : `${CONTESTED} changes need you`,
  });
  await expect(refused).toBeVisible({ timeout: 60_000 });
  for (const { id, number } of undisputed) {
    const status = async () => (await (await request.get(`/api/orders/${id}`)).json()).order.status;
    await expect.poll(status, { message: `#${number}`, timeout: 60_000 }).toBe('shipped');
    const { items } = await (await request.get(`/api/orders/${id}/history?limit=50`)).json();
    const moves = items.filter(({ type }: { type: string }) => type === 'order_status_changed');
    expect([number, moves.length]).toEqual([number, STEPS.length]);
  }
  await refused.click();
  const queue = page.getByRole('dialog');
  for (const { number } of contested) await expect(queue).toContainText(`#${number}`);
  await expect(queue.getByText('Somebody changed it meanwhile.')).toHaveCount(CONTESTED);
  await request.dispose();
});
