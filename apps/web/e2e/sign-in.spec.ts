import { colleague } from './colleague.ts';
import { card, enter, expect, expectLive, PASSWORD, test } from './desk.ts';

test('a wrong password is said and the right one leads back to where one was going', async ({ page }) => {
  await page.goto('/inventory/A1');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.getByLabel('Email').fill('operator@demo.test');
  await page.getByLabel('Password').fill('not-the-password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toHaveText('Email or password is wrong.');

  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL('/inventory/A1');
  await expectLive(page);
});

test('signing out ends at the sign-in', async ({ page }) => {
  await enter(page, 'operator', '/');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await page.goto('/orders');
  await expect(page).toHaveURL('/sign-in?from=%2Forders');
});

test('[A1] a viewer sees everything and is offered nothing to change', async ({ page, request }) => {
  const other = await colleague(request);
  await other.receive(1);
  const { number } = await other.place();
  await enter(page, 'viewer', '/orders');
  await expect(card(page, number)).toBeVisible();
  await expect(page.getByRole('button', { name: 'New order' })).toBeHidden();
  await card(page, number).click();
  await expect(page.getByRole('dialog')).toContainText('Mostrador');
  await expect(page.getByRole('dialog').getByRole('button')).toHaveCount(1);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Inventory' }).click();
  await expect(page.getByRole('row', { name: /ACE-GIRA-5/ }).first()).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
  await page.getByRole('link', { name: 'Clients' }).click();
  await expect(page.getByRole('row', { name: /Bar La Farola/ })).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
});

test('language and theme are remembered', async ({ page }) => {
  await enter(page, 'viewer', '/');
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitemradio', { name: 'Español' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Resumen');
  await page.getByRole('button', { name: /^Tu cuenta/ }).click();
  await page.getByRole('menuitemradio', { name: 'Oscuro' }).click();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Resumen');
  await expect(page.locator('html')).toHaveAttribute('lang', 'es');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
