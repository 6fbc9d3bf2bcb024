import type { ImportDecision, ImportUnusedColumn } from '@almenara/events';
import { titleOf } from '../read/columns.ts';

/** What of the reading of a file is a guess, as lines of text: what it could be instead, and how to say so. */

type Why<About extends ImportDecision['about']> = Extract<
  ImportDecision,
  { about: About; why: string }
>['why'];
type Order = Extract<ImportDecision, { about: 'dates' }>['read'];

export const ORDER_NAMES: Readonly<Record<Order, string>> = {
  dmy: 'day/month/year',
  mdy: 'month/day/year',
  ymd: 'year-month-day',
  serial: 'day numbers of a spreadsheet',
};

export const DATE_REASONS: Readonly<Record<Why<'dates'>, string>> = {
  told: 'as told',
  year_first: 'the year comes first',
  no_dates: 'no dates',
  month_names: 'months have names',
  serial: 'days are numbered',
  first_beyond_12: 'the first number goes beyond 12',
  second_beyond_12: 'the second number goes beyond 12',
  both_beyond_12: 'both numbers go beyond 12 on some lines',
  first_is_constant: 'no number goes beyond 12, and the first is the same on every line',
  no_future: 'otherwise some sales would be still to come',
  in_turn: 'so the lines are in the order of their dates',
  close_together: 'so the dates are close together',
  dots: 'there are dots between',
  currency: 'no number goes beyond 12, and prices are in US dollars',
  unclear: 'no number goes beyond 12',
};

export const DECIMAL_REASONS: Readonly<Record<Why<'decimal'>, string>> = {
  told: 'as told',
  cells: 'as the numbers have it',
  total: 'so quantity times price is the total that the line has',
  most_cells: 'as most numbers have it, but not all',
  three_decimals: 'every number has three digits behind its mark',
  thousands: 'quantities are whole numbers',
  delimiter: 'nothing but the delimiter tells',
  no_decimals: 'there are none',
};

/** What could be otherwise, and the option that says so. Nothing where everything is certain. */
export function describeGuesses(decisions: readonly ImportDecision[]): string[] {
  const guesses = decisions.filter(({ certain }) => !certain).map(describe);
  return guesses.length === 0 ? [] : ['Guesses; look at them:', ...guesses.map((guess) => `  ${guess}`)];
}

const quoted = (columns: readonly { readonly heading: string }[]): string =>
  columns.map(({ heading }) => `"${heading}"`).join(', ');

function describe(decision: ImportDecision): string {
  switch (decision.about) {
    case 'decimal': {
      const [other = '.'] = decision.others;
      return `decimals are behind "${decision.read}" (${DECIMAL_REASONS[decision.why]}); if it is wrong, say --decimal "${other}"`;
    }
    case 'dates': {
      const others = decision.others.map((other) => `${ORDER_NAMES[other]}, say --date-order ${other}`);
      return `dates are ${ORDER_NAMES[decision.read]} (${DATE_REASONS[decision.why]}); if they are ${others.join('; if ')}`;
    }
    case 'century':
      return `years of two digits on ${decision.lines} lines are ${listed(decision.years.map(String))}, so that no sale is still to come`;
    case 'column': {
      const [first] = decision.others;
      const others = first
        ? `; it could be ${quoted(decision.others)}: say --map ${decision.field}="${first.heading}"`
        : '';
      return `${titleOf(decision.field)} is taken from "${decision.read.heading}"${others}`;
    }
    case 'currency':
      return describeCurrency(decision);
    case 'cancellations': {
      const { prefixes, documents, others } = decision;
      const taken = prefixes.length > 0 ? `documents ${prefixes.join(', ')}… take back (${documents}); ` : '';
      const sold = others.map(
        (prefix) =>
          `documents ${prefix}… sell, as their quantities say; if they take back, say --cancellations prefix:${prefix}`,
      );
      return sold.length > 0 ? taken + sold.join('; ') : `${taken}if they do not, say --cancellations none`;
    }
    case 'future':
      return `${decision.lines} lines are of sales still to come, the first of ${decision.first.slice(0, 10)}; is the order of the dates right?`;
  }
}

function describeCurrency({
  read,
  found,
  others,
  why,
}: Extract<ImportDecision, { about: 'currency' }>): string {
  const counted = found.map(({ currency, lines }) => `${currency} on ${lines} lines`).join(', ');
  if (why === 'sign')
    return `prices are in ${read}, the likeliest of their sign; if they are in another one, say --currency`;
  if (why === 'mixed')
    return `the file has several currencies: ${counted}; lines that are not in ${read} are bad lines, to be imported on their own with --currency ${others[0] ?? 'CODE'}`;
  return `the file says ${counted || others.join(' or ')}, not ${read}; say --currency ${others[0] ?? 'CODE'}`;
}

const listed = (texts: readonly string[]): string => texts.join(', ');

const LOOKS: Readonly<Record<ImportUnusedColumn['looksLike'], string>> = {
  price: 'a price',
  discount: 'a discount',
  tax: 'a tax',
  total: 'a total',
  charge: 'a charge',
  status: 'a status',
};

/** Columns about money or the standing of a sale that nothing is made of. */
export const describeUnused = (unused: readonly ImportUnusedColumn[]): string[] =>
  unused.length === 0
    ? []
    : [
        'Columns that are not used:',
        ...unused.map(
          ({ heading, looksLike, values }) =>
            `  "${heading}" looks like ${LOOKS[looksLike]}: ${values.join(', ')}`,
        ),
      ];
