import { type Browser, chromium, type Page } from '@playwright/test';
import { ensureChromium } from '../test/chromium.ts';

const MOST_MS = 120_000;

export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox', '--disable-gpu'] });
}

/** In English, with nothing of anybody before. */
export async function newcomersPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  context.setDefaultTimeout(MOST_MS);
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

export async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

/** From a desk that nobody has an account on to one with sample goods. */
export async function firstRun(page: Page, password: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada Mora');
  await page.getByRole('textbox', { name: 'Email' }).fill('ada@newcomer.test');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Company name' }).fill('Mora & Daughters');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Code' }).waitFor();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Cellar');
  await page.keyboard.press('Enter');
  await page.getByRole('listitem').filter({ hasText: 'Cellar' }).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('button', { name: 'Try it with sample goods' }).click();
  await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
}

/** Places an order in one tab and waits until another one, opened before, shows it. */
export async function seesOrderInSecondTab(page: Page): Promise<void> {
  const orders = new URL('/orders', page.url()).href;
  const second = await page.context().newPage();
  await Promise.all([page.goto(orders), second.goto(orders)]);
  const button = page.getByRole('button', { name: 'New order' });
  await second.getByRole('button', { name: 'New order' }).waitFor();
  const before = await latestNumber(page);
  await button.click();
  await pick(page, 'Client', 'a');
  await pick(page, 'Add a product', 'a');
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  const number = before + 1;
  await second.getByRole('link', { name: new RegExp(`^#${number}\\b`) }).waitFor();
}

async function latestNumber(page: Page): Promise<number> {
  const answer = await page.request.get(new URL('/api/orders?limit=1', page.url()).href);
  const { items } = await answer.json();
  return items[0]?.number ?? 0;
}

async function pick(page: Page, field: string, text: string): Promise<void> {
  await page.getByRole('combobox', { name: field }).fill(text);
  await page.getByRole('option', { selected: true }).waitFor();
  await page.keyboard.press('Enter');
}
