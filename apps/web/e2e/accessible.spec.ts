import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { card, enter, expect, signIn, test } from './desk.ts';
import { PAGES } from './pages.ts';

async function expectNoViolations(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(told, what).toEqual([]);
}

async function expectSoundPage(page: Page, { path, shows }: (typeof PAGES)[number]): Promise<void> {
  await page.goto(path);
  await expect(page.getByText(shows).first()).toBeVisible();
  await expect(page, path).toHaveTitle(/\S · Almenara$/);
  await expectNoViolations(page, path);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `${path} scrolls sideways`).toBe(0);
}

const OPEN = PAGES.filter((page) => page.open);
const SIGNED_IN = PAGES.filter((page) => !page.open);

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height } });

      for (const page of OPEN) {
        test(page.name, ({ page: browser }) => expectSoundPage(browser, page));
      }

      test('every page', async ({ page }) => {
        test.setTimeout(300_000);
        await signIn(page.request, 'admin');
        for (const known of SIGNED_IN) await expectSoundPage(page, known);
      });

      test('drawer and dialogs', async ({ page }) => {
        await enter(page, 'admin', '/orders');
        await card(page, 8).click();
        await expect(page.getByRole('dialog')).toContainText('The Corner Deli');
        await expectNoViolations(page, 'order');
        await page.getByRole('button', { name: 'Edit' }).click();
        await expectNoViolations(page, 'order editor');
        await page.goto('/orders');
        await page.getByRole('button', { name: 'New order' }).click();
        await page.getByRole('combobox', { name: 'Add a product' }).fill('a');
        await expectNoViolations(page, 'new order');
      });

      test('palette, shortcuts and the account’s menu', async ({ page }) => {
        await enter(page, 'admin', '/');
        await page.keyboard.press('Control+k');
        await page.getByRole('combobox', { name: /^Search pages/ }).fill('mira');
        await expect(page.getByRole('option', { name: /^Hotel Miramar/ })).toBeVisible();
        await expectNoViolations(page, 'palette');
        await page.keyboard.press('Escape');
        await page.keyboard.press('?');
        await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
        await expectNoViolations(page, 'shortcuts');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: /^Your account/ }).click();
        await expect(page.getByRole('menu')).toBeVisible();
        await expectNoViolations(page, 'menu');
      });
    });
  }
}

test.describe('in Spanish', () => {
  test.use({ locale: 'es-ES' });
  test('every page', async ({ page }) => {
    test.setTimeout(300_000);
    await signIn(page.request, 'admin');
    for (const known of SIGNED_IN) {
      await expectSoundPage(page, known);
      await expect(page.locator('html')).toHaveAttribute('lang', 'es');
    }
  });
});
