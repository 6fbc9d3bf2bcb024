import type { ImportReason, ImportUnusedColumn } from '@almenara/events';
import {
  type Columns,
  chosenColumns,
  type FoundColumn,
  fields,
  matchColumns,
  requireColumns,
  titleOf,
  weighColumns,
} from './columns.ts';
import { type FoundCurrencies, findCurrencies, findCurrencyColumn } from './currency.ts';
import { type FoundOrder, findDateOrder } from './date-order.ts';
import { type FoundMark, findDecimalMark } from './decimal-mark.ts';
import { decode } from './encoding.ts';
import { minorDigits } from './numbers.ts';
import type { ImportOptions } from './options.ts';
import { type Format, readLine, type SalesLine } from './sales-line.ts';
import { type Delimiter, type Row, readTable, type Table } from './table.ts';
import { unusedColumns } from './unused-columns.ts';

export type { SalesLine } from './sales-line.ts';

/** A line that is left out, and why. */
export interface BadLine {
  readonly line: number;
  readonly document: string | null;
  readonly why: ImportReason;
}

export interface SalesFile {
  readonly encoding: string;
  readonly delimiter: Delimiter;
  readonly decimal: FoundMark;
  readonly dateOrder: FoundOrder;
  readonly columns: readonly FoundColumn[];
  readonly currencies: FoundCurrencies;
  /** Columns about money or the standing of a sale that nothing is made of. */
  readonly unused: readonly ImportUnusedColumn[];
  /** Lines with years of two digits, and what years those were taken for. */
  readonly century: { readonly lines: number; readonly years: readonly number[] };
  /** Lines of sales that are still to come, and the first such moment. */
  readonly future: { readonly lines: number; readonly first: string };
  /** The headings that were recognised. */
  readonly headings: readonly { readonly heading: string; readonly meaning: string }[];
  readonly total: number;
  /** As the file has them. */
  readonly rows: readonly Row[];
  readonly lines: readonly SalesLine[];
  readonly bad: readonly BadLine[];
}

export type ReadOptions = Pick<
  ImportOptions,
  'currency' | 'latest' | 'encoding' | 'delimiter' | 'decimal' | 'dateOrder' | 'columns'
>;

/** A file as a table, before anything is made of its columns. */
export interface SalesTable extends Table {
  readonly encoding: string;
  readonly columns: Columns;
}

/** @throws ImportError if it is no table */
export function openSales(
  input: Uint8Array | string,
  options: Pick<ReadOptions, 'encoding' | 'delimiter' | 'columns'>,
): SalesTable {
  const { text, encoding } =
    typeof input === 'string' ? { text: input, encoding: 'text' } : decode(input, options.encoding);
  const table = readTable(text, options.delimiter);
  const columns = options.columns
    ? chosenColumns(table.headings, options.columns)
    : matchColumns(table.headings);
  return { ...table, encoding, columns };
}

/** Reads a file of sales lines. What `options` leaves open is found in the file itself. @throws ImportError */
export function readSales(input: Uint8Array | string, options: ReadOptions): SalesFile {
  return understand(openSales(input, options), options);
}

/** Lines of columns that are not used which are enough to tell how numbers are written. */
const ENOUGH = 20_000;

/** @throws ImportError if a column is missing that no sale can do without */
export function understand(table: SalesTable, options: ReadOptions): SalesFile {
  const { encoding, delimiter, headings, rows } = table;
  const columns = requireColumns(headings, table.columns);
  const column = (at: number): string[] => rows.map((row) => row.cells[at] ?? '');
  const unused = unusedColumns(headings, rows, columns);
  const currencies = findCurrencies({ headings, rows, columns });
  const decimal: FoundMark = options.decimal
    ? { mark: options.decimal, certain: true, why: 'told' }
    : findDecimalMark(
        {
          quantities: column(columns.quantity),
          prices: column(columns.price),
          others: unused
            .filter(({ looksLike }) => looksLike !== 'status')
            .map((other) => rows.slice(0, ENOUGH).map((row) => row.cells[other.column] ?? '')),
        },
        delimiter,
        options.currency,
      );
  const dateOrder: FoundOrder = options.dateOrder
    ? { order: options.dateOrder, certain: true, others: [], why: 'told' }
    : findDateOrder(column(columns.date), {
        today: options.latest,
        inDollars: currencies.named[0]?.currency === 'USD' && decimal.mark === '.',
      });

  const format: Format = {
    columns,
    width: headings.length,
    mark: decimal.mark,
    order: dateOrder.order,
    latest: options.latest,
    currency: options.currency,
    digits: minorDigits(options.currency),
    currencyColumn: findCurrencyColumn(headings),
  };
  const positions = new Map<string, number>();
  const lines: SalesLine[] = [];
  const bad: BadLine[] = [];
  const years = new Set<number>();
  const century = { lines: 0 };
  const future = { lines: 0, first: '' };
  for (const row of rows) {
    const document = row.cells[columns.document] ?? '';
    const position = (positions.get(document) ?? 0) + 1;
    positions.set(document, position);
    const read = readLine(row, document, position, format);
    if ('why' in read) {
      bad.push({ line: row.line, document: document || null, why: read.why });
      continue;
    }
    lines.push(read);
    if (dateOrder.order !== 'serial' && !/\p{Nd}{4}/u.test(row.cells[columns.date] ?? '')) {
      century.lines += 1;
      years.add(Number(read.moment.slice(0, 4)));
    }
    if (read.moment.slice(0, 10) > options.latest) {
      if (future.first === '' || read.moment < future.first) future.first = read.moment;
      future.lines += 1;
    }
  }
  const recognised = headings.flatMap((heading, at) => {
    const field = fields.find((known) => columns[known] === at);
    return field === undefined ? [] : [{ heading, meaning: titleOf(field) }];
  });
  return {
    encoding,
    delimiter,
    decimal,
    dateOrder,
    columns: options.columns ? [] : weighColumns(headings, columns),
    currencies,
    unused,
    century: { ...century, years: [...years].sort((a, b) => a - b).slice(0, 20) },
    future,
    headings: recognised,
    total: rows.length,
    rows,
    lines,
    bad,
  };
}
