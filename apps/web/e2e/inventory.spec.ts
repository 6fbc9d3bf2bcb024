import type { Page } from '@playwright/test';
import { enter, expect, test } from './desk.ts';
import { expectFocus, tabTo } from './keys.ts';

/** Scans or types a product, Enter, how many, Enter. */
async function record(page: Page, product: string, counted: number): Promise<void> {
  await expect(page.getByRole('combobox', { name: 'Product' })).toBeFocused();
  await page.keyboard.type(product);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('How many')).toBeFocused();
  await page.keyboard.type(String(counted));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Product' })).toHaveValue('');
}

const row = (page: Page, sku: string) => page.locator(`tr[data-sku="${sku}"]`);

test('two people count a zone together by keyboard, and both see what came of it', async ({ browser }) => {
  const [ines, tomas] = [await browser.newContext(), await browser.newContext()];
  const [page, other] = [await ines.newPage(), await tomas.newPage()];
  await enter(page, 'admin', '/inventory/C3/count');
  await enter(other, 'operator', '/inventory/C3/count');
  await tabTo(page, page.getByRole('button', { name: 'Start counting' }));
  await page.keyboard.press('Enter');

  const progress = (of: Page) => of.getByRole('region', { name: /of \d+ counted$/ });
  await expect(progress(other)).toBeVisible();
  // A barcode and a sku, as a scanner and a person send them.
  await record(page, '8400000030035', 81);
  await record(other, 'MAN-TIERRA', 7);
  for (const of of [page, other]) {
    await expect(of.getByRole('heading', { name: /^2 of \d+ counted$/ })).toBeVisible();
    await expect(progress(of).getByRole('progressbar')).toHaveCount(2);
  }
  // The last word counts, and says whose it replaces.
  await record(other, 'NAT-35-1', 80);
  await expect(other.getByText(/had counted 81/)).toBeVisible();

  await tabTo(page, page.getByRole('button', { name: 'Finish', exact: true }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Finish and apply' }));
  await page.keyboard.press('Enter');
  for (const of of [page, other]) {
    await expect(of.getByText(/^Finished by/)).toBeVisible();
    await expectFocus(of);
    await tabTo(of, of.getByRole('link', { name: 'Cámara fría' }));
    await of.keyboard.press('Enter');
    await expect(row(of, 'NAT-35-1').getByRole('cell').first()).toHaveText('80');
    await expect(row(of, 'MAN-TIERRA-1').getByRole('cell').first()).toHaveText('7');
  }
  await ines.close();
  await tomas.close();
});

test('what is low says how much is needed, and a receipt can be undone', async ({ page }) => {
  await enter(page, 'operator', '/inventory');
  await page.getByRole('link', { name: /^Low stock/ }).click();
  await expect(page).toHaveURL(/low=1/);
  const flour = row(page, 'HAR-FUERZA-25');
  await expect(flour.getByRole('cell').nth(3)).toHaveText('1');
  await page.getByRole('button', { name: 'Receive Harina de fuerza 25 kg' }).click();
  await page.getByLabel('Quantity').fill('20');
  await expect(page.getByText('14 → 34')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Receive' }).click();
  // Under the mouse it stays.
  await page.getByText('A1: now 34 on hand').hover();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Undone', { exact: true })).toBeVisible();
  await expect(flour.getByRole('cell').nth(1)).toHaveText('8');
});

test('the ledger of a product tells who did what, live, and its chart has words', async ({
  page,
  browser,
}) => {
  await enter(page, 'viewer', '/inventory?q=ARR-BOMBA');
  await page.getByRole('link', { name: 'Arroz bomba 1 kg' }).click();
  await expect(page.getByRole('heading', { name: 'Arroz bomba 1 kg', level: 1 })).toBeVisible();
  await expect(page.getByRole('img', { name: /Stock of Arroz bomba 1 kg over time/ })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: /Received A1/ })).toBeVisible();

  const context = await browser.newContext();
  const other = await context.newPage();
  await enter(other, 'operator', '/inventory?q=ARR-BOMBA');
  await other.getByRole('button', { name: 'Actions for Arroz bomba 1 kg' }).click();
  await other.getByRole('menuitem', { name: 'Adjust' }).click();
  await other.getByLabel('Change by').fill('-2');
  const reason = `Torn bags ${Date.now()}`;
  await other.getByLabel('Reason').fill(reason);
  await other.getByRole('dialog').getByRole('button', { name: 'Adjust' }).click();
  const torn = page.getByRole('row', { name: new RegExp(`Adjusted.*${reason}`) });
  await expect(torn).toBeVisible();
  await expect(torn.getByRole('cell', { name: '-2' })).toBeVisible();
  await page.getByText('Show as a table').click();
  await expect(page.getByRole('region', { name: 'Stock over time' }).getByRole('table')).toBeVisible();
  await context.close();
});
