import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testApp } from '../../test/app.ts';
import { SAMPLE } from './testing/sample.ts';
import { SHOPS } from './testing/shops.ts';

/** A process of its own, and for some a database of its own, on a machine that does other things too. */
const SLOW = 120_000;
const cli = fileURLToPath(new URL('cli.ts', import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almenara-import-'));
  await writeFile(join(folder, 'sales.csv'), SAMPLE);
  await writeFile(join(folder, 'stock.csv'), 'sku,units\nA1,3\n');
  await writeFile(join(folder, 'german.csv'), SHOPS.german);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** The command, typed in the folder of the files. */
async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...args], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'test',
      INIT_CWD: folder,
      DATA_DIR: join(folder, 'none'),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const errors: string[] = [];
  child.stdout.on('data', (chunk) => out.push(String(chunk)));
  child.stderr.on('data', (chunk) => errors.push(String(chunk)));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, out: out.join(''), errors: errors.join('') };
}

test(
  'it says how it is used, and what is wrong with a command or a file',
  async () => {
    const help = await run(['--help']);
    expect(help).toMatchObject({ code: 0, errors: '' });
    expect(help.out).toMatch(/--dry-run .*\n[\s\S]*--date-order/);
    const wrong = await run([
      'sales.csv',
      '--as',
      'maybe',
      '--limit-errors',
      'few',
      '--time-zone',
      'Europe/Atlantis',
    ]);
    expect(wrong.code).toBe(2);
    expect(wrong.errors).toMatch(/--time-zone: no IANA time zone[\s\S]*--as: [\s\S]*--limit-errors: /);
    expect(await run(['none.csv'])).toMatchObject({
      code: 1,
      errors: expect.stringContaining('none.csv cannot be read'),
    });
    expect(await run(['stock.csv', '--dry-run'])).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^The file has no column for: document number .* "sku", "units"/),
    });
  },
  SLOW,
);

test(
  '[I1][I2] beside a running server: a dry run tells and changes nothing, an import tells and is seen, a second finds nothing',
  async () => {
    await using desk = await testApp();
    const env = { DATABASE_URL: desk.databaseUrl };
    const options = ['sales.csv', '--time-zone', 'Europe/Madrid'];

    const dry = await run([...options, '--dry-run'], env);
    expect(dry).toMatchObject({ code: 0, errors: '' });
    expect(dry.out).toContain('dates      day/month/year: the first number goes beyond 12');
    expect(dry.out).toContain('4  delivered orders: 11 lines, EUR 2,830.08');
    expect(dry.out).toContain('2  returns: EUR 58.20, 1 of them from an order that is known');
    expect(dry.out).toContain('1  prices rounded');
    expect((await desk.http('admin', 'GET', '/api/orders')).body.total).toBe(0);

    const real = await run(options, env);
    expect(real.code).toBe(0);
    expect(real.out).toMatch(/Done: 7 documents imported in \d+\.\d s\./);
    expect(real.errors).toContain('Documents     7/7');
    const { body } = await desk.http('admin', 'GET', '/api/topics/orders/snapshot');
    expect(body.snapshot.orders).toHaveLength(4);

    const again = await run(options, env);
    expect(again.out).toContain('There is nothing new to import.\n         15  lines left alone');
  },
  SLOW,
);

test(
  'without a server: a dry run needs no database, an import makes its own and leaves none running',
  async () => {
    const dataDir = join(folder, 'data');
    const env = { DATA_DIR: dataDir };
    expect(await run(['sales.csv', '--dry-run'], env)).toMatchObject({ code: 0 });
    expect(await readdir(folder)).not.toContain('data');
    expect(await run(['--', 'sales.csv', '--as', 'open'], env)).toMatchObject({
      code: 0,
      out: expect.stringContaining('7 documents imported'),
    });
    const again = await run(['sales.csv', '--dry-run'], env);
    expect(again.out).toContain('15  lines left alone');
    expect(await readdir(join(dataDir, 'postgres'))).not.toContain('postmaster.pid');
  },
  SLOW,
);

test(
  '[I3] a file of another program: guesses are told as guesses, unused columns by name, and both can be set right',
  async () => {
    const found = await run(['german.csv', '--dry-run']);
    expect(found).toMatchObject({ code: 0, errors: '' });
    expect(found.out).toContain(
      'unit price is taken from "VK netto"; it could be "VK brutto", "EK-Preis": say --map price="VK brutto"',
    );
    expect(found.out).toContain('"MwSt-Satz" looks like a tax: 19,00');
    expect(found.out).toContain('2  delivered orders: 3 lines, EUR 134.70');
    expect(found.out).toContain('1 are no goods (V1)');

    const told = await run([
      'german.csv',
      '--dry-run',
      '--map',
      'price=VK brutto',
      '--goods',
      'v1',
      '--cancellations',
      'prefix:RE',
    ]);
    expect(told.out).not.toContain('Guesses');
    expect(told.out).toContain('0 are no goods (none)');
    expect(told.out).toContain('line 2, document RE-2024-001: its quantity is positive in a cancellation');
  },
  SLOW,
);
