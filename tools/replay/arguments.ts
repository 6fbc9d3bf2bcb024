import { parseArgs } from 'node:util';
import { AskedOptions } from '../../apps/server/src/import/read/options.ts';

export const USAGE = `Sends a file's sales to a desk as live traffic, through the API that everybody uses.

  pnpm replay <file.csv> [options]

The file is read as \`pnpm run import\` reads it. Clients, products and a zone that are missing are made, and stock for
all of it is received first. Then orders are placed at the pace of the file, and moved on through picking, packing,
shipping and delivery, so that the desk is alive. What the desk refuses is counted. Ctrl-C ends it.

  --speed N            how many times as fast as it happened (default 60: an hour in a minute)
  --limit N            only the first N sales
  --loop               from the beginning again when it is through
  --max-pause S        nights are cut short: no order for at most S seconds (default 20)
  --no-moves           orders stay where they are placed

  --url URL            the desk (default http://localhost:4000)
  --key KEY            an API key, or the environment variable ALMENARA_KEY
  --email E --password P
                       an account, or ALMENARA_EMAIL and ALMENARA_PASSWORD; on a desk with demo data its operator

  --zone CODE          where stock is received (default MAIN)
  --currency CODE      of the prices (default what the file says, or EUR)
  --language en|es     of the names of clients that are made (default en)
  --time-zone ZONE     of the dates (default this machine's)
  --date-order, --decimal, --delimiter, --encoding
                       as for \`pnpm run import\`, where the file is misread
  -h, --help           this text
`;

/** The command line says something that cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export interface ReplayArguments {
  readonly kind: 'replay';
  readonly file: string;
  readonly url: string;
  readonly speed: number;
  readonly limit: number;
  readonly loop: boolean;
  readonly maxPauseMs: number;
  readonly moves: boolean;
  readonly key: string | undefined;
  readonly email: string | undefined;
  readonly password: string | undefined;
  readonly options: AskedOptions;
}

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** @throws UsageError */
export function readArguments(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ReplayArguments | { readonly kind: 'help' } {
  const { values, positionals } = parse(argv[0] === '--' ? argv.slice(1) : argv);
  if (values.help) return { kind: 'help' };
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Which file?');
  if (more.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}`);
  const { delimiter } = values;
  const options = AskedOptions.safeParse({
    zone: values.zone,
    currency: values.currency?.toUpperCase(),
    language: values.language,
    timeZone: values['time-zone'],
    encoding: values.encoding,
    decimal: values.decimal,
    delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter,
    dateOrder: values['date-order'],
  });
  if (!options.success) {
    const told = options.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new UsageError(told.join('\n'));
  }
  const url = values.url ?? 'http://localhost:4000';
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UsageError(`--url: ${url} is no address of a desk.`);
  return {
    kind: 'replay',
    file,
    url: new URL(url).origin,
    speed: above('speed', values.speed, 60),
    limit:
      values.limit === undefined ? Number.POSITIVE_INFINITY : Math.floor(above('limit', values.limit, 1)),
    loop: values.loop ?? false,
    maxPauseMs: above('max-pause', values['max-pause'], 20) * 1000,
    moves: !values['no-moves'],
    key: values.key ?? env.ALMENARA_KEY,
    email: values.email ?? env.ALMENARA_EMAIL,
    password: values.password ?? env.ALMENARA_PASSWORD,
    options: options.data,
  };
}

function above(name: string, value: string | undefined, fallback: number): number {
  const number = value === undefined ? fallback : Number(value);
  if (!Number.isFinite(number) || number <= 0)
    throw new UsageError(`--${name}: ${value} is no number above 0.`);
  return number;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        speed: text,
        limit: text,
        loop: flag,
        'max-pause': text,
        'no-moves': flag,
        url: text,
        key: text,
        email: text,
        password: text,
        zone: text,
        currency: text,
        language: text,
        'time-zone': text,
        'date-order': text,
        decimal: text,
        delimiter: text,
        encoding: text,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
