import { readFile } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { readConfig } from '../config.ts';
import { connectDatabase, type Database } from '../database/client.ts';
import { EmbeddedPostgresError } from '../database/embedded.ts';
import type { HealthPorts } from '../database/health.ts';
import { MigrationError } from '../database/migrate.ts';
import { importBus } from '../import-bus.ts';
import { migrationsFolder, projectRoot } from '../paths.ts';
import { type Arguments, readArguments, USAGE, UsageError } from './command-line/arguments.ts';
import { reachDatabase } from './command-line/connect.ts';
import { showProgress } from './command-line/progress-bar.ts';
import { describeBad, describeFile, describePlan, describeResult } from './command-line/report.ts';
import { decisionsOf } from './plan/decisions.ts';
import { hasTables } from './plan/known.ts';
import { mapColumns } from './read/columns.ts';
import { settle } from './read/currency.ts';
import { ImportError } from './read/import-error.ts';
import { openSales, type SalesTable } from './read/lines.ts';
import type { ImportOptions } from './read/options.ts';
import { describeGuesses, describeUnused } from './report/guesses.ts';
import { importSales, type Preview, previewSales } from './run/run.ts';

/** Parses arguments, connects and prints; what an import does is in run.ts. */

const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

const print = (...blocks: readonly (readonly string[])[]): void => {
  for (const lines of blocks) if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n\n`);
};

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2));
  if (args.kind === 'help') {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  const input = await readInput(args.file);
  const config = readConfig(process.env);
  const dataDir = isAbsolute(config.DATA_DIR) ? config.DATA_DIR : join(projectRoot(), config.DATA_DIR);
  const place = { databaseUrl: config.DATABASE_URL, dataDir, migrations: migrationsFolder() };
  const reached = await reachDatabase(place, !args.dryRun);
  const database = reached && connectDatabase(reached.url, { writers: 1, readers: 2 }, TOLD);
  try {
    if (args.dryRun) return await dryRun(args, input, database);
    if (!database) throw new ImportError('There is no database.');
    return await run(args, input, database, reached.how);
  } finally {
    await database?.close();
    await reached?.close();
  }
}

const TOLD: HealthPorts = {
  away: () => process.stderr.write('\nThe database does not answer: waiting for it …\n'),
  back: () => process.stderr.write('\nThe database is back.\n'),
};

/** The folder that the command was typed in; package managers change to the project's. */
async function readInput(file: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(process.env.INIT_CWD ?? process.cwd(), file));
  } catch (error) {
    throw new ImportError(
      `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

type ImportArguments = Extract<Arguments, { kind: 'import' }>;

async function dryRun(args: ImportArguments, bytes: Uint8Array, database: Database | null): Promise<number> {
  const { input, options } = open(bytes, args);
  const db = database && (await hasTables(database.reader)) ? database.reader : null;
  const { file, plan } = await previewSales({ db, input, options });
  tell(args.file, input, { file, plan }, options);
  print(['Dry run: nothing was changed.']);
  return EXIT.done;
}

/** The file as a table, and the options with what it says. */
function open(bytes: Uint8Array, { map, options: asked }: ImportArguments) {
  const table = openSales(bytes, asked);
  if (Object.keys(map).length === 0) return { input: table, options: settle(table, asked) };
  const told = { ...asked, columns: mapColumns(table.headings, map) };
  const input = openSales(bytes, told);
  return { input, options: settle(input, told) };
}

/** How the file was read, what of that is a guess or is left aside, and what will come of it. */
function tell(path: string, { headings }: SalesTable, { file, plan }: Preview, options: ImportOptions): void {
  const decisions = decisionsOf(file, headings, plan, options);
  print(
    describeFile(basename(path), file, options),
    describeGuesses(decisions),
    describeUnused(file.unused),
    describePlan(plan, options),
    describeBad(plan),
  );
}

async function run(
  args: ImportArguments,
  bytes: Uint8Array,
  database: Database,
  how: string,
): Promise<number> {
  const { input, options } = open(bytes, args);
  const bus = importBus(database);
  const { signal } = stopOnSignals();
  const began = performance.now();
  const result = await importSales({
    bus,
    db: database.reader,
    input,
    options,
    signal,
    progress: showProgress(process.stderr, () => performance.now()),
    planned: ({ file, plan }) => {
      tell(args.file, input, { file, plan }, options);
      if (plan.documents.length > 0) process.stdout.write(`Writing to ${how}.\n`);
    },
  });
  print(describeResult(result, (performance.now() - began) / 1000));
  return result.stopped ? EXIT.interrupted : EXIT.done;
}

/** A package manager passes on the Ctrl-C that the terminal has sent to everybody: the same one may come twice. */
const SAME_SIGNAL_MS = 1000;

/** The first Ctrl-C stops after the batch under way, another one at once; PostgreSQL then undoes the batch. */
function stopOnSignals(): AbortController {
  const stop = new AbortController();
  let asked = 0;
  const onSignal = (): void => {
    if (stop.signal.aborted && performance.now() - asked > SAME_SIGNAL_MS) process.exit(EXIT.interrupted);
    if (stop.signal.aborted) return;
    asked = performance.now();
    process.stderr.write('\nStopping after the batch under way …\n');
    stop.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return stop;
}

/** What is still under way when a run was stopped keeps nobody waiting; what was printed has left by then. */
const LINGER_MS = 2000;

main()
  .then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      const expected = [UsageError, ImportError, EmbeddedPostgresError, MigrationError].some(
        (kind) => error instanceof kind,
      );
      const told =
        error instanceof Error ? (expected ? error.message : (error.stack ?? error.message)) : String(error);
      process.stderr.write(`${told}\n${error instanceof UsageError ? '\nSee --help.\n' : ''}`);
      process.exitCode = error instanceof UsageError ? EXIT.usage : EXIT.failed;
    },
  )
  .finally(() => setTimeout(() => process.exit(), LINGER_MS).unref());
