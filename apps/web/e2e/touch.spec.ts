import type { APIRequestContext, Page } from '@playwright/test';
import { colleague } from './colleague.ts';
import { card, column, enter, expect, expectLive, placedNumber, signIn, test } from './desk.ts';
import { expectSeen, tap, write } from './touch.ts';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
test.use(PHONE);

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const shown = (page: Page, name: string) => page.getByRole('link', { name, exact: true });

/** What is behind the last button of the bar. */
async function goTo(page: Page, name: string): Promise<void> {
  await tap(button(page, 'More'));
  await tap(page.getByRole('menuitem', { name }));
}

const quantityOf = (page: Page, product: string) => page.getByLabel(`Quantity of ${product}`);

test('an order of two products is placed with a finger', async ({ page }) => {
  await enter(page, 'operator', '/');
  await tap(shown(page, 'Orders'));
  await tap(button(page, 'New order'));
  await write(page.getByRole('combobox', { name: 'Client' }), 'mira');
  await tap(page.getByRole('option', { name: /^Hotel Miramar/ }));
  const products = page.getByRole('combobox', { name: 'Add a product' });
  await write(products, 'arroz largo');
  await tap(page.getByRole('option', { name: /Arroz largo 5 kg/ }));
  await write(products, 'lenteja');
  await tap(page.getByRole('option', { name: /Lenteja pardina 1 kg/ }));
  await write(quantityOf(page, 'Lenteja pardina 1 kg'), '3');
  await tap(button(page, 'Place order'));
  const number = await placedNumber(page);
  await tap(card(column(page, 'placed'), number));
  await expect(page.getByRole('dialog')).toContainText('Hotel Miramar');

  const id = new URL(page.url()).pathname.split('/').pop();
  const { order } = await (await page.request.get(`/api/orders/${id}`)).json();
  expect(order).toMatchObject({ number: Number(number), clientName: 'Hotel Miramar', status: 'placed' });
  expect(order.lines).toMatchObject([
    { name: 'Arroz largo 5 kg', quantity: 1 },
    { name: 'Lenteja pardina 1 kg', quantity: 3 },
  ]);
});

test('what somebody else changes meanwhile is seen and merged field by field with a finger', async ({
  page,
  request,
}) => {
  const other = await colleague(request);
  await other.receive(20);
  const order = await other.place();
  await enter(page, 'admin', '/orders');
  await tap(card(page, order.number));
  await tap(button(page, 'Edit'));
  const quantity = page.getByLabel(/^Quantity of/);
  await write(quantity, '3');
  await write(page.getByLabel('Notes'), 'By noon');
  await other.edit(order, { notes: 'Use the back door', quantity: 5 });

  await expectSeen(page.getByText('Somebody changed this order meanwhile'));
  await tap(button(page, 'See what changed'));
  await tap(page.getByRole('radio', { name: 'Theirs: 5' }));
  await expect(page.getByRole('radio', { name: 'Yours: By noon' })).toBeChecked();
  await tap(button(page, 'Go on with these choices'));
  await expect(quantity).toHaveValue('5');
  await expect(page.getByLabel('Notes')).toHaveValue('By noon');
  await tap(button(page, 'Save changes'));
  await expect(button(page, 'Edit')).toBeVisible();
  expect(await other.look(order.id)).toMatchObject({
    version: 3,
    notes: 'By noon',
    lines: [{ quantity: 5 }],
  });
});

test('a card is moved by its menu, and on from the drawer, with a finger', async ({ page, request }) => {
  const other = await colleague(request);
  await other.receive(1);
  const order = await other.place();
  await enter(page, 'admin', '/orders');
  await tap(button(page, `Move order #${order.number}`));
  await tap(button(page, 'Start picking'));
  await tap(card(column(page, 'picking'), order.number));
  await tap(button(page, 'Mark as packed'));
  await expect(button(page, 'Ship')).toBeVisible();
  await tap(button(page, 'Close'));
  await expect(card(column(page, 'packed'), order.number)).toBeVisible();
  await expect(page).toHaveURL(/\/orders$/);
  expect(await other.look(order.id)).toMatchObject({ status: 'packed' });
});

/** A zone of its own, with something on its shelves. */
async function fillZone(request: APIRequestContext): Promise<{ code: string; names: string[] }> {
  const code = `T${Date.now().toString(36).toUpperCase().slice(-5)}`;
  await signIn(request, 'admin');
  await request.post('/api/zones', { data: { code, name: `Shelf ${code}` } });
  const { items } = await (await request.get('/api/products?q=aceite')).json();
  for (const { id } of items)
    await request.post('/api/inventory/receipts', { data: { productId: id, zone: code, quantity: 10 } });
  return { code, names: items.map(({ name }: { name: string }) => name) };
}

test('a zone is counted with a finger', async ({ page, request }) => {
  const { code, names } = await fillZone(request);
  const [first = '', second = ''] = names;
  await enter(page, 'operator', '/');
  await tap(shown(page, 'Inventory'));
  await tap(page.getByRole('link', { name: new RegExp(`^${code}`) }));
  await tap(shown(page, 'Count'));
  await tap(button(page, 'Start counting'));

  const form = page.getByRole('form', { name: 'Count a product' });
  await write(form.getByRole('combobox', { name: 'Product' }), first);
  await tap(page.getByRole('option', { name: new RegExp(`^${first}`) }));
  const howMany = form.getByLabel('How many');
  await write(howMany, '8');
  await tap(button(page, 'Record'));
  await expect(page.getByRole('heading', { name: /^1 of \d+ counted$/ })).toBeVisible();
  // From the list, without typing what it is.
  await tap(page.getByRole('button', { name: new RegExp(`^${second}`) }));
  await expect(howMany).toBeFocused();
  await expectSeen(howMany);
  await page.keyboard.type('12');
  await tap(button(page, 'Record'));
  await expect(page.getByRole('heading', { name: /^2 of \d+ counted$/ })).toBeVisible();
  await tap(button(page, 'Finish'));
  await tap(button(page, 'Finish and apply'));
  await expect(page.getByText(/^Finished by/)).toBeVisible();

  const { items } = await (await request.get(`/api/inventory?zone=${code}&limit=200`)).json();
  const onHand = (name: string) => items.find((level: { name: string }) => level.name === name)?.onHand;
  expect([onHand(first), onHand(second)]).toEqual([8, 12]);
});

test('a file is imported with a finger', async ({ page }) => {
  const mark = Date.now().toString(36);
  const sales = [
    'Bon;SKU;Units;Date;Price;Customer',
    `T-1;TOUCH-${mark};2;14/4/2024 10:00;1,50;Ana ${mark}`,
    `T-2;TOUCH-${mark};many;14/4/2024 11:00;1,50;Ana ${mark}`,
    `T-3;TOUCH-${mark};3;14/4/2024 12:00;1,50;Ana ${mark}`,
  ].join('\n');
  await enter(page, 'operator', '/');
  await goTo(page, 'Import');
  const chooser = page.waitForEvent('filechooser');
  await tap(page.getByLabel('Choose a CSV file'));
  const file = { name: `touch-${mark}.csv`, mimeType: 'text/csv', buffer: Buffer.from(sales) };
  await (await chooser).setFiles(file);

  await expect(page.getByText(/^Still to be found: Document number/)).toBeVisible({ timeout: 60_000 });
  const meaning = page.getByLabel('Meaning of Bon');
  await tap(meaning);
  // What a phone shows for a list is its own.
  await meaning.selectOption('document');
  const source = page.getByLabel('Source');
  await tap(source);
  await source.selectText();
  // The file is read again with it a moment after the last key, and takes no press meanwhile.
  const read = page.waitForResponse((answer) => {
    const { source } = answer.url().endsWith('/preview') ? answer.request().postDataJSON() : {};
    return source === mark;
  });
  await page.keyboard.type(mark);
  await read;
  await expect(page.getByRole('heading', { name: '1 line will be left out' })).toBeVisible();
  await expect(button(page, 'Import')).toHaveAttribute('aria-busy', 'false');
  await tap(button(page, 'Import'));
  await expect(page.getByRole('heading', { name: '2 documents imported' })).toBeVisible({ timeout: 60_000 });

  const { items } = await (await page.request.get(`/api/orders?q=TOUCH-${mark}`)).json();
  expect(items).toHaveLength(2);
});

test('a person is invited, and lets themselves in, with a finger', async ({ page, browser }) => {
  const mark = Date.now().toString(36);
  const email = `rosa-${mark}@people.test`;
  await enter(page, 'admin', '/');
  await goTo(page, 'Settings');
  await tap(page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'People' }));
  await tap(button(page, 'Invite'));
  await write(page.getByRole('textbox', { name: 'Name', exact: true }), `Rosa ${mark}`);
  await write(page.getByRole('textbox', { name: 'Email' }), email);
  const role = page.getByRole('combobox', { name: 'Role' });
  await tap(role);
  await role.selectOption('viewer');
  await tap(button(page, 'Make the link'));
  const link = page.getByRole('textbox', { name: 'Invitation link' });
  await tap(link);
  const address = await link.inputValue();
  await tap(button(page, 'I have passed it on'));
  await expect(page.getByText(email)).toBeVisible();

  const theirs = await browser.newContext({ ...PHONE, locale: 'en-GB', reducedMotion: 'reduce' });
  const rosa = await theirs.newPage();
  await rosa.goto(address);
  await write(rosa.getByLabel('Choose a password'), 'a long password');
  await tap(button(rosa, 'Start'));
  await expectLive(rosa);
  await expect(page.getByRole('listitem').filter({ hasText: email })).toBeHidden();
  const { items } = await (await page.request.get('/api/people?limit=200')).json();
  expect(items).toContainEqual(expect.objectContaining({ email, role: 'viewer', active: true }));
  await theirs.close();
});
