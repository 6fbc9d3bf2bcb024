/** `pnpm tsx tools/large-desk.ts`: reaches the database and has a large desk made in it; the parts are in `large-desk/`. */
import { type Reached, reachDatabase } from '../apps/server/src/import/command-line/connect.ts';
import { migrationsFolder } from '../apps/server/src/paths.ts';
import { type LargeDeskArguments, readArguments, USAGE, UsageError } from './large-desk/arguments.ts';
import { makeLargeDesk, NotEmpty } from './large-desk/make.ts';
import { sizeOf } from './large-desk/size.ts';

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

type Say = (line: string) => void;

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2), process.env);
  if (args.kind === 'help') {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  const { databaseUrl, dataDir } = args;
  const reached = await reachDatabase({ databaseUrl, dataDir, migrations: migrationsFolder() }, true);
  if (!reached) throw new Error('There is no database.');
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    await make(args, reached, say);
  } finally {
    await reached.close();
  }
  return EXIT.done;
}

async function make(
  { scale, history, seed }: LargeDeskArguments,
  { url, how }: Reached,
  say: Say,
): Promise<void> {
  const size = sizeOf(scale, history);
  const n = (count: number): string => count.toLocaleString('en');
  const orders = `${n(size.openOrders)} open and ${n(size.closedOrders)} closed orders`;
  say(
    `${orders}, ${n(size.products)} products in ${size.zones} zones, ${n(size.clients)} clients, in ${how}`,
  );
  const begin = performance.now();
  const seconds = (): string => `${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s`;
  await makeLargeDesk({
    databaseUrl: url,
    size,
    seed,
    now: new Date(),
    progress: (step, done, all) => say(`${seconds()}  ${done} of ${all}  ${step}`),
  });
  say(`${seconds()}  done`);
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof UsageError;
  if (!isUsage && !(error instanceof NotEmpty)) throw error;
  process.stderr.write(`${error.message}${isUsage ? `\n\n${USAGE}` : '\n'}`);
  process.exitCode = isUsage ? EXIT.usage : EXIT.failed;
}
