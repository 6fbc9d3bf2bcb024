import type { Page } from '@playwright/test';
import { colleague } from './colleague.ts';
import { card, enter, expect, expectLive, test } from './desk.ts';

/** Headless pages are always visible: the browser's word on it is replaced, and nothing else. */
const look = (page: Page, state: 'hidden' | 'visible'): Promise<void> =>
  page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

test('[R4] a tab hidden for long lets go of its connection, and is caught up when it is looked at', async ({
  page,
  house,
  playwright,
}) => {
  const request = await playwright.request.newContext({ baseURL: house.directUrl });
  const other = await colleague(request, house.url);
  await other.receive(50);
  const connections = async (): Promise<number> =>
    (await (await request.get('/api/stats')).json()).connections;
  // Those of the spec before may still be closing.
  await expect.poll(connections).toBe(0);
  await page.clock.install();
  await enter(page, 'admin', '/orders', house.url);
  const { number: seen } = await other.place();
  await expect(card(page, seen)).toBeVisible();
  await expect.poll(connections).toBe(1);

  await look(page, 'hidden');
  await page.clock.fastForward('06:00');
  await expect.poll(connections).toBe(0);
  const missed = [];
  for (let i = 0; i < 20; i += 1) missed.push(await other.place());
  await expect(card(page, missed[0]?.number ?? 0)).toHaveCount(0);

  const start = performance.now();
  await look(page, 'visible');
  for (const { number } of missed.slice(-10)) await expect(card(page, number)).toHaveCount(1);
  test.info().annotations.push({ type: 'caught up after (ms)', description: `${performance.now() - start}` });
  await expectLive(page);
  const live = await other.place();
  await expect(card(page, live.number)).toBeVisible();
  // Other specs look at this desk, too.
  for (const { id } of [...missed, live]) await other.move(id, 'cancelled');
  await request.dispose();
});
