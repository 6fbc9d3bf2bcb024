import { expect, test } from 'vitest';
import { commandsOf, partsOf } from './documented.ts';

test('commands are found in blocks, tables and sentences; other code is none', () => {
  const page = [
    'Type `pnpm check`, or `DEMO_DATA=0 npx pnpm@12 dev`; the file is `apps/server/src/config.ts`, the variable `PORT`.',
    '```sh',
    'npx pnpm@12 dev     # starts',
    '',
    'curl -X POST localhost \\',
    "  -d '{}'",
    '```',
    '```ts',
    'pnpm.start();',
    '```',
    '| `pnpm figures [page …]` | what a page loads |',
  ].join('\n');
  expect(commandsOf(page)).toEqual([
    'npx pnpm@12 dev',
    "curl -X POST localhost -d '{}'",
    'pnpm check',
    'DEMO_DATA=0 npx pnpm@12 dev',
    'pnpm figures [page …]',
  ]);
});

test('a command is the same with and without npx, and a line of several is each of them', () => {
  expect(partsOf('npx pnpm@12 install && npx pnpm@12 build')).toEqual(['pnpm install', 'pnpm build']);
  expect(partsOf('DEMO_DATA=0 npx pnpm@12 dev')).toEqual(['DEMO_DATA=0 pnpm dev']);
});
