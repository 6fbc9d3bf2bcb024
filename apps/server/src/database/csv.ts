import type { Options } from 'csv-stringify';

/** Spreadsheets take UTF-8 for something else without it. */
const UTF8_MARK = true;

/**
 * How we write CSV. A text that begins with = + - @ TAB or CR is what a spreadsheet would run as a formula: it gets an
 * apostrophe in front. Numbers are numbers, also those below 0, and are left as they are.
 */
export const safeCsv = (columns: readonly string[]): Options => ({
  columns: [...columns],
  header: true,
  bom: UTF8_MARK,
  record_delimiter: '\r\n',
  escape_formulas: true,
  // A line end of any kind belongs to the text only within quotes.
  quoted_match: /[\r\n]/,
  cast: {
    // `escape_formulas` looks at what a cast gives; a number that is told so stays one.
    number: (value) => ({ value: String(value), escape_formulas: false }),
    boolean: (value) => (value ? 'true' : 'false'),
  },
});
