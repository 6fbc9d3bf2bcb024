import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FAILED, PASSED, readReport, sum, toLine } from './tally.ts';

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
  expect(toLine(sum([PASSED, { passed: 3, failed: 0, skipped: 2, flaky: [] }]))).toBe(
    '4 passed, 0 failed, 2 skipped',
  );
});

test('the counts of Vitest and Playwright are read from their reports, and what needed another try is told by name', () => {
  const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(readReport(report(vitest))).toEqual({ passed: 5, failed: 1, skipped: 3, flaky: [] });
  const playwright = {
    stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 0 },
    suites: [
      {
        title: 'tabs.spec.ts',
        specs: [{ title: 'one leads', tests: [{ status: 'expected' }] }],
        suites: [{ title: 'frozen', specs: [{ title: 'another takes over', tests: [{ status: 'flaky' }] }] }],
      },
    ],
  };
  expect(readReport(report(playwright))).toEqual({
    passed: 5,
    failed: 1,
    skipped: 0,
    flaky: ['tabs.spec.ts › frozen › another takes over'],
  });
});

test('a report without counts is an error, not a zero', () => {
  expect(() => readReport(report({}))).toThrow('numPassedTests');
  expect(() => readReport(report({ stats: { expected: 4, unexpected: 0, flaky: 1, skipped: 0 } }))).toThrow(
    'flaky',
  );
});
