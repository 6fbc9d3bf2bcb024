import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../process.ts';

/** Where variables are read that change what a test does; the server reads those that its own test gives it. */
const TESTS = ['apps/server/test', 'apps/web/e2e', 'packages/client/src', 'packages/events/src'];

test('every variable that a test reads is an input of the tasks, so that no outcome of another run is taken for this one’s', () => {
  const read = TESTS.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
      join(root, folder, file),
    ),
  )
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/process\.env\.([A-Z0-9_]+)/g)].map(([, name = '']) => name),
    );
  expect(read).toContain('SEED');
  const turbo = readFileSync(join(root, 'turbo.json'), 'utf8').replaceAll(/^\s*\/\/ .*$/gm, '');
  const { globalEnv } = JSON.parse(turbo);
  const inputs = [...globalEnv, 'PATH'].map((name: string) => new RegExp(`^${name.replaceAll('*', '.*')}$`));
  expect([...new Set(read)].filter((name) => !inputs.some((input) => input.test(name)))).toEqual([]);
});
