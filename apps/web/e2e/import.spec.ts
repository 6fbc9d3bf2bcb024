import { enter, expect, signIn, test } from './desk.ts';
import { chooseByKeys, expectFocus, tabTo } from './keys.ts';

/** Sales of the past, of documents that no other file has. */
const salesOf = (mark: string): string =>
  [
    'Bon;SKU;Quantity;Date;Price;Customer',
    ...Array.from({ length: 60 }, (_, i) => `${mark}-${i};TEA;2;1${i % 9}/4/2024 10:00;1,50;Ana ${i % 12}`),
    `${mark}-90;TEA;many;13/4/2024 10:00;1,50;Ana 1`,
  ].join('\n');

test('a file is imported with the keyboard alone: a column is told, the bad line is seen, progress and result are shown', async ({
  page,
}) => {
  const mark = Date.now().toString(36);
  const name = `sales-${mark}.csv`;
  const sales = salesOf(mark);
  await enter(page, 'operator', '/import');
  const choose = page.getByLabel('Choose a CSV file');
  await tabTo(page, choose);
  const chooser = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(sales) });

  await expect(page.getByText('Still to be found: Document number')).toBeVisible({ timeout: 60_000 });
  await expectFocus(page);
  const meaning = page.getByLabel('Meaning of Bon');
  await tabTo(page, meaning);
  await chooseByKeys(meaning, 'document');
  await expect(page.getByRole('heading', { name: '1 line will be left out' })).toBeVisible();
  const bad = page.getByRole('list', { name: 'Lines that will be left out' });
  await expect(bad).toContainText('Line 62: Quantity “many” is no number');
  await expect(bad).toContainText(`${mark}-90;TEA;many`);

  const run = page.getByRole('button', { name: 'Import', exact: true });
  await expect(run).toHaveAttribute('aria-busy', 'false');
  await tabTo(page, run);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '60 documents imported' })).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('progressbar', { name: 'Orders and returns' })).toHaveAttribute('value', '60');
  await expectFocus(page);

  // Left and come back to, in another tab too.
  const address = page.url();
  await page.goto('/import');
  await tabTo(page, page.getByRole('link', { name: new RegExp(name) }));
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(address);
  await expect(page.getByRole('heading', { name: '60 documents imported' })).toBeVisible();

  // The same file again has nothing to say.
  await page.goto('/import');
  const again = page.waitForEvent('filechooser');
  await tabTo(page, choose);
  await page.keyboard.press('Enter');
  await (await again).setFiles({
    name: 'again.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(sales.replace('Bon', 'Invoice')),
  });
  await expect(page.getByText('There is nothing new in this file.')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
});

test('[I3][I4] guesses are shown with what else it could be, and what is no goods is set right before anything is made', async ({
  page,
}) => {
  const mark = Date.now().toString(36);
  await enter(page, 'operator', '/import');
  await page.getByLabel('Choose a CSV file').setInputFiles({
    name: `shop-${mark}.csv`,
    mimeType: 'text/csv',
    buffer: Buffer.from(
      [
        'Order No,Date,SKU,Description,Qty,Unit Cost,Price,Status',
        `CO-${mark},13/01/2024,hoodie-${mark},Hoodie,2.000,1.100,2.500,paid`,
        `CO-${mark},13/01/2024,ship-${mark},Express shipping,1.000,1.000,1.250,paid`,
      ].join('\n'),
    ),
  });
  const guesses = page.getByRole('list', { name: 'Guesses' });
  await expect(guesses).toContainText('Decimals are taken to follow “.”', { timeout: 60_000 });
  const unused = page.getByRole('list', { name: 'Columns that are not used' });
  await expect(unused).toContainText('Unit Cost · a price?');
  await expect(unused).toContainText('Status · a status? · paid');

  const services = page.getByRole('list', { name: 'New products that are no goods' });
  const shipping = services.getByRole('checkbox', { name: `ship-${mark} Express shipping` });
  await expect(shipping).toBeChecked();
  await page.getByLabel('Code of another one').fill(`HOODIE-${mark}`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(services.getByRole('checkbox', { name: `hoodie-${mark} Hoodie` })).toBeChecked();
  await shipping.uncheck();
  await expect(page.getByText('1 of them is no goods, such as postage')).toBeVisible();

  await guesses.getByRole('button', { name: 'Use 1,50' }).click();
  await expect(guesses).toBeHidden();
  await expect(page.getByText(`2,000 × hoodie-${mark}`)).toBeAttached();
});

test('a client that is there twice is merged: orders go over, and what is kept is chosen field by field', async ({
  page,
  baseURL,
}) => {
  await signIn(page.request, 'operator');
  const headers = { origin: String(baseURL) };
  const add = async (data: object) =>
    (await (await page.request.post('/api/clients', { headers, data })).json()).client;
  const mark = Date.now().toString(36);
  const kept = await add({ name: `Casa ${mark}`, phone: '600' });
  const duplicate = await add({ name: `CASA ${mark}`, phone: '700', email: `casa@${mark}.test` });
  const products = await (await page.request.get('/api/products?q=arroz')).json();
  const placed = await page.request.post('/api/orders', {
    headers,
    data: { clientId: duplicate.id, lines: [{ productId: products.items[0].id, quantity: 1 }] },
  });
  const { order } = await placed.json();

  await page.goto(`/clients?q=${mark}`);
  await page.getByText(/may be there twice/).click();
  await page.getByRole('button', { name: `Merge ${kept.name} and ${duplicate.name}` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(`1 open order of ${duplicate.name} moves over`);
  await dialog.getByRole('group', { name: 'Phone' }).getByText('700').click();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(dialog).toBeHidden();

  await page.getByRole('link', { name: kept.name, exact: true }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('700');
  await expect(drawer).toContainText(`casa@${mark}.test`);
  await expect(drawer.getByRole('link', { name: new RegExp(`#${order.number}\\b`) })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(new RegExp(`/clients\\?q=${mark}$`));

  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Export CSV' }).click();
  expect((await download).suggestedFilename()).toMatch(/^clients-\d{4}-\d\d-\d\d\.csv$/);
});
