/**
 * `pnpm test`: everything that has to be right, in one command; `--fast` (`pnpm check`) what needs neither a database
 * nor a browser. Ends with one line that counts all of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whenLauncherIsGone } from './launcher.ts';
import { run, stopAll } from './process.ts';
import { ensureChromium } from './test/chromium.ts';
import { allSteps, fastSteps, type Step } from './test/steps.ts';
import { FAILED, PASSED, sum, type Tally, toLine } from './test/tally.ts';

const fast = process.argv.includes('--fast');
/** Reports, and everything that tests put into a temporary folder: gone at the end, also of a run that was stopped. */
const scratch = mkdtempSync(join(tmpdir(), 'almenara-run-'));
const env: NodeJS.ProcessEnv = {
  ...process.env,
  TMPDIR: scratch,
  TURBO_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  DO_NOT_TRACK: '1',
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopAll);
whenLauncherIsGone(stopAll);

const tallies: Tally[] = [];
const troubles: string[] = [];
try {
  if (!fast) env.CHROMIUM = await ensureChromium();
  for (const step of fast ? fastSteps(scratch) : allSteps(scratch)) tallies.push(await take(step));
} catch (error) {
  troubles.push(error instanceof Error ? error.message : String(error));
  tallies.push(FAILED);
}
rmSync(scratch, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });

for (const trouble of troubles) console.log(`\n✗ ${trouble}`);
const total = sum(tallies);
if (total.failed > 0) process.exitCode = 1;
console.log(`\n${toLine(total)}`);

async function take(step: Step): Promise<Tally> {
  console.log(`\n── ${step.title} ${'─'.repeat(Math.max(0, 90 - step.title.length))}\n`);
  const started = performance.now();
  const outcome = await run(step.command, { ...env, ...step.env }, step.timeoutMs);
  const tally = count(step, outcome.ok);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const reason = outcome.reason && ` (${outcome.reason})`;
  console.log(`\n${tally.failed > 0 ? '✗' : '✓'} ${step.title}: ${toLine(tally)}${reason}, ${seconds} s`);
  if (tally.failed > 0) troubles.push(`${step.title}${reason}`);
  return tally;
}

/** A runner that crashed has failed, whatever it had counted by then. */
function count(step: Step, ok: boolean): Tally {
  if (!step.count) return ok ? PASSED : FAILED;
  try {
    const tally = step.count();
    return ok || tally.failed > 0 ? tally : sum([tally, FAILED]);
  } catch (error) {
    console.log(`\n${error instanceof Error ? error.message : String(error)}`);
    return FAILED;
  }
}
