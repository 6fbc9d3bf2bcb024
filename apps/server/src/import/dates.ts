import { TZDate } from '@date-fns/tz';

export const DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

export interface FoundOrder {
  readonly order: DateOrder;
  /** False where another order would fit as well. */
  readonly certain: boolean;
  /** What it was decided by. */
  readonly why: string;
}

const DATE = /^(\d{1,4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})(?:[T\s,]+(.+))?$/;
const TIME =
  /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(?:([ap])\.?\s*m\.?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;

/** Whether every date is day first or month first, decided over the whole file; a year in front speaks for itself. */
export function findDateOrder(cells: Iterable<string>): FoundOrder {
  const firsts = new Set<number>();
  const seconds = new Set<number>();
  const days = new Set<string>();
  let yearFirst = 0;
  for (const cell of cells) {
    const [, first = '', second = '', third = ''] = DATE.exec(cell.trim()) ?? [];
    if (first === '') continue;
    if (first.length > 2) {
      yearFirst += 1;
      continue;
    }
    firsts.add(Number(first));
    seconds.add(Number(second));
    days.add(`${Number(first)} ${Number(second)} ${third}`);
  }
  if (days.size === 0)
    return { order: 'ymd', certain: true, why: yearFirst > 0 ? 'the year comes first' : 'no dates' };
  const dayFirst = [...firsts].some((n) => n > 12);
  const monthFirst = [...seconds].some((n) => n > 12);
  if (dayFirst && !monthFirst) return { order: 'dmy', certain: true, why: 'the first number goes beyond 12' };
  if (monthFirst && !dayFirst)
    return { order: 'mdy', certain: true, why: 'the second number goes beyond 12' };
  if (dayFirst) return { order: 'dmy', certain: false, why: 'both numbers go beyond 12 on some lines' };
  // Sales of many days of one month are likelier than sales of one and the same day of many months.
  const many = 3;
  if (seconds.size >= many && firsts.size === 1) {
    return {
      order: 'mdy',
      certain: false,
      why: 'no number goes beyond 12, and the first is the same on every line',
    };
  }
  return { order: 'dmy', certain: false, why: 'no number goes beyond 12' };
}

/**
 * A date, with or without a time, as `2010-12-01T08:26:00` and the offset it was written with, if any: the same text
 * for the same moment however the file writes it. Null where it is none.
 */
export function parseMoment(cell: string, order: DateOrder): string | null {
  const [, first = '', second = '', third = '', rest] = DATE.exec(cell.trim()) ?? [];
  const inTurn =
    first.length > 2 || order === 'ymd'
      ? [first, second, third]
      : order === 'dmy'
        ? [third, second, first]
        : [third, first, second];
  const [year = '', month = '', day = ''] = inTurn;
  const time = parseTime(rest);
  if (time === null || (year.length !== 2 && year.length !== 4)) return null;
  const full = year.length === 2 ? `20${year}` : year;
  const date = `${full}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // 31 April and the like come back as another day.
  const check = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(check.getTime()) || check.toISOString().slice(0, 10) !== date) return null;
  return check.getUTCFullYear() < 1900 || check.getUTCFullYear() > 2200 ? null : `${date}T${time}`;
}

function parseTime(text: string | undefined): string | null {
  if (text === undefined) return '00:00:00';
  const [, hour = '', minute = '0', second = '0', half, zone = ''] = TIME.exec(text.trim()) ?? [];
  if (hour === '') return null;
  const h = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  if (
    h > 23 ||
    Number(minute) > 59 ||
    Number(second) > 59 ||
    (half && (Number(hour) < 1 || Number(hour) > 12))
  )
    return null;
  const two = (n: number | string) => String(n).padStart(2, '0');
  const offset = zone.toUpperCase().replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return `${two(h)}:${two(minute)}:${two(second)}${offset}`;
}

/** The instant of a moment that `parseMoment` gave; the shop's clock decides where no offset was written. */
export function toInstant(moment: string, timeZone: string): Date {
  if (!/^.{19}$/.test(moment)) return new Date(moment);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = moment.split(/[-T:]/).map(Number);
  return new Date(new TZDate(year, month - 1, day, hour, minute, second, timeZone).getTime());
}
