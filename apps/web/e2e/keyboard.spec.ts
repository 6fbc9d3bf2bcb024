import { colleague } from './colleague.ts';
import { card, column, enter, expect, placedNumber, test } from './desk.ts';
import { expectFocus, tabTo } from './keys.ts';

test('an order can be placed with the keyboard alone', async ({ page }) => {
  await enter(page, 'operator', '/orders');
  const open = page.getByRole('button', { name: 'New order' });
  await tabTo(page, open);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused();
  await page.keyboard.type('mira');
  await expect(page.getByRole('option', { selected: true })).toContainText('Hotel Miramar');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Client' })).toHaveValue('Hotel Miramar');

  await tabTo(page, page.getByRole('combobox', { name: 'Add a product' }));
  await page.keyboard.type('arroz');
  await expect(page.getByRole('option', { selected: true })).toContainText('Arroz bomba 1 kg');
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('option', { selected: true })).toContainText('Arroz largo 5 kg');
  await page.keyboard.press('Enter');
  const quantity = page.getByLabel('Quantity of Arroz largo 5 kg');
  await tabTo(page, quantity);
  await page.keyboard.type('2');
  await tabTo(page, page.getByRole('button', { name: 'Place order' }));
  await page.keyboard.press('Space');

  const number = await placedNumber(page);
  await expect(card(column(page, 'placed'), number)).toBeVisible();
  await expect(open).toBeFocused();
  const { items } = await (await page.request.get(`/api/orders?q=${number}`)).json();
  expect(items).toContainEqual(
    expect.objectContaining({
      number: Number(number),
      clientName: 'Hotel Miramar',
      lines: [expect.objectContaining({ name: 'Arroz largo 5 kg', quantity: 2 })],
    }),
  );
});

test('what somebody else changes meanwhile is merged field by field with the keyboard alone', async ({
  page,
  request,
}) => {
  const other = await colleague(request);
  await other.receive(20);
  const order = await other.place();
  await enter(page, 'admin', '/orders');
  await expect(card(page, order.number)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(`#${order.number}`);
  await expect(page.getByRole('option', { selected: true })).toContainText('Mostrador');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog', { name: `Order #${order.number}` });
  await expect(drawer).toBeVisible();
  await expectFocus(page);
  const edit = page.getByRole('button', { name: 'Edit' });
  await tabTo(page, edit);
  await page.keyboard.press('Enter');
  const quantity = page.getByLabel(/^Quantity of/);
  await expect(quantity).toBeVisible();
  await expectFocus(page);
  await tabTo(page, quantity);
  await page.keyboard.type('3');
  const notes = page.getByLabel('Notes');
  await tabTo(page, notes);
  await page.keyboard.type('By ');
  await other.edit(order, { notes: 'Use the back door', quantity: 5 });

  // It takes nobody's words from under their fingers.
  await expect(page.getByText('Somebody changed this order meanwhile')).toBeInViewport();
  await page.keyboard.type('noon');
  await expect(notes).toHaveValue('By noon');
  await tabTo(page, page.getByRole('button', { name: 'See what changed' }));
  await page.keyboard.press('Enter');
  await expectFocus(page);
  await tabTo(page, page.getByRole('radio', { name: 'Yours: 3' }));
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Theirs: 5' })).toBeChecked();
  await tabTo(page, page.getByRole('button', { name: 'Go on with these choices' }));
  await page.keyboard.press('Enter');
  await expect(quantity).toHaveValue('5');
  await expect(notes).toHaveValue('By noon');
  await expectFocus(page);
  await tabTo(page, page.getByRole('button', { name: 'Save changes' }));
  await page.keyboard.press('Enter');
  await expect(edit).toBeVisible();
  await expectFocus(page);
  expect(await other.look(order.id)).toMatchObject({
    version: 3,
    notes: 'By noon',
    lines: [{ quantity: 5 }],
  });
  await page.keyboard.press('Escape');
  await expect(drawer).toBeHidden();
  await expectFocus(page);
});

test('a card is moved on the board and from the drawer with the keyboard alone, and keeps the focus', async ({
  page,
  request,
}) => {
  const other = await colleague(request);
  await other.receive(1);
  const order = await other.place();
  await enter(page, 'admin', '/orders');
  const placed = card(column(page, 'placed'), order.number);
  await expect(placed).toBeVisible();
  await tabTo(page, placed);
  await page.keyboard.press('m');
  await expect(page.getByRole('button', { name: 'Start picking' })).toBeFocused();
  await page.keyboard.press('Enter');
  const picking = card(column(page, 'picking'), order.number);
  await expect(picking).toBeFocused();
  await expectFocus(page);

  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Mark as packed' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Ship' })).toBeVisible();
  await expectFocus(page);
  await page.keyboard.press('Escape');
  const packed = card(column(page, 'packed'), order.number);
  await expect(packed).toBeFocused();

  // What cannot be taken back asks, and leads back to the card.
  await page.keyboard.press('m');
  await expect(page.getByRole('button', { name: 'Ship' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Keep it' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alertdialog')).toBeHidden();
  await expect(packed).toBeFocused();
  expect(await other.look(order.id)).toMatchObject({ status: 'packed' });
});
