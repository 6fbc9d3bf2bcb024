import type { Page } from '@playwright/test';
import { colleague } from './colleague.ts';
import { card, column, enter, expect, test } from './desk.ts';
import { watchShifts } from './shifts.ts';

// What makes room glides, unless motion is not wanted.
test.use({ reducedMotion: 'no-preference', viewport: { width: 1440, height: 900 } });

/** Where a cancelled order is seen as one. */
const CANCELLED = {
  board: (page: Page, number: number) => card(column(page, 'cancelled'), number),
  list: (page: Page, number: number) =>
    page.getByRole('row', { name: 'Cancelled' }).filter({ has: card(page, number) }),
};

for (const [name, path] of [
  ['board', '/orders'],
  ['list', '/orders?view=list'],
] as const) {
  test(`on the ${name} nothing jumps when orders come and go`, async ({ page, playwright, baseURL }) => {
    const request = await playwright.request.newContext({ baseURL: String(baseURL) });
    const other = await colleague(request);
    await other.receive(20);
    const first = await other.place();
    await enter(page, 'admin', path);
    await expect(card(page, first.number)).toBeVisible();
    await page.waitForLoadState('networkidle');
    const shifts = await watchShifts(page);
    const settled = () =>
      page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
    for (let i = 0; i < 4; i += 1) {
      const { id, number } = await other.place();
      await expect(card(page, number)).toBeVisible();
      await settled();
      await other.move(id, 'cancelled');
      await expect(CANCELLED[name](page, number)).toBeVisible();
      await settled();
    }
    expect(await shifts()).toEqual([]);
    await request.dispose();
  });
}
