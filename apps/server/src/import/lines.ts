import { createHash } from 'node:crypto';
import { cut, type ImportReason } from '@almenara/events';
import {
  type Columns,
  chosenColumns,
  type Field,
  fields,
  matchColumns,
  requireColumns,
  titleOf,
} from './columns.ts';
import { type DateOrder, type FoundOrder, findDateOrder, parseMoment } from './dates.ts';
import { decode } from './encoding.ts';
import {
  type DecimalMark,
  type FoundMark,
  findDecimalMark,
  minorDigits,
  parseDecimal,
  toMinor,
} from './numbers.ts';
import type { ImportOptions } from './options.ts';
import { type Delimiter, type Row, readTable, type Table } from './table.ts';

/** A line of a sales document, understood. */
export interface SalesLine {
  /** Of the file, from 1. */
  readonly line: number;
  readonly document: string;
  /** Its place among the document's lines in the file, from 1; lines that were not understood count too. */
  readonly position: number;
  readonly code: string;
  /** Empty where the file says nothing. */
  readonly description: string;
  /** A whole number, never 0; negative for what came back or was written off. */
  readonly quantity: number;
  /** As `parseMoment` gives it. */
  readonly moment: string;
  /** The unit price in minor units. */
  readonly amount: number;
  /** Whether the price had more decimals than its currency. */
  readonly rounded: boolean;
  readonly customer: string | null;
  readonly country: string | null;
  /** Of what the line says, however the file writes it. */
  readonly hash: string;
}

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
  'currency' | 'encoding' | 'delimiter' | 'decimal' | 'dateOrder' | 'columns'
>;

/** A file as a table, before anything is made of its columns. */
export interface SalesTable extends Table {
  readonly encoding: string;
  readonly columns: Columns;
}

/** @throws ImportError if it is no table */
export function openSales(input: Uint8Array | string, options: ReadOptions): SalesTable {
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

/** @throws ImportError if a column is missing that no sale can do without */
export function understand(table: SalesTable, options: ReadOptions): SalesFile {
  const { encoding, delimiter, headings, rows } = table;
  const columns = requireColumns(headings, table.columns);
  const column = (field: Field): string[] => rows.map((row) => row.cells[columns[field]] ?? '');
  const decimal = options.decimal
    ? { mark: options.decimal, certain: true }
    : findDecimalMark({ quantities: column('quantity'), prices: column('price') }, delimiter);
  const dateOrder = options.dateOrder
    ? { order: options.dateOrder, certain: true, why: 'as told' }
    : findDateOrder(column('date'));

  const format = {
    columns,
    width: headings.length,
    mark: decimal.mark,
    order: dateOrder.order,
    digits: minorDigits(options.currency),
  };
  const positions = new Map<string, number>();
  const lines: SalesLine[] = [];
  const bad: BadLine[] = [];
  for (const row of rows) {
    const document = row.cells[columns.document] ?? '';
    const position = (positions.get(document) ?? 0) + 1;
    positions.set(document, position);
    const read = readLine(row, document, position, format);
    if ('why' in read) bad.push({ line: row.line, document: document || null, why: read.why });
    else lines.push(read);
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
    headings: recognised,
    total: rows.length,
    rows,
    lines,
    bad,
  };
}

interface Format {
  readonly columns: Columns;
  readonly width: number;
  readonly mark: DecimalMark;
  readonly order: DateOrder;
  readonly digits: number;
}

/** What the contract lets a line hold. */
const MOST = {
  quantity: 1_000_000,
  amount: 1_000_000_000_000,
  code: 64,
  document: 100,
  customer: 100,
  country: 100,
};

/** The line, or the reason why it is none. */
function readLine(
  row: Row,
  document: string,
  position: number,
  format: Format,
): SalesLine | { readonly why: ImportReason } {
  const { columns, width, mark, order, digits } = format;
  if (row.cells.slice(width).some((cell) => cell !== '')) {
    return because({ code: 'extra_cells', cells: row.cells.length, width });
  }
  const cell = (field: Field): string => row.cells[columns[field]] ?? '';
  for (const field of ['document', 'code', 'quantity', 'date', 'price'] as const) {
    if (cell(field) === '') return because({ code: 'empty', field });
  }
  for (const field of ['document', 'code', 'customer', 'country'] as const) {
    if (cell(field).length > MOST[field]) return because({ code: 'too_long', field, most: MOST[field] });
  }
  const found = (field: Field): string => cut(cell(field), 40);
  const quantity = parseDecimal(cell('quantity'), mark);
  const price = parseDecimal(cell('price'), mark);
  const moment = parseMoment(cell('date'), order);
  if (quantity === null) return because({ code: 'no_number', field: 'quantity', found: found('quantity') });
  if (!/^-?\d+$/.test(quantity)) return because({ code: 'no_whole_number', found: found('quantity') });
  if (quantity === '0') return because({ code: 'zero' });
  if (Math.abs(Number(quantity)) > MOST.quantity)
    return because({ code: 'too_many', found: found('quantity'), most: MOST.quantity });
  if (price === null) return because({ code: 'no_number', field: 'price', found: found('price') });
  if (price.startsWith('-')) return because({ code: 'negative_price', found: found('price') });
  if (moment === null) return because({ code: 'no_date', found: found('date'), order });
  const money = toMinor(price, digits);
  if (money.amount > MOST.amount) return because({ code: 'large_price', found: found('price') });

  const customer = wholeNumber(cell('customer')) || null;
  const country = cell('country') || null;
  const code = wholeNumber(cell('code'));
  const description = cell('description');
  const said = [code, description.normalize('NFC'), quantity, moment, price, customer, country];
  return {
    line: row.line,
    document,
    position,
    code,
    description,
    quantity: Number(quantity),
    moment,
    ...money,
    customer,
    country,
    hash: createHash('sha256').update(JSON.stringify(said)).digest('base64url'),
  };
}

const because = (why: ImportReason): { readonly why: ImportReason } => ({ why });

/** Spreadsheets turn the number of a customer into 17850.0. */
const wholeNumber = (text: string): string => text.replace(/^(\d+)[.,]0+$/, '$1');
