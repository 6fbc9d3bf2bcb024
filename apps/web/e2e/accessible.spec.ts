import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { card, enter, expect, pick, signIn, test } from './desk.ts';
import { type KnownPage, PAGES, pathOf } from './pages.ts';

async function expectNoViolations(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  expect(told, what).toEqual([]);
}

/** What it is about is on the screen, and nothing lies beside it. */
async function expectFits(page: Page, path: string, known: KnownPage): Promise<void> {
  const place = known.drawer ? page.getByRole('dialog') : page;
  await expect(place.getByText(known.shows).filter({ visible: true }).first()).toBeVisible();
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await expect.poll(overflow, `${path} scrolls sideways`).toBe(0);
}

async function expectSoundPage(page: Page, known: KnownPage): Promise<void> {
  const path = await pathOf(page.request, known);
  await page.goto(path);
  await expectFits(page, path, known);
  await expect(page, path).toHaveTitle(/\S · Almenara$/);
  await expectNoViolations(page, path);
}

/** Tablets, standing and lying, and a desk. */
const WIDER = [
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
];

const OPEN = PAGES.filter((page) => page.open);
const SIGNED_IN = PAGES.filter((page) => !page.open);

/** Both themes, widths and languages; not each with each, which would show little more and take four times as long. */
const LONGEST = 'es-ES';
const LOOKS = [
  { colorScheme: 'light', width: 1440, height: 900, locale: 'en-GB' },
  { colorScheme: 'dark', width: 390, height: 844, locale: LONGEST },
] as const;

for (const { colorScheme, width, height, locale } of LOOKS) {
  test.describe(`${colorScheme}, ${width} px`, () => {
    test.use({ colorScheme, viewport: { width, height } });

    test.describe(locale, () => {
      test.use({ locale });

      for (const page of OPEN) {
        test(page.name, ({ page: browser }) => expectSoundPage(browser, page));
      }

      test('every page', async ({ page }) => {
        test.setTimeout(300_000);
        await signIn(page.request, 'admin');
        for (const known of SIGNED_IN) {
          await page.setViewportSize({ width, height });
          await expectSoundPage(page, known);
          for (const size of locale === LONGEST ? WIDER : []) {
            await page.setViewportSize(size);
            await expectFits(page, `${known.path} at ${size.width} px`, known);
          }
          await expect(page.locator('html')).toHaveAttribute('lang', locale.slice(0, 2));
        }
      });
    });

    test('drawer and dialogs', async ({ page }) => {
      await enter(page, 'admin', '/orders');
      await card(page, 8).click();
      await expect(page.getByRole('dialog')).toContainText('The Corner Deli');
      await expectNoViolations(page, 'order');
      await page.getByRole('button', { name: 'Edit' }).click();
      await expectNoViolations(page, 'order editor');
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      await page.getByRole('link', { name: 'Pick list' }).click();
      await expect(page.getByRole('heading', { name: 'Pick list' })).toBeVisible();
      await expect(page.getByRole('checkbox', { name: /^Picked: / }).first()).toBeVisible();
      await expectNoViolations(page, 'pick list');
      await page.goto('/orders');
      await page.getByRole('button', { name: 'New order' }).click();
      await page.getByRole('combobox', { name: 'Add a product' }).fill('a');
      await expectNoViolations(page, 'new order');
    });

    test.describe('with the app’s files at hand', () => {
      test.use({ serviceWorkers: 'allow' });
      test.afterEach(({ house }) => house.line.restore());
      test('without network: what waits, and an order that has no number yet', async ({ page, house }) => {
        await enter(page, 'admin', '/orders', house.url);
        await page.evaluate(async () => void (await navigator.serviceWorker.ready));
        house.line.cut();
        await expect(page.getByText('No connection. This is how things stood')).toBeVisible();
        await page.getByRole('button', { name: 'New order' }).click();
        await pick(page, 'Client', 'corner');
        await pick(page, 'Add a product', 'LEN-PARD');
        await page.keyboard.press('Control+Enter');
        const unsent = page.getByRole('link', { name: /^\(new\) Waiting to be sent/ });
        await expect(unsent).toBeVisible();
        await expectNoViolations(page, 'offline');
        await unsent.click();
        const drawer = page.getByRole('dialog', { name: /^Order \(new\)/ });
        await expect(drawer).toContainText('It has no history yet');
        await expect(drawer.getByRole('link', { name: 'Pick list' })).toBeHidden();
        await expectNoViolations(page, 'an order that waits');
        await page.keyboard.press('Escape');
        await page.getByRole('button', { name: '1 change waits' }).click();
        const queue = page.getByRole('dialog', { name: 'Changes on their way' });
        await expect(queue).toContainText('New order for The Corner Deli');
        await expectNoViolations(page, 'queue');
      });
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
