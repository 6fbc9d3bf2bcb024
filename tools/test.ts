/**
 * `pnpm test`: everything that has to be right, in one command, run by turbo (`turbo run test`), so that what has not
 * changed is not run again. `--fast` (`pnpm check`): what needs neither a database nor a browser. Ends with one line
 * that counts all of it; further arguments are turbo's (`--force` runs all of it again).
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenLauncherIsGone } from './launcher.ts';
import { type Outcome as Ending, root, run, stopAll } from './process.ts';
import { ensureChromium } from './test/chromium.ts';
import { ensurePrograms } from './test/packages.ts';
import { removeReports } from './test/reports.ts';
import { type Outcome, readSummary, summariesOf } from './test/summary.ts';
import { FAILED, sum, type Tally, toLine } from './test/tally.ts';

const MOST_MS = 90 * 60_000;
const FAST = [
  'typecheck',
  '//#test:style',
  '//#test:types',
  '//#test:tools',
  '@almenara/events#test',
  '@almenara/client#test',
  '@almenara/server#test:unit',
];
/** Tasks that do not build on a failed one are run all the same. One at a time, none needs its name before each line. */
const OPTIONS = [
  '--continue=dependencies-successful',
  '--summarize',
  '--output-logs=new-only',
  '--log-prefix=none',
];

// As a task of turbo it is the name for the tasks it depends on, which have run.
if (process.env.TURBO_HASH === undefined) await main();

async function main(): Promise<void> {
  const fast = process.argv.includes('--fast');
  const more = process.argv.slice(2).filter((argument) => argument !== '--fast' && argument !== '--');
  /** What tests put into a temporary folder: gone at the end, also of a run that was stopped. */
  const scratch = mkdtempSync(join(tmpdir(), 'almenara-run-'));
  // A test that takes the part of an ordinary user has a folder of its own in it.
  chmodSync(scratch, 0o711);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopAll);
  whenLauncherIsGone(stopAll);

  let tally: Tally = FAILED;
  try {
    if (!fast) await ensurePrograms();
    const chromium = fast ? undefined : await ensureChromium();
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      ...(chromium !== undefined && { CHROMIUM: chromium }),
      TESTED_WITH: testedWith(chromium),
      TMPDIR: scratch,
      TURBO_TELEMETRY_DISABLED: '1',
      CHECKPOINT_DISABLE: '1',
      DO_NOT_TRACK: '1',
    };
    removeReports(root);
    const before = new Set(summariesOf(root));
    const ending = await run(
      ['turbo', 'run', ...(fast ? FAST : ['test']), ...OPTIONS, ...more],
      env,
      MOST_MS,
    );
    const summary = summariesOf(root).find((file) => !before.has(file));
    tally = tell(summary === undefined ? [] : readSummary(summary, root), ending);
    if (summary !== undefined) rmSync(summary);
  } catch (error) {
    console.log(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
  }
  rmSync(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  if (tally.failed > 0) process.exitCode = 1;
  console.log(`\n${toLine(tally)}`);
}

/** Prints a line for each task, and what needs to be looked at. */
function tell(outcomes: readonly Outcome[], { ok, reason }: Ending): Tally {
  console.log('');
  for (const { task, tally, ms, note } of outcomes) {
    const after =
      note === 'cached' ? 'cached' : `${(ms / 1000).toFixed(1)} s${note === null ? '' : `, ${note}`}`;
    console.log(`${tally.failed > 0 ? '✗' : '✓'} ${task}: ${toLine(tally)}, ${after}`);
  }
  const total = sum(outcomes.map(({ tally }) => tally));
  for (const name of total.flaky) console.log(`\nFlaky, passed when it was tried again: ${name}`);
  if (ok || total.failed > 0) return total;
  console.log(`\n✗ turbo: ${reason}`);
  return sum([total, FAILED]);
}

/** What the same files were tested with: another Node or Chromium may come to another outcome. */
function testedWith(chromium: string | undefined): string {
  const browser =
    chromium === undefined ? '' : spawnSync(chromium, ['--version'], { encoding: 'utf8' }).stdout.trim();
  return `${process.platform} Node ${process.version} ${browser}`.trim();
}
