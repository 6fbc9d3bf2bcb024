/**
 * Takes the pictures in docs/screenshots: every page at a desk and on a phone, light and dark. `pnpm build` first, then
 * `pnpm screenshots`. Anew each time: what is there of pages that are gone goes, too.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { House } from '../apps/web/e2e/house.ts';
import { type KnownPage, PAGES, pathOf } from '../apps/web/e2e/pages.ts';
import { enterDemo } from './enter-demo.ts';
import { setToWork } from './shop-at-work.ts';
import { ensureChromium } from './test/chromium.ts';

const FOLDER = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const SCREENS = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};
interface Picture extends KnownPage {
  /** What is done there before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}
/** What is waited for, or is otherwise than in the bare demo data. */
const MORE: Readonly<Record<string, Partial<Picture>>> = {
  // The list draws what is in sight: of so many orders the newest.
  'orders-list': { shows: 'Mesón del Puerto' },
  order: { act: (page) => page.getByRole('dialog').getByText('placed it').waitFor() },
  client: { act: (page) => page.getByRole('dialog').getByRole('link', { name: /^#/ }).first().waitFor() },
  product: {
    act: async (page) => {
      await page.locator('.uplot').waitFor();
      await page.getByRole('table', { name: 'Movements' }).waitFor();
    },
  },
};
const PICTURES: readonly Picture[] = PAGES.map((page) => ({ ...page, ...MORE[page.name] }));
const THEMES = ['light', 'dark'] as const;
/** Of WebP: flat surfaces and text stay clean, and a page is about 40 kB. */
const QUALITY = 82;

const house = await House.open();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  await setToWork(house.directUrl);
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  let bytes = 0;
  for (const screen of ['desktop', 'phone'] as const) {
    for (const theme of THEMES) bytes += await takeAll(browser, screen, theme);
  }
  console.log(`${PICTURES.length * 4} pictures, ${(bytes / 1_000_000).toFixed(2)} MB`);
} finally {
  await browser.close();
  await house.close();
}

async function takeAll(
  browser: Browser,
  screen: keyof typeof SCREENS,
  colorScheme: (typeof THEMES)[number],
): Promise<number> {
  const context = await browser.newContext({
    viewport: SCREENS[screen],
    colorScheme,
    locale: 'en-GB',
    timezoneId: 'Europe/Madrid',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  let bytes = 0;
  for (const picture of PICTURES.filter(({ open }) => open))
    bytes += await take(page, picture, screen, colorScheme);
  await enterDemo(page, house.url);
  for (const picture of PICTURES.filter(({ open }) => !open))
    bytes += await take(page, picture, screen, colorScheme);
  await context.close();
  return bytes;
}

async function take(page: Page, picture: Picture, screen: string, theme: string): Promise<number> {
  const { name, shows, open, act } = picture;
  await page.goto(await pathOf(page.request, picture, house.url));
  await page.getByText(shows).filter({ visible: true }).first().waitFor();
  if (!open) await page.locator('[data-connection="online"]').waitFor();
  await act?.(page);
  await page.waitForLoadState('networkidle');
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  await session.detach();
  const bytes = Buffer.from(data, 'base64');
  await writeFile(join(FOLDER, `${name}-${screen}-${theme}.webp`), bytes);
  return bytes.length;
}
