import { ImportDateOrder } from '@almenara/events';
import { TZDate } from '@date-fns/tz';
import { type DateParts, readNamedDate } from './month-names.ts';
import { tidy } from './numbers.ts';

export const DATE_ORDERS = ImportDateOrder.options;
export type DateOrder = ImportDateOrder;

const NUMERIC = /^(\d{1,4})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{1,4})(?:[T\s,]+(.+))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T\s]?(\d{2}):?(\d{2})(?::?(\d{2}))?(Z|[+-]\d{2}:?\d{2})?)?$/;
const NAMED = /^(?=.*\p{L}{3})(.+?)(?:[T\s,]+(\d{1,2}:\d{2}.*))?$/u;
const SERIAL = /^(\d{5})(?:[.,](\d+))?$/;
const TIME =
  /^(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?\s*(?:([ap])\.?\s*m\.?)?\s*(?:(Z)|(?:UTC|GMT)?([+-]\d{2}(?::?\d{2})?)|(UTC|GMT))?$/i;

/** Longer than any date; what is could be as long as the file. */
const LONGEST = 80;

/** A date as it is written, with what of it is the time. */
export type WrittenDate =
  | {
      readonly kind: 'numeric';
      readonly parts: readonly [string, string, string];
      readonly dots: boolean;
      readonly rest: string | undefined;
    }
  | ({ readonly kind: 'named' | 'compact'; readonly rest: string | undefined } & DateParts)
  | { readonly kind: 'serial'; readonly day: number; readonly fraction: number };

export function readWritten(cell: string): WrittenDate | null {
  if (cell.length > LONGEST) return null;
  const text = tidy(cell)
    .replace(/(\d+) ?年 ?(\d+) ?月 ?(\d+) ?日/, '$1-$2-$3')
    .replace(/ ?\([^)]*\)$/, '');
  const [, first, second, third, rest] = NUMERIC.exec(text) ?? [];
  if (first !== undefined && second !== undefined && third !== undefined)
    return { kind: 'numeric', parts: [first, second, third], dots: /^\d+\s*\./.test(text), rest };
  const [, year, month, day, hour, minute, seconds, zone = ''] =
    COMPACT.exec(text.replace(/\.0+$/, '')) ?? [];
  if (year !== undefined && month !== undefined && day !== undefined) {
    const time = hour === undefined ? undefined : `${hour}:${minute}:${seconds ?? '00'}${zone}`;
    return { kind: 'compact', year, month, day, rest: time };
  }
  const [, days, fraction] = SERIAL.exec(text) ?? [];
  if (days !== undefined)
    return { kind: 'serial', day: Number(days), fraction: Number(`0.${fraction ?? '0'}`) };
  const [, date = '', time] = NAMED.exec(text) ?? [];
  const named = readNamedDate(date);
  return named && { kind: 'named', ...named, rest: time };
}

/** A year of two digits is the one of this century, unless nobody can have sold anything in it yet. */
const EARLIEST = 1970;

function fullYear(year: string, month: string, day: string, today: string): string {
  if (year.length !== 2) return year;
  const [now, before] = [`20${year}`, `19${year}`];
  const isAhead = `${now}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` > today;
  return isAhead && Number(before) >= EARLIEST ? before : now;
}

/** The day as `2010-12-01`, or null where there is none: 31 April. `today` is the last day that may have been written with two digits. */
export function dayOf(written: WrittenDate, order: DateOrder, today: string): string | null {
  if (written.kind === 'serial') {
    if (order !== 'serial') return null;
    // Spreadsheets count 29 February 1900, which was none.
    return new Date(Date.UTC(1899, 11, 30) + written.day * 86_400_000).toISOString().slice(0, 10);
  }
  // Where spreadsheets have made numbers of some dates, those that are left had day and month the other way round.
  if (order === 'serial' && written.kind === 'numeric' && written.parts[0].length < 4) return null;
  const { year, month, day } = written.kind === 'numeric' ? inTurn(written.parts, order) : written;
  if (year.length !== 2 && year.length !== 4) return null;
  const date = `${fullYear(year, month, day, today)}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  // 31 April and the like come back as another day.
  const check = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(check.getTime()) || check.toISOString().slice(0, 10) !== date) return null;
  return check.getUTCFullYear() < 1900 || check.getUTCFullYear() > 2200 ? null : date;
}

/** A year in front speaks for itself. */
function inTurn([first, second, third]: readonly [string, string, string], order: DateOrder): DateParts {
  if (first.length > 2 || order === 'ymd') return { year: first, month: second, day: third };
  return order === 'mdy'
    ? { year: third, month: first, day: second }
    : { year: third, month: second, day: first };
}

/**
 * A date, with or without a time, as `2010-12-01T08:26:00` and the offset it was written with, if any: the same text
 * for the same moment however the file writes it. Null where it is none.
 *
 * @param today as `2010-12-01`: a sale with a year of two digits was before it, if it can have been
 */
export function parseMoment(cell: string, order: DateOrder, today = '2099-12-31'): string | null {
  const written = readWritten(cell);
  const day = written && dayOf(written, order, today);
  if (!written || !day) return null;
  const time = written.kind === 'serial' ? timeOfDay(written.fraction) : parseTime(written.rest);
  return time === null ? null : `${day}T${time}`;
}

/** A part of a day, to the second; the last of them where it is all but over. */
function timeOfDay(fraction: number): string {
  const seconds = Math.min(Math.round(fraction * 86_400), 86_399);
  return new Date(seconds * 1000).toISOString().slice(11, 19);
}

function parseTime(text: string | undefined): string | null {
  if (text === undefined) return '00:00:00';
  const [, hour = '', minute = '0', second = '0', half, z, offset, utc] = TIME.exec(text.trim()) ?? [];
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
  const zone = z || utc ? 'Z' : zoneOf(offset);
  return zone === null ? null : `${two(h)}:${two(minute)}:${two(second)}${zone}`;
}

/** `+0200` and `+02` as `+02:00`; null where no clock of this world goes like that. */
function zoneOf(offset: string | undefined): string | null {
  if (offset === undefined) return '';
  const [, sign = '+', hours = '00', minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  return Number(hours) > 14 || Number(minutes) > 59 ? null : `${sign}${hours}:${minutes}`;
}

/** The instant of a moment that `parseMoment` gave; the shop's clock decides where no offset was written. */
export function toInstant(moment: string, timeZone: string): Date {
  if (!/^.{19}$/.test(moment)) return new Date(moment);
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = moment.split(/[-T:]/).map(Number);
  return new Date(new TZDate(year, month - 1, day, hour, minute, second, timeZone).getTime());
}
