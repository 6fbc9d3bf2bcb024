/** Takes the pictures in docs/screenshots, against a fresh demo server: `pnpm build` first, then `tsx tools/screenshots.ts`. */
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { House } from '../apps/web/e2e/house.ts';
import { ensureChromium } from './test/chromium.ts';

const FOLDER = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

const SHOTS = [
  { name: 'overview', path: '/', shows: 'Harina de fuerza 25 kg', viewport: DESKTOP, on: 'desktop' },
  { name: 'orders', path: '/orders', shows: 'The Corner Deli', viewport: DESKTOP, on: 'desktop' },
  { name: 'orders', path: '/orders', shows: 'The Corner Deli', viewport: PHONE, on: 'phone' },
] as const;

async function signIn(page: Page, url: string): Promise<void> {
  const answer = await page.request.post(`${url}/api/auth/sign-in/email`, {
    headers: { origin: url },
    data: { email: 'admin@demo.test', password: 'almenara-demo' },
  });
  if (!answer.ok()) throw new Error(`The demo sign-in was turned down: ${answer.status()}`);
}

const house = await House.open();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  await mkdir(FOLDER, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const { name, path, shows, viewport, on } of SHOTS) {
      if (on === 'phone' && colorScheme === 'light') continue;
      const context = await browser.newContext({
        viewport,
        colorScheme,
        locale: 'en-GB',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await signIn(page, house.url);
      await page.goto(house.url + path);
      await page.getByText(shows).first().waitFor();
      await page.locator('[data-connection="online"]').waitFor();
      await page.screenshot({ path: `${FOLDER}/${name}-${on}-${colorScheme}.png` });
      await context.close();
    }
  }
} finally {
  await browser.close();
  await house.close();
}
