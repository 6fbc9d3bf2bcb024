import { createHash } from 'node:crypto';
import { cut, type ImportReason } from '@almenara/events';
import type { Columns, Field } from './columns.ts';
import { statedCurrencies } from './currency.ts';
import { type DateOrder, parseMoment } from './dates.ts';
import { type DecimalMark, parseCount, parseDecimal, toMinor } from './numbers.ts';
import type { Row } from './table.ts';

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

export interface Format {
  readonly columns: Columns;
  readonly width: number;
  readonly mark: DecimalMark;
  readonly order: DateOrder;
  readonly latest: string;
  readonly currency: string;
  readonly digits: number;
  /** Where the currency of a line stands, if anywhere. */
  readonly currencyColumn: number;
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
export function readLine(
  row: Row,
  document: string,
  position: number,
  format: Format,
): SalesLine | { readonly why: ImportReason } {
  const { columns, width, mark, order, latest, currency, digits, currencyColumn } = format;
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
  const quantity = parseCount(cell('quantity'), mark);
  const price = parseDecimal(cell('price'), mark);
  const moment = parseMoment(cell('date'), order, latest);
  if (quantity === null) return because({ code: 'no_number', field: 'quantity', found: found('quantity') });
  if (!/^-?\d+$/.test(quantity)) return because({ code: 'no_whole_number', found: found('quantity') });
  if (quantity === '0') return because({ code: 'zero' });
  if (Math.abs(Number(quantity)) > MOST.quantity)
    return because({ code: 'too_many', found: found('quantity'), most: MOST.quantity });
  if (price === null) return because({ code: 'no_number', field: 'price', found: found('price') });
  if (price.startsWith('-')) return because({ code: 'negative_price', found: found('price') });
  if (moment === null) return because({ code: 'no_date', found: found('date'), order });
  const stated = statedCurrencies(cell('price'), row.cells[currencyColumn] ?? '');
  if (stated !== null && !stated.includes(currency))
    return because({ code: 'other_currency', found: stated[0] ?? found('price'), currency });
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
