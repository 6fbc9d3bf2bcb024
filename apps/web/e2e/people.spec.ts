import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { enter, expect, expectLive, expectSamePage, expectTold, markPage, test } from './desk.ts';
import { House } from './house.ts';
import { expectFocus, tabTo } from './keys.ts';

const PASSWORD = 'a long password';

async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`),
    what,
  ).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, `${what} scrolls sideways`).toBe(0);
}

/** Invites with the keyboard alone; resolves to the link. */
async function inviteByKeyboard(page: Page, name: string, email: string): Promise<string> {
  await tabTo(page, page.getByRole('button', { name: 'Invite' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
  await page.keyboard.type(name);
  await tabTo(page, page.getByRole('textbox', { name: 'Email' }));
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Copy' })).toBeFocused();
  const link = await page.getByRole('textbox', { name: 'Invitation link' }).inputValue();
  await tabTo(page, page.getByRole('button', { name: 'I have passed it on' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expectFocus(page);
  return link;
}

test('[A2] invited by keyboard, let in by a link, of another role at once, and put out at once', async ({
  page,
  browser,
}) => {
  const [name, email] = [`Lola ${Date.now()}`, `lola-${Date.now()}@people.test`];
  await enter(page, 'admin', '/settings/people');
  await expect(page.getByText('viewer@demo.test')).toBeVisible();
  const link = await inviteByKeyboard(page, name, email);
  await expect(page.getByText(email)).toBeVisible();

  const theirs = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  const lola = await theirs.newPage();
  await lola.goto(link);
  await expect(lola.getByText(name)).toBeVisible();
  await expect(lola.getByText('Operator')).toBeVisible();
  await expectAccessible(lola, 'invitation');
  await expect(lola.getByLabel('Choose a password')).toBeFocused();
  await lola.keyboard.type('short');
  await lola.keyboard.press('Enter');
  await expect(lola.getByText('At least 10 characters.')).toBeVisible();
  await tabTo(lola, lola.getByLabel('Choose a password'));
  await lola.keyboard.press('Control+a');
  await lola.keyboard.type(PASSWORD);
  await lola.keyboard.press('Enter');
  await expectLive(lola);
  await expectFocus(lola);
  await lola.getByRole('link', { name: 'Clients' }).click();
  await expect(lola.getByRole('button', { name: 'New client' })).toBeVisible();
  await markPage(lola);

  // She is on the administrator's list without a reload, and so is what she may do on her screen.
  const actions = page.getByRole('button', { name: `Actions for ${name}` });
  await actions.click();
  await page.getByRole('menuitem', { name: 'Change role' }).click();
  await page.getByRole('combobox', { name: 'Role' }).selectOption('viewer');
  await page.getByRole('button', { name: 'Change role' }).click();
  await expectTold(page, `${name}: Viewer`);
  await expect(lola.getByRole('button', { name: 'New client' })).toBeHidden();
  await expectLive(lola);
  await expectSamePage(lola);

  await actions.click();
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await expectAccessible(page, 'deactivation');
  await page.getByRole('button', { name: 'Deactivate', exact: true }).click();
  await expect(lola.getByText('You were signed out.')).toBeVisible();
  await lola.getByLabel('Email').fill(email);
  await lola.getByLabel('Password').fill(PASSWORD);
  await lola.keyboard.press('Enter');
  await expect(lola.getByText('This account is deactivated.')).toBeVisible();
  await lola.goto(link);
  await expect(lola.getByRole('heading', { name: 'This invitation is not valid any more' })).toBeVisible();
  await theirs.close();

  await page.getByRole('link', { name: 'Sign-ins' }).click();
  const told = page.getByRole('row').filter({ hasText: name });
  await expect(told.filter({ hasText: 'Sign-in refused' })).toContainText('account is deactivated');
  const changed = told.filter({ hasText: 'Role changed from Operator to Viewer' });
  await expect(changed).toContainText('by Inés Robles');
});

test('a key is shown once, works for programs, and is of no use once it is revoked', async ({
  page,
  playwright,
  baseURL,
}) => {
  const till = `Till ${Date.now()}`;
  await enter(page, 'admin', '/settings/keys');
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(till);
  await page.getByRole('combobox', { name: 'Role' }).selectOption('viewer');
  await page.keyboard.press('Tab');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = await page.getByRole('textbox', { name: 'API key' }).inputValue();
  expect(key).toMatch(/^alm_/);
  await expectAccessible(page, 'a new key');
  await page.getByRole('button', { name: 'I have copied it' }).click();
  await page.reload();
  const row = page.getByRole('main').getByRole('listitem').filter({ hasText: till });
  await expect(row).toContainText('Last used:never');
  expect(await page.content()).not.toContain(key);

  const program = await playwright.request.newContext({
    baseURL: baseURL ?? '',
    extraHTTPHeaders: { 'x-api-key': key },
  });
  expect((await program.get('/api/orders')).status()).toBe(200);
  expect((await program.post('/api/clients', { data: { name: 'No' } })).status()).toBe(403);
  await page.reload();
  await expect(row).not.toContainText('never');
  await row.getByRole('button', { name: `Revoke ${till}` }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expectTold(page, `${till} revoked`);
  await expect(row).toBeHidden();
  expect((await program.get('/api/orders')).status()).toBe(401);
  await program.dispose();
});

test('a device is signed out from another one', async ({ page, browser }) => {
  const elsewhere = await browser.newContext({
    locale: 'en-GB',
    userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) Version/18.1 Safari/604.1',
  });
  const phone = await elsewhere.newPage();
  await enter(phone, 'viewer', '/clients');
  await enter(page, 'viewer', '/settings/devices');
  await expect(page.getByRole('listitem').filter({ hasText: 'this device' })).toContainText('Chrome on');
  await page.getByRole('button', { name: 'Sign out Safari on iPhone' }).click();
  await expect(phone.getByText('You were signed out.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out Safari on iPhone' })).toBeHidden();
  await expectLive(page);
  await elsewhere.close();
});

test('whoever is no administrator has no pages of theirs', async ({ page }) => {
  await enter(page, 'operator', '/settings');
  await expect(page.getByRole('link', { name: 'Company' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'People' })).toBeHidden();
  await page.goto('/settings/people');
  await expect(page.getByText('Only administrators see this page.')).toBeVisible();
});

test.describe('the first run', () => {
  let house: House;
  test.beforeAll(async () => {
    house = await House.open({ demo: false, proxied: true });
  });
  test.afterAll(() => house.close());

  test('goes from nothing to a desk at work, and is found again wherever it was left', async ({ page }) => {
    await page.goto(house.url);
    await expect(page.getByText('an address with /setup# in it')).toBeVisible();
    await expectAccessible(page, 'no link');
    await page.goto(house.setupLink);
    await expect(page.getByRole('textbox', { name: 'Your name' })).toBeFocused();
    await expectAccessible(page, 'administrator');
    await page.keyboard.type('Ada Mora');
    await tabTo(page, page.getByRole('textbox', { name: 'Email' }));
    await page.keyboard.type('ada@first.test');
    await tabTo(page, page.getByLabel('Password'));
    await page.keyboard.type('adamora2026');
    await page.keyboard.press('Enter');
    await expect(page.getByText('This is your name, your address or your company.')).toBeVisible();
    await expectAccessible(page, 'a weak password');
    await tabTo(page, page.getByLabel('Password'));
    await page.keyboard.press('Control+a');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');

    await expect(page.getByRole('textbox', { name: 'Company name' })).toBeFocused();
    await expect(page.getByLabel('Currency')).toHaveValue('GBP');
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Company name' })).toBeFocused();
    await expectAccessible(page, 'company');
    await page.getByRole('textbox', { name: 'Company name' }).fill('Mora & Daughters');
    await page.keyboard.press('Enter');

    await expect(page.getByRole('textbox', { name: 'Code' })).toHaveValue('A1');
    await page.context().clearCookies();
    await page.goto(house.url);
    await page.getByLabel('Email').fill('ada@first.test');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/setup\/zones$/);
    await page.getByRole('link', { name: 'Back' }).click();
    await expect(page.getByRole('textbox', { name: 'Company name' })).toHaveValue('Mora & Daughters');
    await page.getByRole('button', { name: 'Continue' }).click();
    await expect(page).toHaveURL(/\/setup\/zones$/);
    await expect(page.getByRole('button', { name: 'Continue' })).toBeDisabled();
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
    await page.keyboard.type('Cellar');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('listitem').filter({ hasText: 'Cellar' })).toBeVisible();
    await expect(page.getByRole('textbox', { name: 'Code' })).toHaveValue('B1');
    await expectAccessible(page, 'zones');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    const sample = page.getByRole('button', { name: 'Try it with sample goods' });
    await expect(sample).toBeVisible();
    await expectAccessible(page, 'start');
    await sample.click();

    await expectLive(page);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Overview');
    await page.setViewportSize({ width: 1440, height: 900 });
    await expect(page.getByRole('navigation').getByText('Mora & Daughters')).toBeVisible();
    await page.getByRole('navigation').getByRole('link', { name: 'Orders' }).click();
    await expect(page.getByText('The Corner Deli')).toBeVisible();
    await page.reload();
    await expect(page).toHaveURL(/\/orders$/);
    // Made-up goods come without made-up accounts.
    const demo = await page.request.post(`${house.url}/api/auth/sign-in/email`, {
      headers: { origin: house.url },
      data: { email: 'admin@demo.test', password: 'almenara-demo' },
    });
    expect(demo.status()).toBe(401);
  });
});
