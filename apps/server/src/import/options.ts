import { Currency, ImportColumns, ImportLanguage, line, ZoneCode } from '@almenara/events';
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

/** What whoever imports may decide. What is left out of the last five is found in the file. */
export const ImportOptions = z.strictObject({
  /** The series the document and customer numbers belong to: the same number of another source is another thing. */
  source: line(100).default('csv'),
  zone: ZoneCode.default('MAIN'),
  currency: Currency.refine(
    (code) => Intl.supportedValuesOf('currency').includes(code),
    'no ISO 4217 currency',
  ).default('EUR'),
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
});
export type ImportOptions = z.output<typeof ImportOptions>;
