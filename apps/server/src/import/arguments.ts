import { parseArgs } from 'node:util';
import type { z } from 'zod';
import { ImportOptions } from './options.ts';

export const USAGE = `Imports a shop's sales lines: products, clients, orders, returns and their stock.

  pnpm run import <file.csv> [options]

The file has a line for each product of a document, with the columns document number, product code, quantity, date and
unit price, and if it has them description, customer and country. Headings may be English or Spanish, in any order.
What was imported before is left alone: run it again after an interruption, or with a longer file.

  --dry-run            say what would happen and change nothing
  --as delivered|open  the sales are history (default), or orders to be picked: placed, with their goods reserved
  --source NAME        whose numbers these are; the same number of another source is another document (default csv)
  --zone CODE          where the goods are taken from; made if there is none (default MAIN)
  --currency CODE      of the prices (default EUR)
  --time-zone ZONE     of the dates, as Europe/Madrid (default this machine's)
  --language en|es     what clients that the file has only numbers of are called in (default en)
  --limit-errors N     import nothing if more than N lines are bad (default no limit: bad lines are left out)
  -h, --help           this text

How the file is written is found in the file; where that goes wrong:
  --date-order ORDER   dmy, mdy or ymd
  --decimal MARK       , or .
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
  | { kind: 'import'; file: string; dryRun: boolean; options: ImportOptions };

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
  const options = ImportOptions.safeParse({
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
  });
  if (!options.success) throw new UsageError(options.error.issues.map(describe).join('\n'));
  return { kind: 'import', file, dryRun: values['dry-run'] ?? false, options: options.data };
}

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
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const describe = ({ path, message }: z.core.$ZodIssue): string =>
  `--${path.join('.').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}: ${message}`;
