import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { SAMPLE } from '../../apps/server/src/import/testing/sample.ts';
import { freePort } from '../../apps/web/e2e/line.ts';
import { root } from '../process.ts';
import { firstRun, newcomersPage, openBrowser, seesOrderInSecondTab, signIn } from './browser.ts';
import { type Checkout, changesIn, cloneCheckout, ordinaryPerson } from './checkout.ts';
import { documentedCommands, partsOf } from './documented.ts';
import { ELSEWHERE } from './elsewhere.ts';
import { isListening, processesIn, Terminal, type TerminalOptions } from './terminal.ts';
import { warmHome } from './warm-home.ts';

const documented = documentedCommands(root);
const wereRun = new Set<string>();

/** The one command of README.md or CONTRIBUTING.md that is like this, letter for letter. */
function documentedAs(pattern: RegExp): string {
  const [command = '', ...others] = documented.filter((text) => pattern.test(text));
  expect([command === '', others], `${pattern} is one documented command`).toEqual([false, []]);
  for (const part of partsOf(command)) wereRun.add(part);
  return command;
}

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const isUp = /Almenara is at (\S+)\s/;

async function expectNothingLeft(checkout: Checkout, port: number): Promise<void> {
  await vi.waitFor(() => expect(processesIn(checkout.home)).toEqual([]), { timeout: 20_000 });
  expect(await isListening(port)).toBe(false);
}

/** Runs a desk while `use` does something with it, then ends it with Ctrl-C and looks whether anything is left. */
async function withDesk(
  command: string,
  options: TerminalOptions & { port: number },
  use: (desk: Terminal) => Promise<void>,
): Promise<void> {
  const desk = new Terminal(command, { ...options, env: { PORT: String(options.port), ...options.env } });
  try {
    await desk.says(isUp);
    await use(desk);
  } finally {
    await desk.ctrlC();
  }
  await expectNothingLeft(options.checkout, options.port);
}

/** Runs a command to its end. @returns what it has printed */
async function complete(command: string, options: TerminalOptions): Promise<string> {
  const terminal = new Terminal(command, options);
  const code = await terminal.ended();
  expect({ code, output: terminal.output }).toEqual({ code: 0, output: terminal.output });
  return terminal.output;
}

// Side by side: each waits for downloads, disks and pages half of the time.
test.concurrent('the first command of the README starts a desk to work with, and Ctrl-C leaves nothing behind', async () => {
  using checkout = cloneCheckout('almenara, mañana 漢字');
  const here: TerminalOptions = { checkout, home: homedir() };
  const cloned = changesIn(checkout.folder);
  const port = await freePort();
  await withDesk(documentedAs(/^npx pnpm@12 dev$/), { ...here, port }, async (desk) => {
    const [, url = ''] = await desk.says(isUp);
    const [, email = '', password = ''] = await desk.says(/(\S+@\S+)\s+(\S+)\s+\(admin\)/);
    const page = await newcomersPage(browser, url);
    await signIn(page, email, password);
    await seesOrderInSecondTab(page);

    // What is documented to be done with a desk that runs.
    writeFileSync(join(checkout.folder, 'sales.csv'), SAMPLE);
    const replay = `${documentedAs(/^npx.* replay /)} --url ${url} --limit 2 --speed 6000`;
    expect(await complete(replay, here)).toContain('2 orders placed');
    expect(partsOf(documentedAs(/^pnpm replay /))).toEqual(partsOf(documentedAs(/^npx.* replay /)));
    expect(await complete(documentedAs(/ import .* --dry-run$/), here)).toContain('nothing was changed');
    expect(await complete(documentedAs(/ import .* --currency /), here)).toContain('7 documents imported');
    expect(await complete(documentedAs(/ prisma migrate dev /), here)).toContain('Already in sync');

    const answer = await page.request.post(new URL('/api/keys', url).href, {
      headers: { origin: url },
      data: { name: 'README', role: 'operator' },
    });
    const { key } = await answer.json();
    const [product, client] = await Promise.all(
      ['products', 'clients'].map(async (name) => {
        const list = await page.request.get(new URL(`/api/${name}?limit=1`, url).href);
        return (await list.json()).items[0].id;
      }),
    );
    const asThere = (command: string) =>
      command
        .replaceAll('localhost:4000', `localhost:${port}`)
        .replace('$(uuidgen)', randomUUID())
        .replace('"clientId": "…"', `"clientId": "${client}"`)
        .replace('"productId": "…"', `"productId": "${product}"`);
    const keyed = { ...here, env: { KEY: key } };
    expect(await complete(asThere(documentedAs(/^curl -X POST .*api.orders/)), keyed)).toContain('"number"');
    expect(await complete(asThere(documentedAs(/^curl .*events/)), keyed)).toContain('order_created');
    await page.context().close();
    rmSync(join(checkout.folder, 'sales.csv'));
  });

  const empty = { ...here, port, env: { DATA_DIR: join(checkout.home, 'empty') } };
  await withDesk(documentedAs(/^DEMO_DATA=0 /), empty, async (desk) => {
    const [, url = ''] = await desk.says(isUp);
    const answer = await fetch(new URL('/api/setup', url));
    expect(await answer.json()).toMatchObject({ needed: true });
    expect(desk.output).not.toContain('@demo.test');
  });

  expect(partsOf(documentedAs(/^pnpm dev$/))).toEqual(partsOf(documentedAs(/^npx pnpm@12 dev$/)));
  await complete(documentedAs(/^pnpm reference$/), here);
  await complete(documentedAs(/^pnpm format$/), here);
  expect(changesIn(checkout.folder)).toBe(cloned);
});

test.concurrent('an ordinary user installs, builds and starts it in a home that is nobody else’s, and makes the first account', async () => {
  const person = ordinaryPerson();
  using checkout = cloneCheckout('almenara', person);
  warmHome(checkout.home, person);
  const port = await freePort();
  const command = documentedAs(/ && .* start$/);
  const env = { HOST: '127.0.0.1' };
  await withDesk(command, { ...person, checkout, home: checkout.home, port, env }, async (desk) => {
    // The address, or the link for the first account where one is printed.
    const [printed] = await desk.says(/Almenara is at [\s\S]*\n\n$/);
    const page = await newcomersPage(browser, printed.match(/https?:\S+/g)?.at(-1) ?? '');
    await firstRun(page, `a heron over ${randomUUID()}`);
    await seesOrderInSecondTab(page);
    await page.context().close();
  });
  documentedAs(/^pnpm build$/);
});

test('every command of README and CONTRIBUTING has been run here, or it is said where it runs or why it does not', () => {
  const parts = documented.flatMap(partsOf);
  expect(parts.filter((part) => !wereRun.has(part) && !(part in ELSEWHERE))).toEqual([]);
  // Nothing is said of what is not documented, or what is run after all, and what is said is so.
  expect(Object.keys(ELSEWHERE).filter((part) => !parts.includes(part) || wereRun.has(part))).toEqual([]);
  expect(Object.values(ELSEWHERE).filter(({ holds }) => holds && !holds())).toEqual([]);
});
