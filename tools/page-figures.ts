/**
 * How each page loads, as Lighthouse would measure it, in a fresh browser against the built app with demo data: `pnpm build`
 * first, then `pnpm figures [page …]`. Prints a table and asserts nothing, as times depend on the machine; what has to
 * hold everywhere, the size of the first load, is checked by first-load.ts.
 */
import { type Browser, chromium, type Page } from '@playwright/test';
import { House } from '../apps/web/e2e/house.ts';
import { type KnownPage, PAGES, pathOf } from '../apps/web/e2e/pages.ts';
import { enterDemo } from './enter-demo.ts';
import { ensureChromium } from './test/chromium.ts';

/** How long others work at the desk while the page is watched for anything that jumps. */
const LIVE_MS = 20_000;
const CHANGE_EVERY_MS = 400;
/** Of a task what goes beyond this blocks; so Lighthouse counts. */
const LONG_TASK_MS = 50;
const SLOW = 4;

interface Figures {
  /** Transferred, with headers, in kB. */
  readonly scripts: number;
  readonly firstPaint: number;
  readonly largestPaint: number;
  readonly blocked: number;
  /** During the live updates. */
  readonly shift: number;
}

/** Runs in the page, before anything of it. */
const WATCH = `(() => {
  const seen = { largest: 0, blocked: 0, shift: 0 };
  window.figures = seen;
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
  watch('largest-contentful-paint', (entry) => { seen.largest = entry.startTime; });
  watch('longtask', (entry) => { seen.blocked += Math.max(0, entry.duration - ${LONG_TASK_MS}); });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) seen.shift += entry.value; });
})()`;
const READ = `(() => ({
  scripts: performance.getEntriesByType('resource')
    .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
    .reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000,
  firstPaint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0,
  largestPaint: window.figures.largest,
  blocked: window.figures.blocked,
  shift: window.figures.shift,
}))()`;

const wanted = process.argv.slice(2);
const pages = PAGES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const house = await House.open();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  console.log('page          CPU   scripts kB   first paint   largest paint   blocked   shift in 20 s live');
  for (const page of pages)
    for (const slow of [1, SLOW]) print(page.name, slow, await measure(browser, house.url, page, slow));
} finally {
  await browser.close();
  await house.close();
}

function print(name: string, slow: number, figures: Figures): void {
  const ms = (value: number, width: number) => `${Math.round(value)} ms`.padStart(width);
  console.log(
    name.padEnd(12),
    `1/${slow}`.padStart(4),
    figures.scripts.toFixed(1).padStart(12),
    ms(figures.firstPaint, 13),
    ms(figures.largestPaint, 15),
    ms(figures.blocked, 9),
    figures.shift.toFixed(4).padStart(20),
  );
}

async function measure(browser: Browser, url: string, known: KnownPage, slow: number): Promise<Figures> {
  const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  try {
    const page = await context.newPage();
    if (!known.open) await enterDemo(page, url);
    const devtools = await context.newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: slow });
    await page.addInitScript({ content: WATCH });
    await page.goto(await pathOf(page.request, known, url));
    await page.getByText(known.shows).first().waitFor();
    await page.waitForLoadState('networkidle');
    const loaded: Figures = await page.evaluate(READ);
    if (known.open) return { ...loaded, shift: 0 };
    await workElsewhere(page, url);
    const after: Figures = await page.evaluate(READ);
    return { ...loaded, shift: after.shift - loaded.shift };
  } finally {
    await context.close();
  }
}

/** Clients, orders and stock change as they do at a busy desk: by way of the HTTP API, from no tab of the browser. */
async function workElsewhere(page: Page, url: string): Promise<void> {
  const ask = async (path: string) => (await page.request.get(url + path)).json();
  const [{ items: clients }, { items }] = await Promise.all([
    ask('/api/clients?limit=20'),
    ask('/api/products?limit=20'),
  ]);
  const products = items.filter(({ stocked }: { stocked: boolean }) => stocked);
  const give = (path: string, data: object) =>
    page.request.post(url + path, { headers: { origin: url }, data });
  const until = Date.now() + LIVE_MS;
  for (let i = 0; Date.now() < until; i += 1) {
    const product = products[Math.floor(i / 2) % products.length];
    // What is sold has come in before: nothing runs out, however many pages are measured.
    const change =
      i % 2 === 0
        ? give('/api/inventory/receipts', { productId: product.id, zone: 'A1', quantity: 2 })
        : give('/api/orders', {
            clientId: clients[i % clients.length].id,
            lines: [{ productId: product.id, quantity: 1 }],
          });
    const answer = await change;
    if (!answer.ok()) throw new Error(`A change was turned down: ${answer.status()} ${await answer.text()}`);
    await page.waitForTimeout(CHANGE_EVERY_MS);
  }
}
