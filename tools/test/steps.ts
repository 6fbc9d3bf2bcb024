import { join } from 'node:path';
import { readPlaywright, readVitest, type Tally } from './tally.ts';

export interface Step {
  title: string;
  command: readonly string[];
  timeoutMs: number;
  /** Counts the tests; a step without is one check. */
  count?: () => Tally;
  env?: NodeJS.ProcessEnv;
}

const minutes = (n: number) => n * 60_000;

/** @param reports a folder for the runners' reports */
export function allSteps(reports: string): Step[] {
  const playwrightReport = join(reports, 'playwright.json');
  return [
    ...checks,
    {
      title: 'Unused files, exports and dependencies',
      command: ['knip', '--no-progress'],
      timeoutMs: minutes(5),
    },
    vitest(reports, []),
    {
      title: 'Build',
      command: ['turbo', 'run', 'build', '--output-logs=errors-only'],
      timeoutMs: minutes(15),
    },
    { title: 'First load of every page', command: ['tsx', 'tools/first-load.ts'], timeoutMs: minutes(5) },
    {
      title: 'Browser tests',
      command: ['playwright', 'test'],
      timeoutMs: minutes(30),
      count: () => readPlaywright(playwrightReport),
      env: { PLAYWRIGHT_REPORT: playwrightReport },
    },
  ];
}

/** What takes seconds: no database, no browser. */
export function fastSteps(reports: string): Step[] {
  return [...checks, vitest(reports, ['--project', 'unit'])];
}

// Biome's "ci" paints every letter, also into files.
const colors = process.stdout.isTTY ? [] : ['--colors=off'];

const checks: Step[] = [
  {
    title: 'Generated code',
    command: ['turbo', 'run', 'generate', '--output-logs=errors-only'],
    timeoutMs: minutes(5),
  },
  {
    title: 'Types',
    command: ['turbo', 'run', 'typecheck', '--output-logs=errors-only'],
    timeoutMs: minutes(10),
  },
  { title: 'Types of the tools', command: ['tsc', '-p', 'tools'], timeoutMs: minutes(5) },
  {
    title: 'Style and boundaries',
    command: ['biome', 'ci', '--error-on-warnings', '--max-diagnostics=50', ...colors],
    timeoutMs: minutes(5),
  },
];

function vitest(reports: string, options: string[]): Step {
  const report = join(reports, 'vitest.json');
  return {
    title: 'Tests',
    command: [
      'vitest',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${report}`,
      ...options,
    ],
    timeoutMs: minutes(40),
    count: () => readVitest(report),
  };
}
