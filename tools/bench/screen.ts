/**
 * `pnpm bench:screen`, after `pnpm build`: what 1,000 events a second cost an open page. Opens the built web app in
 * Chromium on the board, on a table of 10,000 levels and on the overview, and tells frames, long tasks, what the main
 * thread had to do, and memory before and after. `SCREENS=board RATE=1000 SECONDS=60 PROFILE=/tmp/board` (a CPU profile a
 * screen). Figures are told, never asserted; other work on the machine shows in them, so its load is told with them.
 */
import { writeFile } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { type CDPSession, chromium, type Page } from '@playwright/test';
import { z } from 'zod';
import { enterDemo } from '../enter-demo.ts';
import { ensureChromium } from '../test/chromium.ts';
import { onScreenDesk, type ScreenDesk } from './screen/screen-desk.ts';
import { SCREENS, type ScreenName } from './screen/screen-messages.ts';

const RATE = Number(process.env.RATE ?? 1000);
const SECONDS = Number(process.env.SECONDS ?? 60);
const PORT = process.env.PORT ?? '4390';
const PROFILE = process.env.PROFILE;
const wanted = (process.env.SCREENS ?? SCREENS.join()).split(',');
/** What is at rest after this is what the load left behind. */
const SETTLE_MS = 3000;
const LATE_MS = 30_000;

const PLACES: Record<ScreenName, { path: string; shows: string }> = {
  board: { path: '/orders', shows: '[data-order]' },
  stock: { path: '/inventory/LOAD', shows: 'tr[data-sku]' },
  overview: { path: '/', shows: 'main h2' },
};

/** Runs in the page: counts frames and long tasks from then on. Text, as it is no code of this process. */
const WATCH = `(() => {
  const start = performance.now();
  const gaps = [], tasks = [];
  let last = start;
  const frame = (now) => { gaps.push(now - last); last = now; requestAnimationFrame(frame); };
  requestAnimationFrame(frame);
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(Math.round(duration));
  }).observe({ type: 'longtask' });
  globalThis.measured = () => {
    const sorted = gaps.toSorted((a, b) => a - b);
    return {
      'frames a second': Math.round((gaps.length / (performance.now() - start)) * 10000) / 10,
      'frame p95 (ms)': Math.round(sorted[Math.floor(sorted.length * 0.95)]),
      'frame max (ms)': Math.round(sorted.at(-1)),
      'long tasks': tasks.length,
      'tasks over 100 ms': tasks.filter((ms) => ms > 100).length,
      'longest task (ms)': Math.max(0, ...tasks),
    };
  };
})()`;
const Figures = z.record(z.string(), z.number());

const browser = await chromium.launch({ executablePath: await ensureChromium(), args: ['--no-sandbox'] });
try {
  const table: Record<string, Record<string, number>> = {};
  for (const screen of SCREENS) {
    if (!wanted.includes(screen)) continue;
    await onScreenDesk(PORT, async (desk) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      table[screen] = await measure(await context.newPage(), desk, screen);
      await context.close();
    });
  }
  report(table);
} finally {
  await browser.close();
}

async function measure(page: Page, desk: ScreenDesk, screen: ScreenName): Promise<Record<string, number>> {
  const { path, shows } = PLACES[screen];
  await enterDemo(page, desk.url);
  await page.goto(desk.url + path);
  await page.locator(shows).first().waitFor();
  await page.waitForTimeout(SETTLE_MS);
  const cdp = await page.context().newCDPSession(page);
  // Of the thread, not of the clock: what else runs on the machine does not count.
  await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
  const before = await atRest(cdp);
  if (PROFILE !== undefined) {
    await cdp.send('Profiler.enable');
    await cdp.send('Profiler.setSamplingInterval', { interval: 500 });
    await cdp.send('Profiler.start');
  }
  await page.evaluate(WATCH);
  const start = await metrics(cdp);
  const startedAt = performance.now();
  const { events, seconds, last } = await desk.load(screen, RATE, SECONDS);
  const late = performance.now();
  const shown = await page
    .getByText(last)
    .filter({ visible: true })
    .first()
    .waitFor({ timeout: LATE_MS })
    .then(
      () => true,
      () => false,
    );
  const lateMs = shown ? performance.now() - late : Number.NaN;
  const figures = Figures.parse(await page.evaluate('measured()'));
  const end = await metrics(cdp);
  const took = (performance.now() - startedAt) / 1000;
  if (PROFILE !== undefined) {
    const { profile } = await cdp.send('Profiler.stop');
    await writeFile(`${PROFILE}-${screen}.cpuprofile`, JSON.stringify(profile));
  }
  const load = loadavg()[0] ?? 0;
  await page.waitForTimeout(SETTLE_MS);
  const after = await atRest(cdp);
  const share = (name: string): number =>
    Math.round((((end.get(name) ?? 0) - (start.get(name) ?? 0)) / took) * 1000) / 10;
  return {
    'events a second': Math.round(events / seconds),
    ...figures,
    'last event shown after (ms)': Math.round(lateMs),
    'main thread (% of a core)': share('TaskDuration'),
    '  of it script': share('ScriptDuration'),
    '  of it style': share('RecalcStyleDuration'),
    '  of it layout': share('LayoutDuration'),
    'heap before (MB)': before.heap,
    'heap after (MB)': after.heap,
    'nodes before': before.nodes,
    'nodes after': after.nodes,
    'listeners before': before.listeners,
    'listeners after': after.listeners,
    'load of the machine': Math.round(load * 10) / 10,
  };
}

async function metrics(cdp: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { metrics: all } = await cdp.send('Performance.getMetrics');
  return new Map(all.map(({ name, value }) => [name, value]));
}

async function atRest(cdp: CDPSession): Promise<{ heap: number; nodes: number; listeners: number }> {
  await cdp.send('HeapProfiler.collectGarbage');
  const now = await metrics(cdp);
  return {
    heap: Math.round((now.get('JSHeapUsedSize') ?? 0) / 1e5) / 10,
    nodes: now.get('Nodes') ?? 0,
    listeners: now.get('JSEventListeners') ?? 0,
  };
}

function report(table: Record<string, Record<string, number>>): void {
  const screens = Object.keys(table);
  const row = (name: string, cells: readonly string[]): void =>
    console.log(`${name.padEnd(30)}${cells.map((cell) => cell.padStart(11)).join('')}`);
  console.log(`\n${RATE} events a second for ${SECONDS} s`);
  row('', screens);
  for (const name of Object.keys(Object.values(table)[0] ?? {}))
    row(
      name,
      screens.map((screen) => String(table[screen]?.[name] ?? '')),
    );
}
