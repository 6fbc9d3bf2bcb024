import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { card, enter, expect, signIn, test } from './desk.ts';

async function expectNoViolations(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(told, what).toEqual([]);
}

const PAGES = [
  { path: '/', shows: 'Harina de fuerza 25 kg' },
  { path: '/orders', shows: 'The Corner Deli' },
  { path: '/inventory', shows: 'Arroz bomba 1 kg' },
  { path: '/inventory/C3', shows: 'Mantequilla 1 kg' },
  { path: '/clients', shows: 'Bar La Farola' },
];

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test.describe(`${colorScheme}, ${width} px`, () => {
      test.use({ colorScheme, viewport: { width, height } });

      test('sign-in', async ({ page }) => {
        await page.goto('/sign-in');
        await expect(page.getByRole('button', { name: 'admin@demo.test' })).toBeVisible();
        await expectNoViolations(page, 'sign-in');
      });

      test('every page', async ({ page }) => {
        await enter(page, 'admin', '/');
        for (const { path, shows } of PAGES) {
          await page.goto(path);
          await expect(page.getByText(shows).first()).toBeVisible();
          await expectNoViolations(page, path);
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - window.innerWidth,
          );
          expect(overflow, `${path} scrolls sideways`).toBe(0);
        }
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
    });
  }
}

test.describe('in Spanish', () => {
  test.use({ locale: 'es-ES' });
  test('every page', async ({ page }) => {
    await signIn(page.request, 'admin');
    for (const { path, shows } of PAGES) {
      await page.goto(path);
      await expect(page.getByText(shows).first()).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', 'es');
      await expectNoViolations(page, path);
    }
  });
});
