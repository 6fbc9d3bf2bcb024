import type { Page } from '@playwright/test';
import { card, column, enter, expect, test } from './desk.ts';

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

/** A drawer, a dialog, a card that goes to another column, the toast that says so, a menu, another page. */
async function useTheDesk(page: Page): Promise<void> {
  await enter(page, 'admin', '/orders');
  await card(page, 10).click();
  await expect(page.getByRole('dialog')).toContainText('Hotel Miramar');
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await page.getByRole('button', { name: /^(Start picking|Mark as packed)$/ }).click();
  await expect(page.getByText(/^Order #10: /).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Inventory' }).click();
  await expect(page.getByRole('table')).toBeVisible();
}

test.describe('where motion is not reduced', () => {
  test.use({ reducedMotion: 'no-preference' });
  test('things move, so that what follows can tell', async ({ page }) => {
    await noteMotion(page);
    await useTheDesk(page);
    expect((await motion(page)).ms).toBeGreaterThanOrEqual(140);
  });
});

test('where less motion is wanted nothing moves for longer than a blink', async ({ page }) => {
  await noteMotion(page);
  await useTheDesk(page);
  const { name, ms, began } = await motion(page);
  expect(began).toBeGreaterThan(0);
  expect(ms, name).toBeLessThanOrEqual(BLINK_MS);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
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

  test('what is chosen, where the focus is and what can be pressed have an outline', async ({ page }) => {
    await enter(page, 'admin', '/inventory?low=1');
    await expect(page.getByText('Harina de fuerza 25 kg')).toBeVisible();
    const tabs = page.getByRole('navigation', { name: 'Zones' }).locator('[aria-current]');
    await expect(tabs).toHaveText(/^Low stock/);
    await expect(tabs).toHaveCSS('outline-style', 'solid');
    await expect(tabs).toHaveCSS('outline-width', '2px');

    await page.goto('/orders');
    expect(await border(page, 'button:has-text("New order")')).toBe('1px');
    await card(page, 8).focus();
    await expect(card(page, 8)).toHaveCSS('outline-style', 'solid');
    await card(page, 8).press('Enter');
    await expect(page.getByRole('dialog')).toContainText('The Corner Deli');
    expect(await border(page, '[role="dialog"]')).toBe('1px');
  });

  test('how far an order has come can be seen', async ({ page }) => {
    await enter(page, 'admin', '/orders');
    await column(page, 'packed').getByRole('link').first().click();
    const trail = page.getByRole('dialog').getByRole('list', { name: 'Status: Packed' });
    const lights = trail.locator('li > span:nth-last-child(2)');
    await expect(lights).toHaveCount(5);
    const fills = await lights.evaluateAll((all) => all.map((one) => getComputedStyle(one).backgroundColor));
    expect(new Set(fills.slice(0, 3)).size).toBe(1);
    expect(new Set(fills.slice(3)).size).toBe(1);
    expect(fills[2]).not.toBe(fills[3]);
  });
});
