import type { APIRequestContext, Page } from '@playwright/test';
import { colleague } from './colleague.ts';
import { card, column, enter, expect, expectTold, test } from './desk.ts';

/** A blink: shorter than a frame. */
const BLINK_MS = 10;

/** Notes how long each animation and transition is that begins from now on, in ms. */
async function noteMotion(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const longest = { name: '', ms: 0, began: 0 };
    const note = ({ target }: Event): void => {
      if (!(target instanceof Element)) return;
      for (const animation of target.getAnimations({ subtree: true })) {
        // What never ends is as long as a minute: JSON knows no infinity.
        const ms = Math.min(60_000, Number(animation.effect?.getComputedTiming().activeDuration ?? 0));
        longest.began += 1;
        if (ms > longest.ms) {
          longest.ms = ms;
          longest.name = `${animation.constructor.name} of ${target.outerHTML.slice(0, 120)}`;
        }
      }
      document.documentElement.dataset.motion = JSON.stringify(longest);
    };
    document.addEventListener('animationstart', note, true);
    document.addEventListener('transitionrun', note, true);
  });
}

async function motion(page: Page): Promise<{ name: string; ms: number; began: number }> {
  const noted = await page.locator('html').getAttribute('data-motion');
  return JSON.parse(noted ?? '{ "name": "", "ms": 0, "began": 0 }');
}

/** An order of its own, moved on so far. */
async function newOrder(request: APIRequestContext, ...steps: string[]): Promise<number> {
  const other = await colleague(request);
  await other.receive(1);
  const { id, number } = await other.place();
  for (const status of steps) await other.move(id, status);
  return number;
}

/** A drawer, a dialog, a card that goes to another column, the toast that says so, a menu, another page. */
async function useTheDesk(page: Page, number: number): Promise<void> {
  await enter(page, 'admin', '/orders');
  await card(page, number).click();
  await expect(page.getByRole('dialog')).toContainText('Mostrador');
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: 'Start picking' }).click();
  await expectTold(page, `Order #${number}: Picking`);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Inventory' }).click();
  await expect(page.getByRole('table')).toBeVisible();
}

test.describe('where motion is not reduced', () => {
  test.use({ reducedMotion: 'no-preference' });
  test('things move, so that what follows can tell', async ({ page, request }) => {
    await noteMotion(page);
    await useTheDesk(page, await newOrder(request));
    expect((await motion(page)).ms).toBeGreaterThanOrEqual(140);
  });
});

test('where less motion is wanted nothing moves for longer than a blink', async ({ page, request }) => {
  await noteMotion(page);
  await useTheDesk(page, await newOrder(request));
  const { name, ms, began } = await motion(page);
  expect(began).toBeGreaterThan(0);
  expect(ms, name).toBeLessThanOrEqual(BLINK_MS);
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test.describe('where the system chooses the colours', () => {
  test.use({ colorScheme: 'dark' });
  test.beforeEach(({ page }) => page.emulateMedia({ forcedColors: 'active' }));

  const border = (page: Page, what: string): Promise<string> =>
    page
      .locator(what)
      .first()
      .evaluate((element) => {
        const { borderTopWidth, borderTopStyle, borderTopColor, backgroundColor } = getComputedStyle(element);
        const isSeen = borderTopStyle !== 'none' && borderTopColor !== backgroundColor;
        return isSeen ? borderTopWidth : 'not to be seen';
      });

  test('what is chosen, where the focus is and what can be pressed have an outline', async ({
    page,
    request,
  }) => {
    const number = await newOrder(request);
    await enter(page, 'admin', '/inventory?low=1');
    await expect(page.getByText('Harina de fuerza 25 kg')).toBeVisible();
    const tabs = page.getByRole('navigation', { name: 'Zones' }).locator('[aria-current]');
    await expect(tabs).toHaveText(/^Low stock/);
    await expect(tabs).toHaveCSS('outline-style', 'solid');
    await expect(tabs).toHaveCSS('outline-width', '2px');

    await page.goto('/orders');
    await expect.poll(() => border(page, 'button:has-text("New order")')).toBe('1px');
    await card(page, number).focus();
    await expect(card(page, number)).toHaveCSS('outline-style', 'solid');
    await card(page, number).press('Enter');
    await expect(page.getByRole('dialog')).toContainText('Mostrador');
    await expect.poll(() => border(page, '[role="dialog"]')).toBe('1px');
  });

  test('how far an order has come can be seen', async ({ page, request }) => {
    const number = await newOrder(request, 'picking', 'packed');
    await enter(page, 'admin', '/orders');
    await card(column(page, 'packed'), number).click();
    const trail = page.getByRole('dialog').getByRole('list', { name: 'Status: Packed' });
    const lights = trail.locator('li > span:nth-last-child(2)');
    await expect(lights).toHaveCount(5);
    const fills = await lights.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(new Set(fills.slice(0, 3)).size).toBe(1);
    expect(new Set(fills.slice(3)).size).toBe(1);
    expect(fills[2]).not.toBe(fills[3]);
  });
});
