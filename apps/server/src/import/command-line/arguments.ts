import { parseArgs } from 'node:util';
import { ImportField } from '@almenara/events';
import type { z } from 'zod';
import { AskedOptions } from '../read/options.ts';

export const USAGE = `Imports a shop's sales lines: products, clients, orders, returns and their stock.

  pnpm run import <file.csv> [options]

The file has a line for each product of a document, with the columns document number, product code, quantity, date and
unit price, and if it has them description, customer and country. Headings may be English, Spanish, German, French,
Portuguese, Italian or Japanese, in any order.
What was imported before is left alone: run it again after an interruption, or with a longer file.

  --dry-run            say what would happen and change nothing
  --as delivered|open  the sales are history (default), or orders to be picked: placed, with their goods reserved
  --source NAME        whose numbers these are; the same number of another source is another document (default csv)
  --zone CODE          where the goods are taken from; made if there is none (default MAIN)
  --currency CODE      of the prices (default what the file says, or EUR); lines in another one are bad lines
  --time-zone ZONE     of the dates, as Europe/Madrid (default this machine's)
  --language en|es     what clients that the file has only numbers of are called in (default en)
  --cancellations RULE which documents take back what others sold: auto (default: all their lines are negative, and so
                       are most that are numbered like them), prefix:CN, negative (all that only take back) or none
  --services A,B       codes of new products that are never on a shelf, beside those that look like postage, fees and
                       discounts; may be said several times
  --goods A,B          codes of new products that are goods, whatever they look like
  --limit-errors N     import nothing if more than N lines are bad (default no limit: bad lines are left out)
  -h, --help           this text

How the file is written is found in the file, and what of it is a guess is told; where that goes wrong:
  --date-order ORDER   dmy, mdy, ymd, or serial for the day numbers of spreadsheets
  --decimal MARK       , or .
  --map FIELD=HEADING  which column a field is in, as --map price="Net price"; may be said several times. Fields are
                       document, code, quantity, date, price, description, customer and country
  --delimiter SIGN     ; , | or tab
  --encoding NAME      as utf-8 or windows-1252

It works beside a running server and without one, on the data of DATA_DIR or DATABASE_URL. Ctrl-C stops it after the
batch under way.
`;

/** The command line says something that cannot be. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export type Arguments =
  | { kind: 'help' }
  | { kind: 'import'; file: string; dryRun: boolean; map: ColumnMap; options: AskedOptions };

/** Headings that somebody gives a field to. */
export type ColumnMap = Partial<Record<ImportField, string>>;

/** @throws UsageError */
export function readArguments(argv: readonly string[]): Arguments {
  // What package managers put before arguments that are meant for the script.
  const { values, positionals } = parse(argv[0] === '--' ? argv.slice(1) : argv);
  if (values.help) return { kind: 'help' };
  const [file, ...more] = positionals;
  if (file === undefined) throw new UsageError('Which file?');
  if (more.length > 0) throw new UsageError(`One file at a time: ${positionals.join(', ')}`);
  const { delimiter, encoding, decimal } = values;
  const limit = values['limit-errors'];
  const options = AskedOptions.safeParse({
    source: values.source,
    zone: values.zone,
    currency: values.currency?.toUpperCase(),
    timeZone: values['time-zone'],
    as: values.as,
    language: values.language,
    limitErrors: limit === undefined ? undefined : Number(limit),
    encoding,
    decimal,
    delimiter: delimiter === 'tab' || delimiter === '\\t' ? '\t' : delimiter,
    dateOrder: values['date-order'],
    cancellations: values.cancellations,
    services: codes(values.services),
    goods: codes(values.goods),
  });
  if (!options.success) throw new UsageError(options.error.issues.map(describe).join('\n'));
  return {
    kind: 'import',
    file,
    dryRun: values['dry-run'] ?? false,
    map: readMap(values.map),
    options: options.data,
  };
}

function readMap(given: readonly string[] = []): ColumnMap {
  const map: ColumnMap = {};
  for (const text of given) {
    const [, name, heading] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
    const field = ImportField.safeParse(name?.trim());
    if (!field.success || heading === undefined)
      throw new UsageError(
        `--map: ${text} is not as price="Net price"; fields are ${ImportField.options.join(', ')}`,
      );
    map[field.data] = heading.trim();
  }
  return map;
}

const codes = (given: readonly string[] | undefined): string[] | undefined =>
  given?.flatMap((some) => some.split(',').map((code) => code.trim())).filter((code) => code !== '');

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        'dry-run': { type: 'boolean' },
        source: { type: 'string' },
        zone: { type: 'string' },
        currency: { type: 'string' },
        'time-zone': { type: 'string' },
        as: { type: 'string' },
        language: { type: 'string' },
        'limit-errors': { type: 'string' },
        encoding: { type: 'string' },
        decimal: { type: 'string' },
        delimiter: { type: 'string' },
        'date-order': { type: 'string' },
        cancellations: { type: 'string' },
        services: { type: 'string', multiple: true },
        goods: { type: 'string', multiple: true },
        map: { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const describe = ({ path, message }: z.core.$ZodIssue): string =>
  `--${path.join('.').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${message}`;
