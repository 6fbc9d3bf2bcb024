import { currenciesOf } from './currency-signs.ts';

export const DECIMAL_MARKS = [',', '.'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

export const otherMark = (mark: DecimalMark): DecimalMark => (mark === ',' ? '.' : ',');

/** A number's digits with the marks between them, without what stands around them. */
export interface Figure {
  readonly digits: string;
  readonly negative: boolean;
  /** For each sign or code of a currency beside it those that it may stand for. */
  readonly currencies: readonly (readonly string[])[];
}

/** Digits of any script, full-width signs and blanks of any kind as ASCII has them; marks of direction are dropped. */
export const tidy = (cell: string): string => (/^[!-_a-~]*$/.test(cell) ? cell : tidied(cell));

const tidied = (cell: string): string =>
  cell
    .normalize('NFKC')
    .replace(/[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Nd}/gu, asciiDigit)
    .replace(/[−–‐‑]/g, '-')
    .replace(/[’‘`´]/g, "'")
    .replaceAll('،', ',')
    .replace(/\s+/g, ' ')
    .trim();

/** The digits of a script follow each other from its zero on. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  if (code < 128) return digit;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}

/** No number is longer; what is could be as long as the file. */
const LONGEST = 80;

const AHEAD = /^(?:S\/\.?|\p{L}+\.|[^\d\s.,'()+-]+)/u;
const BEHIND = /(?:\p{L}+\.|[^\d\s.,'()+-]+)$/u;

/** What a cell says apart from its marks: `(1.234,50 €)`, `R$ -5`, `12.50-`. Null where it holds no number. */
export function readFigure(cell: string): Figure | null {
  if (cell.length > LONGEST) return null;
  // As prices without cents are written: 25,– and 25.--
  let text = tidy(cell).replace(/(\d)[.,]--?$/, '$1');
  if (/^-?\d+$/.test(text))
    return { digits: text.replace('-', ''), negative: text.startsWith('-'), currencies: [] };
  const currencies: (readonly string[])[] = [];
  let signs = 0;
  let negative = false;
  for (;;) {
    text = text.trim();
    const inner = /^\((.*)\)$/.exec(text)?.[1];
    const currency = AHEAD.exec(text)?.[0] ?? BEHIND.exec(text)?.[0];
    if (inner !== undefined) {
      text = inner;
      negative = true;
      signs += 1;
    } else if (/^[+-]|-$/.test(text)) {
      negative = !text.startsWith('+');
      text = /^[+-]/.test(text) ? text.slice(1) : text.slice(0, -1);
      signs += 1;
    } else if (currency !== undefined) {
      const known = currenciesOf(currency);
      if (known === null || currencies.length > 1) return null;
      currencies.push(known);
      text = AHEAD.test(text) ? text.slice(currency.length) : text.slice(0, -currency.length);
    } else break;
  }
  return signs > 1 || !/^[\d.,' ٫٬]*\d[\d.,' ٫٬]*$/.test(text)
    ? null
    : { digits: text, negative, currencies };
}

/** By threes, or as India does it: 1,23,456. Blanks and apostrophes part thousands whatever the decimal mark. */
const GROUPED = ['\\.', ',', ' ', "'", '٬'].map(
  (sign) => new RegExp(`^\\d{1,3}(?:${sign}\\d{3})+$|^\\d{1,2}(?:${sign}\\d{2})+${sign}\\d{3}$`),
);

/** A number as `-1234.5`, the same text for the same number, or null where the cell holds none. */
export function parseDecimal(cell: string, mark: DecimalMark): string | null {
  const figure = readFigure(cell);
  return figure && toDecimal(figure, mark);
}

/** The same of a cell that is to hold nothing but a number: a quantity in euros or in cups is none. */
export function parseCount(cell: string, mark: DecimalMark): string | null {
  const figure = readFigure(cell);
  return figure && figure.currencies.length === 0 ? toDecimal(figure, mark) : null;
}

export function toDecimal({ digits: written, negative }: Figure, mark: DecimalMark): string | null {
  // Arabic has marks of its own, which mean one thing each.
  const [whole = '', fraction = '', ...more] = written.split(written.includes('٫') ? '٫' : mark);
  const isGrouped = !/^\d*$/.test(whole);
  if (
    more.length > 0 ||
    !/^\d*$/.test(fraction) ||
    (isGrouped && !GROUPED.some((groups) => groups.test(whole)))
  )
    return null;
  const digits = whole.replace(/\D/g, '');
  if (digits + fraction === '') return null;
  const significant = digits.replace(/^0+(?=\d)/, '') || '0';
  const decimals = fraction.replace(/0+$/, '');
  const number = decimals === '' ? significant : `${significant}.${decimals}`;
  return negative && number !== '0' ? `-${number}` : number;
}

/** How many decimals a currency's amounts have: 2 for EUR, 0 for JPY. */
export const minorDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** A number that is not negative in minor units, half of one rounded up. Worked on digits: 1.005 is no binary fraction. */
export function toMinor(decimal: string, digits: number): { amount: number; rounded: boolean } {
  const [whole = '0', fraction = ''] = decimal.split('.');
  const amount = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  const rest = fraction.slice(digits);
  return { amount: amount + (rest >= '5' ? 1 : 0), rounded: rest !== '' };
}
