import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('..', import.meta.url).pathname;
const ids = (text: string): string[] => [...text.matchAll(/\[([A-Z]\d)\]/g)].map(([, id = '']) => id);

test('every rule of SPEC.md has a test, and tests name no other', () => {
  const rules = new Set(ids(readFileSync(`${root}SPEC.md`, 'utf8').replace(/^.*grep.*$/m, '')));
  const tests = new Set(
    globSync('{apps,packages,tools}/**/*.{test,spec}.{ts,tsx}', { cwd: root, exclude: (name) => String(name).includes('node_modules') })
      .filter((file) => !file.endsWith('spec.test.ts'))
      .flatMap((file) => readFileSync(`${root}${file}`, 'utf8').match(/test\(\s*[`'"](\[[A-Z]\d\])+/g)?.flatMap(ids) ?? []),
  );
  expect([...rules].filter((rule) => !tests.has(rule))).toEqual([]);
  expect([...tests].filter((rule) => !rules.has(rule))).toEqual([]);
});
