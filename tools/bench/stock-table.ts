/**
 * The stock table under load, measured in Chromium against a running server: 10,000 levels in one zone, then changes a
 * second through the server's own commands. `URL=http://127.0.0.1:4000 EVENTS=1000 SECONDS=60 tsx tools/bench/stock-table.ts`
 * (the server needs demo accounts, and RATE_COMMANDS=100000 to be filled quickly). Figures are told, never asserted.
 */
import { randomUUID } from 'node:crypto';
import { chromium } from '@playwright/test';
import { z } from 'zod';

const URL_ = process.env.URL ?? 'http://127.0.0.1:4000';
const LEVELS = Number(process.env.LEVELS ?? 10_000);
const EVENTS = Number(process.env.EVENTS ?? 1000);
const SECONDS = Number(process.env.SECONDS ?? 60);
const BATCHES = 20;
const ZONE = 'LOAD';

const Answer = z.object({
  product: z.object({ id: z.string() }).optional(),
  items: z.array(z.object({ productId: z.string() })).optional(),
  nextCursor: z.string().nullish(),
});
type Answer = z.infer<typeof Answer>;
const Figures = z.record(z.string(), z.number());

/** Runs in the page: counts frames and long tasks from then on. Text, as it is no code of this process. */
const WATCH_FRAMES = `
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
      framesPerSecond: Math.round((gaps.length / (performance.now() - start)) * 10000) / 10,
      frameMsP95: Math.round(sorted[Math.floor(sorted.length * 0.95)]),
      frameMsMax: Math.round(sorted.at(-1)),
      longTasks: tasks.length,
      longestTaskMs: Math.max(0, ...tasks),
    };
  };
`;

const cookie = await signIn();
const productIds = await filledZone();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? 'chromium',
  args: ['--no-sandbox', '--enable-precise-memory-info', '--js-flags=--expose-gc'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
const [name = '', value = ''] = cookie.split('=', 2);
await page.context().addCookies([{ name, value: decodeURIComponent(value), url: URL_ }]);
await page.goto(`${URL_}/inventory/${ZONE}${process.env.SEARCH ?? ''}`);
await page.locator('tr[data-sku]').first().waitFor();
const rows = await page.getByRole('table').getAttribute('aria-rowcount');
const before = await heap();
await page.evaluate(`(() => {${WATCH_FRAMES}})()`);
const told = await load();
const figures = Figures.parse(await page.evaluate('measured()'));
const after = await heap();
console.log(JSON.stringify({ rows, ...told, ...figures, heapMbBefore: before, heapMbAfter: after }, null, 2));
await browser.close();

async function signIn(): Promise<string> {
  const response = await fetch(`${URL_}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: URL_ },
    body: JSON.stringify({ email: 'admin@demo.test', password: 'almenara-demo' }),
  });
  const [set] = response.headers.getSetCookie();
  if (!response.ok || !set) throw new Error(`Sign-in: ${response.status}`);
  return set.split(';', 1)[0] ?? '';
}

async function ask(method: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(URL_ + path, {
    method,
    headers: { cookie, origin: URL_, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok && response.status !== 409) throw new Error(`${method} ${path}: ${await response.text()}`);
  return Answer.parse(await response.json());
}

/** A zone with so many levels, made as people would make it. */
async function filledZone(): Promise<readonly string[]> {
  await ask('POST', '/api/zones', { code: ZONE, name: 'Load' });
  const ids: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await ask(
      'GET',
      `/api/inventory?zone=${ZONE}&limit=200${cursor ? `&cursor=${cursor}` : ''}`,
    );
    ids.push(...(page.items ?? []).map(({ productId }) => productId));
    cursor = page.nextCursor;
  } while (cursor);
  const before = ids.length;
  let next = before;
  const make = async (): Promise<void> => {
    while (next < LEVELS) {
      const n = next;
      next += 1;
      const unitPrice = { amount: 100 + n, currency: 'EUR' };
      const sku = `LOAD-${String(n).padStart(5, '0')}`;
      const { product } = await ask('POST', '/api/products', {
        sku,
        name: `Product under load ${n}`,
        unitPrice,
      });
      if (product) ids.push(product.id);
    }
  };
  await Promise.all(Array.from({ length: 8 }, make));
  for (let i = Math.floor(before / 1000) * 1000; i < ids.length; i += 1000) {
    const counts = ids.slice(i, i + 1000).map((productId) => ({ productId, counted: 100 }));
    await ask('POST', '/api/inventory/counts', { zone: ZONE, counts });
  }
  return ids;
}

/** So many events a second, spread over the zone, in `BATCHES` commands a second. */
async function load() {
  const size = Math.round(EVENTS / BATCHES);
  const start = performance.now();
  let [sent, at, failed] = [0, 0, 0];
  const running = new Set<Promise<unknown>>();
  for (let tick = 0; tick < SECONDS * BATCHES; tick += 1) {
    const due = start + (tick * 1000) / BATCHES;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const counts = Array.from({ length: size }, () => {
      at = (at + 7919) % productIds.length;
      return { productId: productIds[at] ?? '', counted: Math.floor(Math.random() * 1_000_000) };
    });
    const one = ask('POST', '/api/inventory/counts', { zone: ZONE, counts })
      .then(() => (sent += size))
      .catch(() => (failed += 1))
      .finally(() => running.delete(one));
    running.add(one);
  }
  await Promise.all(running);
  const seconds = (performance.now() - start) / 1000;
  return { events: sent, seconds: Math.round(seconds), eventsPerSecond: Math.round(sent / seconds), failed };
}

async function heap(): Promise<unknown> {
  return page.evaluate('gc(), Math.round(performance.memory.usedJSHeapSize / 1e5) / 10');
}
