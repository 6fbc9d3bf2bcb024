import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import pg from 'pg';
import { enter, expect, signIn, test } from './desk.ts';

/** More than the zone's topic and the list of products hold. */
const LEVELS = 6000;
const LOW = 1200;
/** Of a sku that comes late, changed longest ago: in no window. */
const NEEDLE = 'BIG-04321';

const row = (page: Page, sku: string) => page.locator(`tr[data-sku="${sku}"]`);

/** A zone of many levels, as an import of long ago would have left it. */
async function fill(database: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(database);
  await client.connect();
  try {
    await client.query(
      `WITH made AS (
         INSERT INTO product (id, sku, sku_key, name, barcode, barcode_key, amount, currency, stocked, created_at, updated_at)
         SELECT gen_random_uuid(), sku, fold_text(sku), 'Thing ' || n || CASE WHEN sku = $3 THEN ' Needle' ELSE '' END,
                '99' || n, '99' || n, 100, 'EUR', true, moment, moment
         FROM (SELECT n, 'BIG-' || lpad(n::text, 5, '0') AS sku,
                      timestamptz '2025-01-01' + n * interval '1 s' - CASE WHEN n = 4321 THEN interval '1 day' ELSE interval '0' END AS moment
               FROM generate_series(0, $1::int - 1) n) goods
         RETURNING id, sku, updated_at)
       INSERT INTO stock_level (zone, product_id, on_hand, reserved, reorder_point, updated_at)
       SELECT 'BIG', id, 50, 0, CASE WHEN row_number() OVER (ORDER BY sku) <= $2::int THEN 60 ELSE 0 END, updated_at
       FROM made`,
      [LEVELS, LOW, NEEDLE],
    );
  } finally {
    await client.end();
  }
}

test('a zone of more levels than its topic holds: counted, searched, scrolled through, and every change shows', async ({
  page,
  house,
  request,
}) => {
  await signIn(request, 'admin', house.url);
  const made = await request.post(`${house.url}/api/zones`, {
    headers: { origin: house.url },
    data: { code: 'BIG', name: 'Big shelf' },
  });
  expect(made.ok(), await made.text()).toBe(true);
  await fill(await house.database());

  await enter(page, 'operator', '/inventory/BIG', house.url);
  const table = page.getByRole('table');
  await expect(row(page, 'BIG-00000')).toBeVisible();
  await expect(page.getByText('6,000 rows')).toBeVisible();
  await expect(table).toHaveAttribute('aria-rowcount', String(LEVELS + 1));
  await expect(page.getByRole('link', { name: /^BIG/ })).toContainText('1,200');

  // To the end of what is here, and on.
  await expect(async () => {
    await page.evaluate(() => {
      const height = document.querySelector<HTMLElement>('tr[data-sku]')?.offsetHeight ?? 0;
      window.scrollTo(0, 350 * height);
    });
    await expect(row(page, 'BIG-00350')).toBeVisible({ timeout: 250 });
  }).toPass();
  await expect(row(page, 'BIG-00350')).toHaveAttribute('aria-rowindex', '352');

  await page.getByRole('searchbox').fill('needle');
  await expect(row(page, NEEDLE)).toBeVisible();
  await expect(page.getByText('1 row', { exact: true })).toBeVisible();
  await expect(row(page, NEEDLE).getByRole('cell').nth(2)).toHaveText('50');
  const [{ productId }] = await page.evaluate(async () => {
    const answer = await fetch('/api/inventory?q=needle');
    return (await answer.json()).items;
  });
  const adjusted = await request.post(`${house.url}/api/inventory/adjustments`, {
    headers: { origin: house.url },
    data: { productId, zone: 'BIG', delta: -7, reason: 'Broken' },
  });
  expect(adjusted.ok(), await adjusted.text()).toBe(true);
  await expect(row(page, NEEDLE).getByRole('cell').nth(2)).toHaveText('43');

  // What becomes low joins those that are, with its name, and is counted.
  await page.getByRole('searchbox').fill('');
  await page.getByRole('checkbox', { name: 'Only low' }).check();
  await expect(page.getByText('1,200 rows')).toBeVisible();
  await page.getByRole('link', { name: 'Available' }).click();
  await expect(page).toHaveURL(/sort=available/);
  await expect(row(page, NEEDLE)).toBeHidden();
  const pointed = await request.put(`${house.url}/api/inventory/reorder-points`, {
    headers: { origin: house.url },
    data: { productId, zone: 'BIG', reorderPoint: 80 },
  });
  expect(pointed.ok(), await pointed.text()).toBe(true);
  await page.mouse.move(0, 0);
  await expect(row(page, NEEDLE)).toHaveAttribute('aria-rowindex', '2');
  await expect(page.getByText('1,201 rows')).toBeVisible();
  await expect(page.getByRole('link', { name: /^BIG/ })).toContainText('1,201');

  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join()}`)).toEqual([]);
});
