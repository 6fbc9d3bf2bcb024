import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SAMPLE } from '../src/import/testing/sample.ts';
import { testApp } from './app.ts';

const program = fileURLToPath(new URL('../../../tools/replay/main.ts', import.meta.url));

let file: string;
beforeAll(async () => {
  file = join(await mkdtemp(join(tmpdir(), 'almenara-replay-')), 'sales.csv');
  await writeFile(file, SAMPLE);
});
afterAll(() => rm(join(file, '..'), { recursive: true, force: true }));

function replay(args: readonly string[]): { child: ChildProcess; ended: Promise<Ended>; said: () => string } {
  const child = spawn(process.execPath, ['--import', 'tsx', program, ...args], {
    env: { PATH: process.env.PATH },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, out })));
  return { child, ended, said: () => out };
}
interface Ended {
  readonly code: number | null;
  readonly out: string;
}

test('a file’s sales become live orders: what is missing is made first, and what the desk refuses is counted', async () => {
  await using desk = await testApp();
  // One of its clients is known and archived: its order is refused, the others go on.
  const { client } = await desk.run('create_client', { name: 'Client 502' });
  await desk.run('create_client', { name: 'Walk-in' });
  const args = [
    file,
    '--url',
    desk.url,
    '--key',
    desk.users.operator.token,
    '--speed',
    '100000',
    '--max-pause',
    '1',
  ];
  const first = replay([...args, '--limit', '1', '--no-moves']);
  expect(await first.ended).toMatchObject({
    code: 0,
    out: expect.stringContaining('Done: 1 orders placed, 0 moves.'),
  });
  const [order] = (await desk.http('viewer', 'GET', '/api/orders')).body.items;
  expect(order).toMatchObject({ clientName: 'Client 501', status: 'placed', notes: '9001' });

  await desk.app.database.accounts.$executeRaw`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN UPDATE client SET archived = true WHERE name = 'Client 502'; RETURN NEW; END $$`;
  await desk.app.database.accounts.$executeRaw`
    CREATE TRIGGER refuse AFTER INSERT ON stock_movement FOR EACH STATEMENT EXECUTE FUNCTION refuse()`;
  const { code, out } = await replay(args).ended;
  expect(code, out).toBe(0);
  expect(out).toMatch(/Done: 3 orders placed, \d+ moves, refused: 1 conflict\./);
  const orders = await desk.http('viewer', 'GET', `/api/orders?clientId=${client.id}`);
  expect(orders.body.total).toBe(0);
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('Ctrl-C ends it cleanly, and a wrong address, sign-in or file says what is wrong', async () => {
  await using desk = await testApp();
  const slow = replay([
    file,
    '--url',
    desk.url,
    '--key',
    desk.users.operator.token,
    '--speed',
    '1',
    '--max-pause',
    '600',
  ]);
  await expect.poll(slow.said, { timeout: 30_000 }).toContain('Sales');
  slow.child.kill('SIGINT');
  expect(await slow.ended).toMatchObject({
    code: 130,
    out: expect.stringMatching(/Stopped: \d+ orders placed/),
  });

  const failures = await Promise.all([
    replay([file, '--url', 'http://127.0.0.1:9']).ended,
    replay([file, '--url', desk.url]).ended,
    replay([file, '--url', desk.url, '--key', 'alm_nonsense']).ended,
    replay([file, '--url', desk.url, '--key', desk.users.viewer.token]).ended,
    replay(['none.csv']).ended,
  ]);
  expect(failures.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1]);
  expect(failures.map(({ out }) => out)).toEqual([
    expect.stringContaining('No desk answers at http://127.0.0.1:9'),
    expect.stringContaining('This desk has no demo accounts'),
    expect.stringContaining('does not let this sign-in in'),
    expect.stringContaining('A viewer may not place orders'),
    expect.stringContaining('none.csv cannot be read'),
  ]);
});
