/**
 * Takes the pictures in docs/screenshots: every page at a desk and on a phone, light and dark. `pnpm build` first, then
 * `pnpm screenshots`. Anew each time: what is there of pages that are gone goes, too.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { House } from '../apps/web/e2e/house.ts';
import { type KnownPage, PAGES } from '../apps/web/e2e/pages.ts';
import { enterDemo } from './enter-demo.ts';
import { ensureChromium } from './test/chromium.ts';

const FOLDER = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const SCREENS = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
};
const THEMES = ['light', 'dark'] as const;
/** Of WebP: flat surfaces and text stay clean, and a page is about 40 kB. */
const QUALITY = 82;

const house = await House.open();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  await rm(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  let bytes = 0;
  for (const page of PAGES) {
    for (const screen of ['desktop', 'phone'] as const) {
      for (const theme of THEMES) bytes += await take(browser, page, screen, theme);
    }
  }
  console.log(`${PAGES.length * 4} pictures, ${(bytes / 1_000_000).toFixed(2)} MB`);
} finally {
  await browser.close();
  await house.close();
}

async function take(
  browser: Browser,
  { name, path, shows, open }: KnownPage,
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
  if (!open) await enterDemo(page, house.url);
  await page.goto(house.url + path);
  await page.getByText(shows).first().waitFor();
  if (!open) await page.locator('[data-connection="online"]').waitFor();
  await page.waitForLoadState('networkidle');
  const session = await context.newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  const picture = Buffer.from(data, 'base64');
  await writeFile(join(FOLDER, `${name}-${screen}-${colorScheme}.webp`), picture);
  await context.close();
  return picture.length;
}
