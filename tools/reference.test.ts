import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { reference } from './reference.ts';

test('docs/reference.md is what the contract says; `pnpm reference` writes it', () => {
  expect(readFileSync(new URL('../docs/reference.md', import.meta.url), 'utf8')).toBe(reference());
});
