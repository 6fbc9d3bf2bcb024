import type { ImportDecision } from '@almenara/events';
import { type DateOrder, dayOf, readWritten, type WrittenDate } from './dates.ts';

export interface FoundOrder {
  readonly order: DateOrder;
  /** False where another order would fit as well: `others`. */
  readonly certain: boolean;
  readonly others: readonly DateOrder[];
  /** What it was decided by. */
  readonly why: Extract<ImportDecision, { about: 'dates' }>['why'];
}

interface Surroundings {
  /** As `2010-12-01`: sales are not after it. */
  readonly today: string;
  /** Whether prices are in the dollars of a country that puts the month first. */
  readonly inDollars?: boolean;
}

type Numeric = Extract<WrittenDate, { kind: 'numeric' }>;
/** Days that spreadsheets number so: from 1954 to 2119. */
const SERIALS = { from: 20_000, to: 80_000 };
/** Of so many dates a pattern is no accident. */
const MANY = 3;
const NEVER = '2099-12-31';

/**
 * How every date is written, decided over the whole column: by what the numbers allow, then by what can have been
 * (no sale is in the future), then by what is likely (lines stand in the order of their dates, sales are of many days of
 * one month rather than of one day of many months). Only what the numbers allow is certain.
 */
export function findDateOrder(
  cells: Iterable<string>,
  { today, inDollars = false }: Surroundings = { today: NEVER },
): FoundOrder {
  const numeric: Numeric[] = [];
  const count = { yearFirst: 0, named: 0, compact: 0, serial: 0 };
  let before = '';
  for (const cell of cells) {
    // The lines of one document, and of one day, follow each other.
    const day = cell.slice(0, 10);
    if (day === before) continue;
    before = day;
    const written = readWritten(cell);
    if (written === null) continue;
    if (written.kind === 'serial') {
      if (written.day >= SERIALS.from && written.day <= SERIALS.to) count.serial += 1;
    } else if (written.kind !== 'numeric') count[written.kind] += 1;
    else if (written.parts[0].length > 2 || Number(written.parts[0]) > 31) count.yearFirst += 1;
    else numeric.push(written);
  }
  const surely = (order: DateOrder, why: FoundOrder['why']): FoundOrder => ({
    order,
    certain: true,
    others: [],
    why,
  });
  if (numeric.length > 0) return amongNumbers(numeric, count.yearFirst > 0, today, inDollars);
  if (count.yearFirst + count.compact > 0) return surely('ymd', 'year_first');
  if (count.named > 0) return surely('ymd', 'month_names');
  return count.serial > 0 ? surely('serial', 'serial') : surely('ymd', 'no_dates');
}

function amongNumbers(
  dates: readonly Numeric[],
  hasYearFirst: boolean,
  today: string,
  inDollars: boolean,
): FoundOrder {
  const beyond = (part: 0 | 1 | 2, most: number): boolean =>
    dates.some(({ parts }) => Number(parts[part]) > most);
  const guess = (order: DateOrder, why: FoundOrder['why'], others: readonly DateOrder[]): FoundOrder => ({
    order,
    certain: false,
    others,
    why,
  });
  const yearMayLead =
    !hasYearFirst && dates.every(({ parts }) => parts[2].length <= 2) && !beyond(1, 12) && !beyond(2, 31);
  const dayFirst = beyond(0, 12);
  const monthFirst = beyond(1, 12);
  if (yearMayLead && spanOf(dates, 'ymd', today) * 4 < spanOf(dates, dayFirst ? 'dmy' : 'mdy', today))
    return guess('ymd', 'close_together', dayFirst ? ['dmy'] : ['dmy', 'mdy']);
  const leading: readonly DateOrder[] =
    yearMayLead && new Set(dates.map(({ parts }) => parts[0])).size === 1 ? ['ymd'] : [];
  if (dayFirst && monthFirst) return guess('dmy', 'both_beyond_12', ['mdy']);
  if (dayFirst)
    return { order: 'dmy', certain: leading.length === 0, others: leading, why: 'first_beyond_12' };
  if (monthFirst) return { order: 'mdy', certain: true, others: [], why: 'second_beyond_12' };
  // Nobody writes the month first with dots.
  if (dates.every(({ dots }) => dots))
    return { order: 'dmy', certain: leading.length === 0, others: leading, why: 'dots' };
  const [order, why] = likelier(dates, today, inDollars);
  return guess(order, why, [order === 'dmy' ? 'mdy' : 'dmy', ...leading]);
}

/** Of dates that may be either. */
function likelier(
  dates: readonly Numeric[],
  today: string,
  inDollars: boolean,
): readonly ['dmy' | 'mdy', FoundOrder['why']] {
  const days = { dmy: daysOf(dates, 'dmy', today), mdy: daysOf(dates, 'mdy', today) };
  const hasFuture = (list: readonly string[]): boolean => list.some((day) => day > today);
  if (hasFuture(days.dmy) !== hasFuture(days.mdy)) return [hasFuture(days.dmy) ? 'mdy' : 'dmy', 'no_future'];
  const [firsts, seconds] = [0, 1].map((part) => new Set(dates.map(({ parts }) => Number(parts[part]))).size);
  if (firsts === 1 && (seconds ?? 0) >= MANY) return ['mdy', 'first_is_constant'];
  if (seconds === 1 && (firsts ?? 0) >= MANY) return ['dmy', 'close_together'];
  if (dates.length >= MANY && isInTurn(days.dmy) !== isInTurn(days.mdy))
    return [isInTurn(days.dmy) ? 'dmy' : 'mdy', 'in_turn'];
  return inDollars ? ['mdy', 'currency'] : ['dmy', 'unclear'];
}

const daysOf = (dates: readonly Numeric[], order: DateOrder, today: string): string[] =>
  dates.flatMap((date) => dayOf(date, order, today) ?? []);

/** From the first to the last, in days. */
function spanOf(dates: readonly Numeric[], order: DateOrder, today: string): number {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const day of daysOf(dates, order, today)) {
    const at = Date.parse(day) / 86_400_000;
    first = Math.min(first, at);
    last = Math.max(last, at);
  }
  return Math.max(0, last - first);
}

/** Whether they only go up, or only down, as lists of documents do. */
function isInTurn(days: readonly string[]): boolean {
  const steps = days.slice(1).map((day, i) => day.localeCompare(days[i] ?? ''));
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
}
