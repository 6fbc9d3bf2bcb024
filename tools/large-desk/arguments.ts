import { parseArgs } from 'node:util';

export const USAGE = `Makes a large desk of an empty one, to see how the product does at size.

  pnpm tsx tools/large-desk.ts [options]

At scale 1 it has 100,000 open orders (some of 500 lines) and 200,000 closed ones, 100,000 products in 50 zones, 300,000
clients with names in many scripts, a million movements of stock, and the two million events of which every topic folds
to its tables. It is made by the database itself, in one transaction: all of it is there in the end, or nothing. The same
seed makes the same desk, but that its history ends on the day it is made. Nobody can sign in yet: the first start of the
server asks who is to. \`pnpm bench:large\` measures what such a desk costs.

  --scale N            of everything (default 1): 0.01 is a desk of 1,000 open orders
  --history N          of what is past (default 1): 10 gives ten million movements and as many events again
  --seed N             another desk of the same size (default 1)
  --database-url URL   a PostgreSQL of your own (default DATABASE_URL)
  --data-dir DIR       else the built-in one with its data there (default DATA_DIR, or .almenara)
  -h, --help           this text
`;

/** The command line says something that cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface LargeDeskArguments {
  readonly kind: 'make';
  readonly scale: number;
  readonly history: number;
  readonly seed: number;
  readonly databaseUrl: string | undefined;
  readonly dataDir: string;
}

const text = { type: 'string' } as const;

/** @throws UsageError */
export function readArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): LargeDeskArguments | { readonly kind: 'help' } {
  const { values } = parse(argv);
  if (values.help) return { kind: 'help' };
  return {
    kind: 'make',
    scale: numberOf('scale', values.scale, 0.000_001, 100),
    history: numberOf('history', values.history, 0, 1000),
    seed: Math.trunc(numberOf('seed', values.seed, 0, 1_000_000)),
    databaseUrl: values['data-dir'] === undefined ? (values['database-url'] ?? env.DATABASE_URL) : undefined,
    dataDir: values['data-dir'] ?? env.DATA_DIR ?? '.almenara',
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        scale: text,
        history: text,
        seed: text,
        'database-url': text,
        'data-dir': text,
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function numberOf(name: string, written: string | undefined, least: number, most: number): number {
  if (written === undefined) return 1;
  const value = Number(written);
  if (written.trim() === '' || !(value >= least && value <= most))
    throw new UsageError(`--${name} is a number from ${least} to ${most}.`);
  return value;
}
