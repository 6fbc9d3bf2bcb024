import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import iconv from 'iconv-lite';
import { projectRoot } from '../../paths.ts';
import { decode } from '../read/encoding.ts';
import { ImportOptions } from '../read/options.ts';
import { readTable } from '../read/table.ts';
import { SAMPLE } from './sample.ts';

/** What is known of a file from elsewhere than from the import. */
export interface SalesFileFacts {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly lines: number;
  readonly documents: number;
  readonly orders: number;
  readonly returns: number;
  readonly writeOffs: number;
  readonly products: number;
  readonly services: number;
  readonly clients: number;
  /** Minor units. */
  readonly sold: number;
  readonly takenBack: number;
  /** Lines of the orders. */
  readonly soldLines: number;
  /** Lines that are equal to another one in every field, that other one not counted. */
  readonly twins: number;
}

const SAMPLE_FACTS: SalesFileFacts = {
  name: 'the made-up sample',
  bytes: Buffer.from(`\ufeff${SAMPLE}`),
  lines: 15,
  documents: 7,
  orders: 4,
  returns: 2,
  writeOffs: 1,
  products: 7,
  services: 2,
  clients: 4,
  sold: 8280 + 2370 + 9300 + 900 + 4140 + 4140 + 600 + 126_000 + 123_450 + 3828,
  takenBack: 690 + 4650 + 480,
  soldLines: 11,
  twins: 1,
};

/** A wholesaler's first 10,000 lines of December 2010, which the repository holds no copy of (UCI, Online Retail). */
const REAL = join(projectRoot(), '..', 'shared', 'data', 'online-retail-2010-12.csv');

/** The real file, or where it is absent the sample: the same tests run on either. */
export function salesFile(): SalesFileFacts {
  if (!existsSync(REAL)) return SAMPLE_FACTS;
  return {
    name: 'the real file',
    bytes: readFileSync(REAL),
    lines: 10_000,
    documents: 512,
    orders: 439,
    returns: 43,
    writeOffs: 30,
    products: 1988,
    services: 6,
    clients: 324,
    sold: 18_424_833,
    takenBack: 358_058,
    soldLines: 9870,
    twins: 196,
  };
}

export const sampleFile = (): SalesFileFacts => SAMPLE_FACTS;

/** The same lines as another program would write them: commas between, points before decimals, month first, Latin-1. */
export function inAnotherDialect(bytes: Uint8Array): Uint8Array {
  const { headings, rows } = readTable(decode(bytes).text);
  const columns = [
    'Country',
    'CustomerID',
    'UnitPrice',
    'InvoiceDate',
    'Quantity',
    'Description',
    'StockCode',
    'InvoiceNo',
  ];
  const number = (cell: string) => cell.replaceAll('.', '').replace(',', '.');
  const date = (cell: string) => cell.replace(/^(\d+)\/(\d+)\//, '$2-$1-').replace(/-(\d{4}) /, '-$1 ');
  const quoted = (cell: string) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const lines = rows.map(({ cells }) => {
    const [document, code, description, quantity, at, price, customer, country] = headings.map(
      (_, i) => cells[i] ?? '',
    );
    const inTurn = [
      country,
      customer,
      number(price ?? ''),
      date(at ?? ''),
      number(quantity ?? ''),
      description,
      code,
      document,
    ];
    return inTurn.map((cell) => quoted(cell ?? '')).join(',');
  });
  return iconv.encode(`${[columns.join(','), ...lines].join('\r\n')}\r\n`, 'latin1');
}

/** Options as the command line gives them, at a clock that is the same on every machine. */
export const optionsOf = (options: Partial<ImportOptions> = {}): ImportOptions =>
  ImportOptions.parse({ timeZone: 'Europe/London', ...options });
