import type { Page } from '@playwright/test';
import { card, column, connection, enter, expect, expectLive, signIn, test } from './desk.ts';
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
  await expect(page.getByRole('dialog', { name: `Move order #${number}` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(card(column(page, to), number)).toBeVisible();
}

test(`[Q1] [Q2] ${ALL} commands wait without network: each is sent once, in order, and every conflict is shown`, async ({
  page,
  house,
  playwright,
}) => {
  test.setTimeout(240_000 + MINUTES * 60_000 + COMMANDS * 5000);
  const other = await playwright.request.newContext({ baseURL: house.directUrl });
  await signIn(other, 'operator', '', house.url);
  const { items: levels } = await (await other.get('/api/inventory?q=ACE-GIRA-5')).json();
  const { items: clients } = await (await other.get('/api/clients?limit=1')).json();
  const [{ productId, zone }] = levels;
  await other.post('/api/inventory/receipts', { data: { productId, zone, quantity: 1000 } });
  const place = async (): Promise<Placed> => {
    const data = { clientId: clients[0].id, lines: [{ productId, quantity: 1 }] };
    return (await (await other.post('/api/orders', { data })).json()).order;
  };
  const orders: Placed[] = [];
  for (let i = 0; i < CONTESTED + UNDISPUTED; i += 1) orders.unshift(await place());
  const contested = orders.slice(0, CONTESTED);
  const undisputed = orders.slice(CONTESTED);

  await enter(page, 'admin', '/orders', house.url);
  await expect(card(page, orders[0]?.number ?? 0)).toBeVisible();
  await appIsKept(page);
  await topicsAreKept(page);
  house.line.cut();
  await expect(connection(page)).toContainText('Offline');
  for (const order of orders) await moveOn(page, order, 'picking');
  for (const step of STEPS.slice(1)) for (const order of undisputed) await moveOn(page, order, step);
  const wait = page.getByRole('button', { name: `${ALL} changes wait` });
  await expect(wait).toBeVisible();
  for (const { id } of contested) {
    const answer = await other.post(`/api/orders/${id}/status`, { data: { status: 'cancelled' } });
    expect(answer.ok(), await answer.text()).toBe(true);
  }
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
    const status = async () => (await (await other.get(`/api/orders/${id}`)).json()).order.status;
    await expect.poll(status, { message: `#${number}`, timeout: 60_000 }).toBe('shipped');
    const { items } = await (await other.get(`/api/orders/${id}/history?limit=50`)).json();
    const moves = items.filter(({ type }: { type: string }) => type === 'order_status_changed');
    expect([number, moves.length]).toEqual([number, STEPS.length]);
  }
  await refused.click();
  const queue = page.getByRole('dialog');
  for (const { number } of contested) await expect(queue).toContainText(`#${number}`);
  await expect(queue.getByText('Somebody changed it meanwhile.')).toHaveCount(CONTESTED);
  await other.dispose();
});
