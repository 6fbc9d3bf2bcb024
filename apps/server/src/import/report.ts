import { type Field, titleOf } from './columns.ts';
import type { DateOrder } from './dates.ts';
import type { BadLine, SalesFile } from './lines.ts';
import { minorDigits } from './numbers.ts';
import type { ImportOptions } from './options.ts';
import { linesOf, type Plan, type PlannedLine } from './plan.ts';
import type { ImportResult, Preview } from './run.ts';

/** What people read of an import, as lines of text. */

const count = (n: number): string => n.toLocaleString('en');
const plural = (n: number, one: string, many = `${one}s`): string => `${count(n)} ${n === 1 ? one : many}`;
const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, n) => total + n, 0);

const DELIMITER_NAMES = { ';': ';', ',': ',', '\t': 'tab', '|': '|' } as const;
const ORDER_NAMES: Readonly<Record<DateOrder, string>> = {
  dmy: 'day/month/year',
  mdy: 'month/day/year',
  ymd: 'year-month-day',
};

/** How the file was read. */
export function describeFile(name: string, file: SalesFile, { timeZone }: ImportOptions): string[] {
  const { mark, certain } = file.decimal;
  const { order, why } = file.dateOrder;
  const other = order === 'dmy' ? 'mdy' : 'dmy';
  const dates = file.dateOrder.certain
    ? `${ORDER_NAMES[order]} (${why})`
    : `taken for ${ORDER_NAMES[order]}: ${why}. If they are ${ORDER_NAMES[other]}, say --date-order ${other}`;
  const columns = Object.entries(file.headings).map(([field, heading]) => `${heading} (${titleOf(asField(field))})`);
  return [
    `${name}: ${plural(file.total, 'line')}`,
    `  encoding   ${file.encoding}`,
    `  delimiter  ${DELIMITER_NAMES[file.delimiter]}`,
    `  decimals   behind "${mark}"${certain ? '' : `: a guess, say --decimal "${mark === ',' ? '.' : ','}" if it is wrong`}`,
    `  dates      ${dates}`,
    `  time zone  ${timeZone}`,
    `  columns    ${columns.join(', ')}`,
  ];
}
