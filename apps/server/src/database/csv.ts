import type { Options } from 'csv-stringify';

/** Spreadsheets take UTF-8 for something else without it. */
const UTF8_MARK = true;

/**
 * Where a spreadsheet may begin a cell, whatever it takes for the separator, and finds there what it runs as a formula:
 * = + - @, full-width or small forms of them too. Blanks, what nobody sees, and quotes in between are passed over.
 */
const FORMULA = /(^|[,;|\t\r\n])([\s"\u200b-\u200f\u2060]*)(?=[=+\-@＝＋－＠﹦﹢﹣﹫])/g;

/**
 * A text in which nothing can be run: what could be gets an apostrophe in front. Excel splits a file at the separator
 * of its country, mostly `;`, and a quote that is not at the beginning of what it takes for a cell is no quote to it:
 * so neither commas nor quotes keep `x;=1+1;y` together.
 */
export const harmless = (text: string): string => {
  const guarded = text.replace(FORMULA, "$1$2'");
  return /^[\t\r]/.test(guarded) ? `'${guarded}` : guarded;
};

/** How we write CSV. Numbers are numbers, also those below 0, and are left as they are [X1]. */
export const safeCsv = (columns: readonly string[]): Options => ({
  columns: [...columns],
  header: true,
  bom: UTF8_MARK,
  record_delimiter: '\r\n',
  // A line end or a separator of any kind belongs to the text only within quotes.
  quoted_match: /[\r\n;|\t]/,
  cast: {
    string: harmless,
    number: String,
    boolean: (value) => (value ? 'true' : 'false'),
  },
});
