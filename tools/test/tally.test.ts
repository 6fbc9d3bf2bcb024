import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAILED, PASSED, readPlaywright, readVitest, sum, toLine } from './tally.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'almenara-tally-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown): string {
  const file = join(folder, 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

test('the last line counts all runners, and names skipped tests only if there are any', () => {
  expect(toLine(sum([PASSED, PASSED, FAILED]))).toBe('2 passed, 1 failed');
  expect(toLine(sum([PASSED, { passed: 3, failed: 0, skipped: 2 }]))).toBe('4 passed, 0 failed, 2 skipped');
});

test('the counts of Vitest and Playwright are read from their reports', () => {
  const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(readVitest(report(vitest))).toEqual({ passed: 5, failed: 1, skipped: 3 });
  const playwright = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 0 } };
  expect(readPlaywright(report(playwright))).toEqual({ passed: 4, failed: 2, skipped: 0 });
});

test('a report without counts is an error, not a zero', () => {
  expect(() => readVitest(report({}))).toThrow('numPassedTests');
});
