import type { APIRequestContext, Page } from '@playwright/test';
import { connection, expect, expectLive, expectSamePage, markPage, PASSWORD, signIn, test } from './desk.ts';

const form = (page: Page) => page.getByRole('heading', { name: 'Sign in', exact: true });

async function fillIn(page: Page, account = 'operator'): Promise<void> {
  await page.getByLabel('Email').fill(`${account}@demo.test`);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(form(page)).toBeVisible();
}

const pathOf = (page: Page): string => page.url().replace(/^https?:\/\/[^/]+/, '');

/** Live pages of one browser, at these paths. */
async function open(page: Page, account: 'admin' | 'operator' | 'viewer', paths: readonly string[]) {
  const context = page.context();
  await signIn(context.request, account);
  const pages: Page[] = [];
  for (const path of paths) {
    const one = pages.length === 0 ? page : await context.newPage();
    await one.goto(path);
    await expectLive(one);
    pages.push(one);
  }
  return pages;
}

const PATHS = ['/orders?q=bar', '/clients?archived=true', '/settings/you'];
// Whichever tab signs out, and whichever signs in: the one that holds the connection, or another.
const ORDERS: readonly (readonly [number, number])[] = [
  [0, 0],
  [1, 1],
  [1, 2],
];

test('[A3] signed out in one tab, one sign-in in any tab is enough, and leads back to where each was', async ({
  page,
}) => {
  const pages = await open(page, 'operator', PATHS);
  for (const [out, back] of ORDERS) {
    const [leaving, coming] = [pages[out], pages[back]];
    if (!leaving || !coming) throw new Error('Three tabs');
    await signOut(leaving);
    for (const tab of pages) await expect(form(tab)).toBeVisible();
    // Who signs out goes nowhere in particular; the others come back to where they were.
    expect(pathOf(leaving)).toBe('/sign-in');
    await fillIn(coming);
    await expectLive(coming);
    expect(pathOf(coming)).toBe(coming === leaving ? '/' : PATHS[back]);
    for (const [i, tab] of pages.entries()) {
      if (tab === coming) continue;
      await expect(tab.getByRole('main')).toContainText('is signed in in this browser');
      await tab.getByRole('button', { name: 'Go on' }).click();
      await expectLive(tab);
      expect(pathOf(tab)).toBe(tab === leaving ? '/' : PATHS[i]);
    }
    await leaving.goto(PATHS[out] ?? '/');
    await expectLive(leaving);
  }
});

test('[A3] a refusal of the session of before takes nobody out of the session of now', async ({ page }) => {
  const context = page.context();
  // The handshakes of the first page are answered when the test says so.
  let answer = (): void => {};
  let held = 0;
  let gate = Promise.resolve();
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const server = socket.connectToServer();
    server.onMessage(async (message) => {
      if (String(message).startsWith('44')) {
        held += 1;
        await gate;
      }
      socket.send(message);
    });
  });
  const [first, second] = await open(page, 'operator', ['/orders', '/clients']);
  if (!first || !second) throw new Error('Two tabs');
  await markPage(first);
  await markPage(second);
  gate = new Promise<void>((resolve) => {
    answer = resolve;
  });
  // Ended by a program that has the cookie: no tab is told but by the server.
  const origin = new URL(page.url()).origin;
  await context.request.post('/api/auth/sign-out', { headers: { origin }, data: {} });
  await expect.poll(() => held).toBeGreaterThan(0);
  await signIn(context.request, 'operator');
  answer();
  for (const tab of [first, second]) {
    await expectLive(tab);
    await expectSamePage(tab);
  }
  expect([pathOf(first), pathOf(second)]).toEqual(['/orders', '/clients']);
});

test('[A3] somebody else signs in in another tab: every tab is theirs, with nothing of before', async ({
  page,
}) => {
  const [first, second] = await open(page, 'admin', ['/settings/people', '/orders']);
  if (!first || !second) throw new Error('Two tabs');
  const third = await page.context().newPage();
  await third.goto('/sign-in');
  await fillIn(third, 'viewer');
  for (const tab of [first, second, third]) {
    await expectLive(tab);
    await expect(tab.getByRole('button', { name: /^Your account/ })).toHaveAccessibleName(
      'Your account: Nora Quint',
    );
  }
  await expect(first.getByText('viewer@demo.test')).toBeHidden();
});

test('[A3] ended from another device, or with its cookie gone, a session leads to the sign-in and back once', async ({
  page,
  playwright,
  baseURL,
}) => {
  const [first, second] = await open(page, 'operator', ['/orders?q=bar#top', '/inventory']);
  if (!first || !second) throw new Error('Two tabs');
  const other = await playwright.request.newContext(baseURL === undefined ? {} : { baseURL });
  await signIn(other, 'operator');
  for (const clear of [false, true]) {
    if (clear) await page.context().clearCookies();
    await endOthers(other, new URL(page.url()).origin);
    for (const tab of [first, second]) {
      await expect(form(tab)).toBeVisible();
      await expect(tab.getByText('You were signed out.')).toBeVisible();
    }
    await fillIn(first);
    await expectLive(first);
    expect(pathOf(first)).toBe('/orders?q=bar#top');
    await second.getByRole('button', { name: 'Go on' }).click();
    await expectLive(second);
    expect(pathOf(second)).toBe('/inventory');
  }
  await other.dispose();
});

async function endOthers(request: APIRequestContext, origin: string): Promise<void> {
  const answer = await request.delete('/api/me/sessions', { headers: { origin } });
  expect(answer.ok(), await answer.text()).toBe(true);
}

test('[A3] the sign-in leads on to our pages only, and never to itself', async ({ page }) => {
  for (const from of [
    '/sign-in',
    '/Sign-in/?from=/sign-in',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
  ]) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?from=${encodeURIComponent(from)}&expired=true`);
    await fillIn(page);
    await expectLive(page);
    expect(pathOf(page)).toBe('/');
  }
});

test('back from the sign-in there is nothing of whoever signed out', async ({ page }) => {
  await open(page, 'operator', ['/orders']);
  await page.getByRole('link', { name: 'Clients' }).click();
  await expect(page).toHaveURL('/clients');
  await signOut(page);
  await page.goBack();
  await expect(form(page)).toBeVisible();
  await expect(connection(page)).toHaveCount(0);
  await fillIn(page);
  await expectLive(page);
});
