/** `pnpm replay`: parses arguments, signs in, prepares, plays and sums up; what each does is in the file of its name. */
import { setMaxListeners } from 'node:events';
import { CommandFailed } from '@almenara/client';
import { ImportError } from '../../apps/server/src/import/read/import-error.ts';
import { type ReplayArguments, readArguments, USAGE, UsageError } from './arguments.ts';
import { openDesk } from './desk.ts';
import { newTally, play } from './play.ts';
import { prepare } from './prepare.ts';
import { describeTally, showProgress } from './progress.ts';
import { ReplayError } from './replay-error.ts';
import { readSalesFile } from './sales.ts';

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2), process.env);
  if (args.kind === 'help') {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  return replay(args, stopOnSignals());
}

async function replay(args: ReplayArguments, signal: AbortSignal): Promise<number> {
  const { file, limit, options, url, speed, maxPauseMs, moves } = args;
  const sales = await readSalesFile(file, limit, options);
  if (sales.sales.length === 0) throw new ReplayError(`${file} has no sales that can be used.`);
  const { bad } = sales;
  const left = bad === 0 ? '' : `, ${bad} bad lines are left out`;
  process.stdout.write(`${sales.sales.length} sales of ${sales.goods.size} products${left}\n`);

  using desk = await openDesk(args);
  process.stdout.write(`To ${url}, ${speed} times as fast as it happened. Ctrl-C ends it.\n`);
  const tally = newTally();
  const progress = showProgress(process.stderr, () => performance.now());
  do {
    const { zone, language } = options;
    const { currency } = sales;
    const prepared = await prepare({ desk, sales, zone, currency, language, watch: progress, signal });
    if (signal.aborted) break;
    progress.started('Sales', sales.sales.length);
    await play({
      client: desk.client,
      sales: sales.sales,
      prepared,
      speed,
      maxPauseMs,
      moves,
      random: Math.random,
      signal,
      tally,
      advanced: (done) => progress.advanced(done, `  ${describeTally(tally)}`),
    });
  } while (args.loop && !signal.aborted);
  progress.ended();
  process.stdout.write(`${signal.aborted ? 'Stopped' : 'Done'}: ${describeTally(tally)}.\n`);
  return signal.aborted ? EXIT.interrupted : EXIT.done;
}

/** A package manager passes on the Ctrl-C that the terminal has sent to everybody: the same one may come twice. */
const SAME_SIGNAL_MS = 1000;

function stopOnSignals(): AbortSignal {
  const stop = new AbortController();
  // Every order under way listens to it.
  setMaxListeners(0, stop.signal);
  let asked = 0;
  const onSignal = (): void => {
    if (stop.signal.aborted && performance.now() - asked > SAME_SIGNAL_MS) process.exit(EXIT.interrupted);
    if (stop.signal.aborted) return;
    asked = performance.now();
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop.signal;
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const expected = [UsageError, ReplayError, ImportError, CommandFailed].some(
      (kind) => error instanceof kind,
    );
    const told =
      error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
    process.stderr.write(`${told}\n${error instanceof UsageError ? '\nSee --help.\n' : ''}`);
    process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
  },
);
