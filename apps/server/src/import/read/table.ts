import { plainLine } from '@almenara/events';
import { CsvError, parse } from 'csv-parse/sync';
import { countMatched, matchColumns } from './columns.ts';
import { ImportError } from './import-error.ts';

export const DELIMITERS = [';', ',', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

export interface Row {
  /** Of the file, from 1: where the record begins. */
  readonly line: number;
  readonly lastLine: number;
  readonly cells: readonly string[];
}

export interface Table {
  readonly delimiter: Delimiter;
  readonly headings: readonly string[];
  readonly rows: readonly Row[];
}

/** Enough to hold the first line of any file. */
const HEAD = 1 << 16;

/** As a spreadsheet has at most; empty ones at the end of a line are what it leaves where somebody has formatted them. */
const MOST_IN_A_LINE = 16_384;
/** Nobody chooses among more, and no page shows them. */
export const MOST_COLUMNS = 1_000;
/** In UTF-16 units; so long may a text within quotes be, too. A sales line has some hundred. */
export const LONGEST_LINE = 1_000_000;

/** Which delimiter makes a first line of which most headings are known, or at least most fields. */
function findDelimiter(text: string): Delimiter {
  const head = text.slice(0, HEAD);
  const scored = DELIMITERS.map((delimiter) => {
    const first = firstRecord(head, delimiter);
    return {
      delimiter,
      matched: first ? countMatched(matchColumns(first.cells)) : 0,
      fields: first?.width ?? 0,
    };
  });
  const [best] = scored.sort((a, b) => b.matched - a.matched || b.fields - a.fields);
  return best?.delimiter ?? ';';
}

function firstRecord(head: string, delimiter: Delimiter): WideRow | undefined {
  try {
    return records(head, delimiter, 0, 1)[0];
  } catch {
    return undefined;
  }
}

/** Spreadsheets may say in front what separates the fields. */
const SAID = /^sep=(.)\n/i;

/**
 * The table a text holds: quoted fields may contain delimiters and line ends, blanks around values are cut off, empty
 * lines and lines of nothing but delimiters are passed over.
 *
 * @throws ImportError if it is empty, a quote that is opened is never closed, or a line is longer or has more cells than
 * any table: whoever reads it would need many times its length in memory
 */
export function readTable(text: string, given?: Delimiter): Table {
  // csv-parse counts CR LF within quotes as two lines.
  const unix = text.replace(/\r\n?/g, '\n');
  const [preamble = '', said] = SAID.exec(unix) ?? [];
  const body = unix.slice(preamble.length);
  const delimiter = given ?? DELIMITERS.find((known) => known === said) ?? findDelimiter(body);
  const above = preamble === '' ? 0 : 1;
  refuseMonsters(body, delimiter, above);
  const [first, ...rows] = records(body, delimiter, above);
  if (!first) throw new ImportError('The file is empty.', { code: 'empty_file' });
  return { delimiter, headings: headingsOf(first, rows), rows };
}

/** One for each column that has a name or holds anything. */
function headingsOf(first: WideRow, rows: readonly Row[]): readonly string[] {
  let width = 0;
  for (const { cells } of rows) width = Math.max(width, cells.length);
  width = Math.max(first.cells.length, Math.min(width, first.width));
  if (width > MOST_COLUMNS) throw manyColumns(first.line, MOST_COLUMNS);
  return Array.from({ length: width }, (_, i) => first.cells[i] ?? '');
}

/** Looked for before anything is made of them. */
function refuseMonsters(text: string, delimiter: string, above: number): void {
  let line = above;
  for (let start = 0; start < text.length; ) {
    line += 1;
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    if (end - start > LONGEST_LINE) {
      const most = LONGEST_LINE;
      throw new ImportError(`Line ${line} of the file has more than ${most} characters: is it a table?`, {
        code: 'long_line',
        line,
        most,
      });
    }
    if (end - start >= MOST_IN_A_LINE && countOf(text, delimiter, start, end) >= MOST_IN_A_LINE)
      throw manyColumns(line, MOST_IN_A_LINE);
    start = end + 1;
  }
}

function countOf(text: string, delimiter: string, start: number, end: number): number {
  let count = 0;
  for (let at = text.indexOf(delimiter, start); at !== -1 && at < end; at = text.indexOf(delimiter, at + 1))
    count += 1;
  return count;
}

const manyColumns = (line: number, most: number): ImportError =>
  new ImportError(`Line ${line} of the file has more than ${most} columns: is the delimiter another one?`, {
    code: 'many_columns',
    line,
    most,
  });

interface WideRow extends Row {
  /** Cells, with the empty ones at the end. */
  readonly width: number;
}

/** Files say the same again and again: a product, a country, a day. It is kept once. */
const KEPT_CELLS = 100_000;

/** The first record, and of the others those that hold anything; empty cells at the end of each are left out. */
function records(text: string, delimiter: Delimiter, above: number, to = -1): WideRow[] {
  const rows: WideRow[] = [];
  let lastLine = above;
  const known = new Map<string, string>();
  const kept = (cell: string): string => {
    const before = known.get(cell);
    if (before !== undefined) return before;
    const cleaned = clean(cell);
    if (known.size < KEPT_CELLS) known.set(cell, cleaned);
    return cleaned;
  };
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      // `trim` would make an error of a quote in the middle of a text.
      ltrim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to,
      max_record_size: 4 * LONGEST_LINE,
      on_record: (record: string[], { lines }) => {
        lastLine = lines + above;
        refuseRunOn(record, lastLine, delimiter, rows[0]?.width ?? Number.POSITIVE_INFINITY);
        const broken = record.reduce((n, cell) => n + countOf(cell, '\n', 0, cell.length), 0);
        const cells = record.map(kept);
        const last = cells.findLastIndex((cell) => cell !== '');
        if (last !== -1 || rows.length === 0)
          rows.push({
            line: lastLine - broken,
            lastLine,
            width: record.length,
            cells: cells.slice(0, last + 1),
          });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED' && error.code !== 'CSV_MAX_RECORD_SIZE')
      throw new ImportError(`The file cannot be read as a table: ${error.message}`, { code: 'no_table' });
    // No line is so long: one that is has taken in those after it.
    const line = nextLine(text, lastLine - above) + above;
    throw new ImportError(`A quote that is opened on line ${line} of the file is never closed.`, {
      code: 'open_quote',
      line,
    });
  }
}

/** The first line after one that holds anything. */
function nextLine(text: string, line: number): number {
  let start = 0;
  for (let passed = 0; passed < line; passed += 1) start = text.indexOf('\n', start) + 1;
  const blank = /^\n*/.exec(text.slice(start))?.[0].length ?? 0;
  return line + blank + 1;
}

/** Where a quote is not closed, whole lines end up as text of one field, up to the next quote. */
function refuseRunOn(record: readonly string[], lastLine: number, delimiter: Delimiter, width: number): void {
  const text = record.find((cell) => cell.includes('\n') && cell.split(delimiter).length > width / 2);
  if (text === undefined) return;
  const line = lastLine - text.split('\n').length + 1;
  throw new ImportError(
    `A quote that is opened on line ${line} of the file is not closed before line ${lastLine}.`,
    { code: 'run_on_quote', line, lastLine },
  );
}

/**
 * A text as the desk keeps those that people write: a code of letters that nobody sees is none. Neither PostgreSQL nor
 * JSON takes zero bytes or halves of surrogate pairs, and no one misses other control signs.
 */
const clean = (cell: string): string =>
  plainLine(cell.replace(/\p{Cc}+/gu, ' ').replace(/\p{Cs}/gu, '\ufffd'));
