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

/** Which delimiter makes a first line of which most headings are known, or at least most fields. */
function findDelimiter(text: string): Delimiter {
  const head = text.slice(0, HEAD);
  const scored = DELIMITERS.map((delimiter) => {
    const headings = firstRecord(head, delimiter);
    return { delimiter, matched: countMatched(matchColumns(headings)), fields: headings.length };
  });
  const [best] = scored.sort((a, b) => b.matched - a.matched || b.fields - a.fields);
  return best?.delimiter ?? ';';
}

function firstRecord(head: string, delimiter: Delimiter): readonly string[] {
  try {
    return records(head, delimiter, 1)[0]?.cells ?? [];
  } catch {
    return [];
  }
}

/** Spreadsheets may say in front what separates the fields. */
const SAID = /^sep=(.)\n/i;

/**
 * The table a text holds: quoted fields may contain delimiters and line ends, blanks around values are cut off, empty
 * lines and lines of nothing but delimiters are passed over.
 *
 * @throws ImportError if it is empty, or a quote that is opened is never closed
 */
export function readTable(text: string, given?: Delimiter): Table {
  // csv-parse counts CR LF within quotes as two lines.
  const unix = text.replace(/\r\n?/g, '\n');
  const [preamble = '', said] = SAID.exec(unix) ?? [];
  const body = unix.slice(preamble.length);
  const delimiter = given ?? DELIMITERS.find((known) => known === said) ?? findDelimiter(body);
  const above = preamble === '' ? 0 : 1;
  const [first, ...rest] = records(body, delimiter);
  if (!first) throw new ImportError('The file is empty.', { code: 'empty_file' });
  const rows = rest.filter(({ cells }) => cells.some((cell) => cell !== ''));
  return {
    delimiter,
    headings: first.cells,
    rows: rows.map((row) => ({ ...row, line: row.line + above, lastLine: row.lastLine + above })),
  };
}

function records(text: string, delimiter: Delimiter, to?: number): Row[] {
  const rows: Row[] = [];
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      // `trim` would make an error of a quote in the middle of a text.
      ltrim: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      to: to ?? -1,
      on_record: (record: string[], { lines }) => {
        refuseRunOn(record, lines, delimiter, rows[0]?.cells.length ?? Number.POSITIVE_INFINITY);
        const line = lines - record.reduce((n, cell) => n + cell.split('\n').length - 1, 0);
        rows.push({ line, lastLine: lines, cells: record.map(clean) });
        return null;
      },
    });
    return rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    if (error.code !== 'CSV_QUOTE_NOT_CLOSED')
      throw new ImportError(`The file cannot be read as a table: ${error.message}`, { code: 'no_table' });
    const line = (rows.at(-1)?.lastLine ?? 0) + 1;
    throw new ImportError(`A quote that is opened on line ${line} of the file is never closed.`, {
      code: 'open_quote',
      line,
    });
  }
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

/** Neither PostgreSQL nor JSON takes zero bytes or halves of surrogate pairs, and no one misses other control signs. */
const clean = (cell: string): string =>
  cell
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\p{Cs}/gu, '\ufffd')
    .trim();
