import { tidy } from './numbers.ts';

/** Languages that sales are written in; their month names agree where they overlap (`mar`, `mai`). */
const LANGUAGES = ['en', 'es', 'de', 'fr', 'it', 'pt', 'ca', 'nl'];
/** Short forms that people write and Intl does not. */
const ALSO: Readonly<Record<string, number>> = {
  sep: 9,
  sept: 9,
  set: 9,
  mrz: 3,
  maerz: 3,
  janner: 1,
  jänner: 1,
  juil: 7,
  fev: 2,
  dez: 12,
  dec: 12,
  aug: 8,
  ago: 8,
};
/** What may stand between the parts of a date, or before them. */
const FILLERS = new Set([
  'de',
  'del',
  'of',
  'the',
  'den',
  'le',
  'el',
  'il',
  'do',
  'um',
  'às',
  'a',
  'las',
  'à',
]);

const simple = (word: string): string =>
  word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('.', '');

function namesOf(options: Intl.DateTimeFormatOptions, dates: readonly Date[]): [string, number][] {
  return LANGUAGES.flatMap((language) => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return dates.map((date, i): [string, number] => [simple(format.format(date)), i + 1]);
  });
}

const months = Array.from({ length: 12 }, (_, i) => new Date(Date.UTC(2024, i, 15)));
const days = Array.from({ length: 7 }, (_, i) => new Date(Date.UTC(2024, 0, 1 + i)));
const MONTHS = new Map<string, number>([
  ...namesOf({ month: 'long' }, months),
  ...namesOf({ month: 'short' }, months),
  ...Object.entries(ALSO),
]);
const WEEKDAYS = new Set(
  [...namesOf({ weekday: 'long' }, days), ...namesOf({ weekday: 'short' }, days)]
    .map(([name]) => name)
    // In Spanish `mar` is a day and a month.
    .filter((name) => !MONTHS.has(name)),
);

export interface DateParts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
}

/** The parts of a date with the name of a month: `15-Jan-2024`, `Mon, January 15th, 2024`, `15 de enero de 2024`. */
export function readNamedDate(text: string): DateParts | null {
  const parts = tidy(text)
    .split(/[\s,/.-]+/)
    .filter((part) => part !== '' && !FILLERS.has(part.toLowerCase()) && !WEEKDAYS.has(simple(part)));
  const at = parts.findIndex((part) => MONTHS.has(simple(part)));
  const [first, second] = parts
    .filter((_, i) => i !== at)
    .map((part) => /^(\d+)(?:st|nd|rd|th|er|º|ª|o|a)?$/i.exec(part)?.[1]);
  if (parts.length !== 3 || at < 0 || at > 1 || first === undefined || second === undefined) return null;
  const month = String(MONTHS.get(simple(parts[at] ?? '')));
  return first.length === 4 ? { year: first, month, day: second } : { year: second, month, day: first };
}
