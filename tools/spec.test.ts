import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const ids = (text: string): string[] => [...text.matchAll(/\[([A-Z]\d)\]/g)].map(([, id = '']) => id);

function testFiles(): string[] {
  const packages = ['apps', 'packages'].flatMap((folder) =>
    readdirSync(join(root, folder)).flatMap((name) =>
      ['src', 'test', 'e2e'].map((inner) => join(root, folder, name, inner)),
    ),
  );
  return [...packages, join(root, 'tools')]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => /\.(test|spec)\.tsx?$/.test(file))
        .map((file) => join(folder, file)),
    );
}

test('every rule of SPEC.md has a test, and tests name no other', () => {
  const rules = new Set(ids(readFileSync(join(root, 'SPEC.md'), 'utf8').replace(/^.*grep.*$/m, '')));
  const named = testFiles().flatMap(
    (file) =>
      readFileSync(file, 'utf8')
        .match(/[`'"](\[[A-Z]\d\])+ /g)
        ?.flatMap(ids) ?? [],
  );
  const tests = new Set(named);
  expect([...rules].filter((rule) => !tests.has(rule))).toEqual([]);
  expect([...tests].filter((rule) => !rules.has(rule))).toEqual([]);
});
