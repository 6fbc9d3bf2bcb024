import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DevelopmentServer } from './server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'almenara-dev-'));
  mkdirSync(join(folder, 'src/orders'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** It writes down each start, and runs on until it is ended. */
const RUNS = `require('fs').appendFileSync('starts', 'started\\n'); setInterval(() => {}, 1000);`;
const FAILS = `require('fs').appendFileSync('starts', 'failed\\n'); process.exit(3);`;

function serverOf(source: string): DevelopmentServer {
  writeFileSync(join(folder, 'src/main.cjs'), source);
  return new DevelopmentServer({
    command: [process.execPath, join(folder, 'src/main.cjs')],
    cwd: folder,
    env: process.env,
    sources: [join(folder, 'src')],
  });
}

const starts = (): string[] =>
  existsSync(join(folder, 'starts')) ? readFileSync(join(folder, 'starts'), 'utf8').trim().split('\n') : [];
const untilStarts = (expected: string[]) =>
  vi.waitFor(() => expect(starts()).toEqual(expected), { timeout: 20_000 });

test('a server that does not come up ends the command with its exit code', async () => {
  expect(await serverOf(FAILS).run()).toBe(3);
  expect(starts()).toEqual(['failed']);
});

test('a change starts the server again, also one in a folder that was not there, and one that an editor puts in place', async () => {
  const server = serverOf(RUNS);
  const ended = server.run();
  await untilStarts(['started']);
  mkdirSync(join(folder, 'src/counts'));
  writeFileSync(join(folder, 'src/counts/policy.ts'), '1');
  await untilStarts(['started', 'started']);
  appendFileSync(join(folder, 'src/counts/policy.ts'), '2');
  await untilStarts(['started', 'started', 'started']);
  server.stop();
  expect(await ended).toBe(0);
});

test('after a change that breaks it the server is waited for, and comes with the next change', async () => {
  const server = serverOf(RUNS);
  const ended = server.run();
  await untilStarts(['started']);
  writeFileSync(join(folder, 'src/main.cjs'), FAILS);
  writeFileSync(join(folder, 'src/orders/touched.ts'), '');
  await untilStarts(['started', 'failed']);
  writeFileSync(join(folder, 'src/main.cjs'), RUNS);
  writeFileSync(join(folder, 'src/orders/touched.ts'), '1');
  await untilStarts(['started', 'failed', 'started']);
  server.stop();
  expect(await ended).toBe(0);
});
