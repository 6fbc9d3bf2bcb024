/** `pnpm tsx tools/large-desk.ts`: reaches the database and has a large desk made in it; the parts are in `large-desk/`. */
import { reachDatabase } from '../apps/server/src/import/connect.ts';
import { migrationsFolder } from '../apps/server/src/paths.ts';
import { readArguments, USAGE, UsageError } from './large-desk/arguments.ts';
import { makeLargeDesk, NotEmpty } from './large-desk/make.ts';
import { sizeOf } from './large-desk/size.ts';

const EXIT = { done: 0, failed: 1, usage: 2 } as const;

async function main(): Promise<number> {
  const args = readArguments(process.argv.slice(2), process.env);
  if (args.kind === 'help') {
    process.stdout.write(USAGE);
    return EXIT.done;
  }
  const { databaseUrl, dataDir, scale, history, seed } = args;
  const size = sizeOf(scale, history);
  const reached = await reachDatabase({ databaseUrl, dataDir, migrations: migrationsFolder() }, true);
  if (!reached) throw new Error('There is no database.');
  const n = (count: number): string => count.toLocaleString('en');
  process.stdout.write(
    `${n(size.openOrders)} open and ${n(size.closedOrders)} closed orders, ${n(size.products)} products in ${size.zones} zones, ${n(size.clients)} clients, in ${reached.how}\n`,
  );
  const begin = performance.now();
  const seconds = (): string => `${((performance.now() - begin) / 1000).toFixed(0).padStart(4)} s`;
  try {
    await makeLargeDesk({
      databaseUrl: reached.url,
      size,
      seed,
      now: new Date(),
      progress: (step, done, all) => process.stdout.write(`${seconds()}  ${done} of ${all}  ${step}\n`),
    });
  } finally {
    await reached.close();
  }
  process.stdout.write(`${seconds()}  done\n`);
  return EXIT.done;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isUsage = error instanceof UsageError;
  if (!isUsage && !(error instanceof NotEmpty)) throw error;
  process.stderr.write(`${error.message}${isUsage ? `\n\n${USAGE}` : '\n'}`);
  process.exitCode = isUsage ? EXIT.usage : EXIT.failed;
}
