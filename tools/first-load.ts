/**
 * What a fresh browser has to load of JavaScript until a page shows: `pnpm build` first, then `tsx tools/first-load.ts`.
 * Sums the gzip size of each script, prints a table, and fails where a page is over the bound.
 */
import { gzipSync } from 'node:zlib';
import { type Browser, type BrowserContext, chromium, type Response } from '@playwright/test';
import { House } from '../apps/web/e2e/house.ts';
import { type KnownPage, PAGES, pathOf } from '../apps/web/e2e/pages.ts';
import { enterDemo } from './enter-demo.ts';
import { ensureChromium } from './test/chromium.ts';

/** Bytes, gzipped: what every page has to stay under. */
const BOUND = 180_000;
/** For who follows a link to what a drawer shows: the page and the drawer over it. */
const DRAWER_BOUND = 200_000;
const boundOf = ({ drawer }: Pick<KnownPage, 'drawer'>): number => (drawer ? DRAWER_BOUND : BOUND);

/** Sizes do not depend on what else the machine does: while one page waits, another one loads. */
const AT_ONCE = 3;

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;

interface Load {
  readonly page: KnownPage;
  /** Until the page showed its data. */
  readonly first: number;
  /** What came by itself after that. */
  readonly later: number;
  readonly scripts: number;
}

const MARK_SHOWN = `(text) => {
  const watch = new MutationObserver(() => {
    if (!document.body?.textContent.includes(text)) return;
    watch.disconnect();
    performance.mark('shown');
  });
  watch.observe(document, { subtree: true, childList: true, characterData: true });
}`;
/**
 * What is put off by a second or more (parts that are fetched when there is time) waits until the page has shown: on a busy
 * machine that takes longer, and such parts are no more of what it needs.
 */
const PUT_OFF = `(() => {
  const { setTimeout: begin, clearTimeout: end } = window;
  const hasShown = () => performance.getEntriesByName('shown').length > 0;
  const held = new Map();
  window.setTimeout = (work, ms = 0, ...args) => {
    const timer = begin(() => {
      if (ms < 1000 || hasShown()) return work(...args);
      const look = () => {
        if (!hasShown()) return held.set(timer, begin(look, 100));
        held.delete(timer);
        work(...args);
      };
      look();
    }, ms);
    return timer;
  };
  window.clearTimeout = (timer) => {
    end(held.get(timer));
    held.delete(timer);
    end(timer);
  };
})()`;
const ASKED_BEFORE = `(() => {
  const [shown] = performance.getEntriesByName('shown');
  return performance
    .getEntriesByType('resource')
    .filter(({ name, startTime }) => new URL(name).pathname.endsWith('.js') && startTime < shown.startTime)
    .map(({ name }) => name);
})()`;
/** Some parts are fetched when the page has nothing else to do. */
const NOTHING_MORE = `performance
  .getEntriesByType('resource')
  .every(({ name, responseEnd }) => !new URL(name).pathname.endsWith('.js') || performance.now() - responseEnd > 1500)`;

const house = await House.open();
const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  const signedIn = await enteredState(browser, house.url);
  const loads: Load[] = new Array(PAGES.length);
  const waiting = PAGES.entries();
  const lane = async () => {
    for (const [index, page] of waiting) loads[index] = await measure(browser, house.url, page, signedIn);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  console.log(`${'page'.padEnd(18)}first load   after it   scripts   (kB of JavaScript, gzip)`);
  for (const { page, first, later, scripts } of loads) {
    const sizes = [first, later].map((bytes) => (bytes / 1000).toFixed(1).padStart(10)).join(' ');
    console.log(
      `${page.name.padEnd(18)}${sizes}${String(scripts).padStart(10)}${first < boundOf(page) ? '' : '   over the bound'}`,
    );
  }
  const most = (of: readonly Load[]): string => (Math.max(...of.map(({ first }) => first)) / 1000).toFixed(1);
  console.log(
    `\nA page at most ${most(loads.filter(({ page }) => !page.drawer))} kB, bound ${BOUND / 1000}; ` +
      `with a drawer ${most(loads.filter(({ page }) => page.drawer))} kB, bound ${DRAWER_BOUND / 1000}.`,
  );
  if (loads.some(({ page, first }) => first >= boundOf(page))) process.exitCode = 1;
} finally {
  await browser.close();
  await house.close();
}

async function enteredState(browser: Browser, url: string): Promise<StorageState> {
  const context = await browser.newContext();
  await enterDemo(await context.newPage(), url);
  const state = await context.storageState();
  await context.close();
  return state;
}

async function measure(
  browser: Browser,
  url: string,
  known: KnownPage,
  signedIn: StorageState,
): Promise<Load> {
  const { shows, open } = known;
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    // What it puts aside for days without network is no part of a page's load.
    serviceWorkers: 'block',
    ...(!open && { storageState: signedIn }),
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  const scripts = new Set<Response>();
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') scripts.add(response);
  });
  // The page's own clock says what was asked for before it showed: ours is late by a moment.
  await page.addInitScript({ content: `(${MARK_SHOWN})(${JSON.stringify(shows)})` });
  await page.addInitScript({ content: PUT_OFF });
  await page.goto(await pathOf(page.request, known, url));
  await page.getByText(shows).first().waitFor();
  while (!(await page.evaluate(NOTHING_MORE))) await page.waitForTimeout(250);
  const asked: string[] = await page.evaluate(ASKED_BEFORE);
  let [first, all] = [0, 0];
  for (const script of scripts) {
    const size = gzipSync(await script.body()).length;
    all += size;
    if (asked.includes(script.url())) first += size;
  }
  await context.close();
  return { page: known, first, later: all - first, scripts: asked.length };
}
