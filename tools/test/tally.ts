import { readFileSync } from 'node:fs';

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
  /** Names of tests that passed only when they were tried again; they count as passed. */
  flaky: readonly string[];
}

export const FAILED: Tally = { passed: 0, failed: 1, skipped: 0, flaky: [] };
export const PASSED: Tally = { passed: 1, failed: 0, skipped: 0, flaky: [] };

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (total, { passed, failed, skipped, flaky }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
      flaky: [...total.flaky, ...flaky],
    }),
    { passed: 0, failed: 0, skipped: 0, flaky: [] },
  );
}

/** The last line of a run; other tools read it. */
export function toLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Of Vitest's or Playwright's JSON report, whichever it is. */
export function readReport(file: string): Tally {
  const report: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return valueAt(report, 'stats') === undefined ? tallyOfVitest(report) : tallyOfPlaywright(report);
}

function tallyOfVitest(report: unknown): Tally {
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed: numberAt(report, 'numFailedTests'),
    skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
    flaky: [],
  };
}

function tallyOfPlaywright(report: unknown): Tally {
  const stats = valueAt(report, 'stats');
  const flaky = flakyOf(report, []);
  if (flaky.length !== numberAt(stats, 'flaky')) throw new Error('The report does not name its flaky tests.');
  return {
    passed: numberAt(stats, 'expected') + flaky.length,
    failed: numberAt(stats, 'unexpected'),
    skipped: numberAt(stats, 'skipped'),
    flaky,
  };
}

/** A suite is a file or a `describe`, and has suites and specs; a spec is run once for each project. */
function flakyOf(suite: unknown, path: readonly string[]): string[] {
  const title = valueAt(suite, 'title');
  const here = typeof title === 'string' ? [...path, title] : path;
  const own = listAt(suite, 'specs').flatMap((spec) =>
    listAt(spec, 'tests')
      .filter((test) => valueAt(test, 'status') === 'flaky')
      .map(() => [...here, String(valueAt(spec, 'title'))].join(' › ')),
  );
  return [...own, ...listAt(suite, 'suites').flatMap((inner) => flakyOf(inner, here))];
}

function valueAt(record: unknown, key: string): unknown {
  return typeof record === 'object' && record !== null ? Reflect.get(record, key) : undefined;
}

function listAt(record: unknown, key: string): readonly unknown[] {
  const value = valueAt(record, key);
  return Array.isArray(value) ? value : [];
}

function numberAt(record: unknown, key: string): number {
  const value = valueAt(record, key);
  if (typeof value !== 'number') throw new Error(`The report has no number "${key}".`);
  return value;
}
