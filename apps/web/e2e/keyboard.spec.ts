import { card, column, enter, expect, placedNumber, test } from './desk.ts';
import { tabTo } from './keys.ts';

test('an order can be placed with the keyboard alone', async ({ page }) => {
  await enter(page, 'operator', '/orders');
  const open = page.getByRole('button', { name: 'New order' });
  await tabTo(page, open);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Client' })).toBeFocused();
  await page.keyboard.type('mira');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('combobox', { name: 'Client' })).toHaveValue('Hotel Miramar');

  await tabTo(page, page.getByRole('combobox', { name: 'Add a product' }));
  await page.keyboard.type('arroz');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const quantity = page.getByLabel('Quantity of Arroz largo 5 kg');
  await tabTo(page, quantity);
  await page.keyboard.type('2');
  await tabTo(page, page.getByRole('button', { name: 'Place order' }));
  await page.keyboard.press('Space');

  const number = await placedNumber(page);
  await expect(card(column(page, 'placed'), number)).toBeVisible();
  await expect(open).toBeFocused();
  await expect(page.getByRole('dialog')).toBeHidden();
});
