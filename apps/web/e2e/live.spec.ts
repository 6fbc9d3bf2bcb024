import type { Locator } from '@playwright/test';
import {
  card,
  column,
  enter,
  expect,
  expectSamePage,
  expectTold,
  markPage,
  placeOrder,
  test,
} from './desk.ts';

test('what one does is on the other’s screen and on one’s own second tab, without a reload', async ({
  browser,
}) => {
  const [ines, tomas] = [await browser.newContext(), await browser.newContext()];
  const [first, second, other] = [await ines.newPage(), await ines.newPage(), await tomas.newPage()];
  await enter(first, 'admin', '/orders');
  await enter(second, 'admin', '/orders');
  await enter(other, 'operator', '/orders');
  for (const page of [first, second, other]) await markPage(page);

  const number = await placeOrder(first, 'corner', 'PIM-PIQ', 3);
  for (const page of [first, second, other]) await expect(card(column(page, 'placed'), number)).toBeVisible();
  await expectTold(other, `The Corner Deli: order #${number} placed`);

  await card(other, number).click();
  await other.getByRole('button', { name: 'Start picking' }).click();
  await expectTold(other, `Order #${number}: Picking`);
  for (const page of [first, second]) {
    await expect(card(column(page, 'picking'), number)).toBeVisible();
    await expect(card(column(page, 'placed'), number)).toBeHidden();
  }

  await other.keyboard.press('Escape');
  for (const page of [second, other]) {
    await page.getByRole('link', { name: 'Inventory' }).click();
    await expect(page.getByRole('heading', { name: 'Inventory', level: 1 })).toBeVisible();
    await page.getByRole('searchbox').fill('NAT-35');
  }
  const before = await onHand(second.locator('tr[data-sku="NAT-35-1"]'));
  await other.getByRole('button', { name: 'Actions for Nata 35 % 1 l' }).click();
  await other.getByRole('menuitem', { name: 'Receive' }).click();
  await other.getByLabel('Quantity').fill('12');
  await other.getByRole('dialog').getByRole('button', { name: 'Receive' }).click();
  await expect.poll(() => onHand(second.locator('tr[data-sku="NAT-35-1"]'))).toBe(before + 12);

  for (const page of [first, second, other]) await expectSamePage(page);
  await ines.close();
  await tomas.close();
});

async function onHand(row: Locator): Promise<number> {
  return Number(await row.getByRole('cell').nth(1).textContent());
}

test('an edit on top of somebody else’s is turned down, shown and can be taken over', async ({ browser }) => {
  const [ines, tomas] = [await browser.newContext(), await browser.newContext()];
  const [page, other] = [await ines.newPage(), await tomas.newPage()];
  await enter(page, 'admin', '/orders');
  await enter(other, 'operator', '/orders');
  const number = await placeOrder(page, 'ultramarinos', 'LEN-PARD', 2);

  await card(page, number).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Notes').fill('Ring twice.');
  await card(other, number).click();
  await other.getByRole('button', { name: 'Edit' }).click();
  await other.getByLabel(/^Quantity of/).fill('5');
  await other.getByRole('button', { name: 'Save changes' }).click();

  await expect(page.getByRole('alert')).toContainText('Lenteja pardina 1 kg: 2 → 5');
  await page.getByRole('button', { name: 'Take over the new state' }).click();
  await expect(page.getByLabel('Notes')).toHaveValue('Ring twice.');
  await page.getByRole('button', { name: 'Save changes' }).click();
  // The history tells it, too.
  await expect(other.getByRole('paragraph').filter({ hasText: 'Ring twice.' })).toBeVisible();
  await ines.close();
  await tomas.close();
});
