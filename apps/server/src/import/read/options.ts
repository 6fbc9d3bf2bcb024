import {
  Currency,
  ImportCancellations,
  ImportColumns,
  ImportLanguage,
  line,
  ZoneCode,
} from '@almenara/events';
import { z } from 'zod';
import { DATE_ORDERS } from './dates.ts';
import { isKnownEncoding } from './encoding.ts';
import { DECIMAL_MARKS } from './numbers.ts';
import { DELIMITERS } from './table.ts';

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
};
const machineTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

const KnownCurrency = Currency.refine(
  (code) => Intl.supportedValuesOf('currency').includes(code),
  'no ISO 4217 currency',
);
const Codes = z.array(line(64)).max(400);

/** A file of today may come from where it is tomorrow. */
const DAY_MS = 86_400_000;
const tomorrow = (): string => new Date(Date.now() + DAY_MS).toISOString().slice(0, 10);

/** What whoever imports may decide. What is left out of how the file is written is found in the file. */
export const AskedOptions = z.strictObject({
  /** The series the document and customer numbers belong to: the same number of another source is another thing. */
  source: line(100).default('csv'),
  zone: ZoneCode.default('MAIN'),
  /** Of the prices. */
  currency: KnownCurrency.optional(),
  /** The same, where neither it nor the file says. */
  usualCurrency: KnownCurrency.optional(),
  /** Where the shop's clock hangs, for dates that do not say. */
  timeZone: z.string().refine(isTimeZone, 'no IANA time zone, as Europe/Madrid').default(machineTimeZone),
  /** Whether the sales are history or orders that are still to be picked. */
  as: z.enum(['delivered', 'open']).default('delivered'),
  /** What clients that are new are called in. */
  language: ImportLanguage.default('en'),
  /** With more bad lines than this nothing is imported. */
  limitErrors: z.int().min(0).optional(),
  encoding: z.string().refine(isKnownEncoding, 'no encoding that is known here, as windows-1252').optional(),
  delimiter: z.enum(DELIMITERS).optional(),
  decimal: z.enum(DECIMAL_MARKS).optional(),
  dateOrder: z.enum(DATE_ORDERS).optional(),
  /** Where each field stands, as somebody has chosen; all of them, or the headings tell. */
  columns: ImportColumns.optional(),
  /** Which documents take back. */
  cancellations: ImportCancellations.default('auto'),
  /** Codes of new products that are no goods, and of those that are, whatever they look like. */
  services: Codes.optional(),
  goods: Codes.optional(),
});
export type AskedOptions = z.output<typeof AskedOptions>;

/** The same, once the file has been looked at: the currency is settled. */
export const ImportOptions = AskedOptions.extend({
  currency: KnownCurrency.default('EUR'),
  currencyFrom: z.enum(['told', 'file', 'sign', 'usual', 'mixed']).default('told'),
  /** The last day on which a sale can have been, as 2010-12-01. */
  latest: z.iso.date().default(tomorrow),
});
export type ImportOptions = z.output<typeof ImportOptions>;
