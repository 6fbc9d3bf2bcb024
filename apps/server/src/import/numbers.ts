export const DECIMAL_MARKS = [',', '.'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];

export interface FoundMark {
  readonly mark: DecimalMark;
  /** False where the file does not tell. */
  readonly certain: boolean;
}

/** What a cell may hold around its number: a currency's sign, blanks, a minus of either kind at either end. */
const bare = (cell: string): string => cell.replace(/[\s\u00a0\u202f'’]|\p{Sc}/gu, '').replaceAll('−', '-');

/**
 * Which mark has the decimals behind it, decided over all cells. `1.234,5` and `2,55` tell; `1,234` tells only as a
 * quantity, which has no decimals. A file that says nothing else writes decimals as its delimiter lets it.
 */
export function findDecimalMark(
  cells: { readonly quantities: Iterable<string>; readonly prices: Iterable<string> },
  delimiter: string,
): FoundMark {
  const votes = { ',': 0, '.': 0 };
  let unclear = 0;
  const look = (cell: string, isWhole: boolean): void => {
    const text = bare(cell);
    const last = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
    const other = last === ',' ? '.' : ',';
    const [whole = '', digits, ...more] = text.split(last);
    if (digits === undefined) return;
    if (more.length > 0) votes[other] += 1;
    else if (whole.includes(other) || !/^-?[1-9]\d{0,2}$/.test(whole) || !/^\d{3}-?$/.test(digits))
      votes[last] += 1;
    else if (isWhole) votes[other] += 1;
    else unclear += 1;
  };
  for (const cell of cells.quantities) look(cell, true);
  for (const cell of cells.prices) look(cell, false);
  if (votes[','] !== votes['.']) return { mark: votes[','] > votes['.'] ? ',' : '.', certain: true };
  return { mark: delimiter === ';' ? ',' : '.', certain: votes[','] + unclear === 0 };
}

/** A number as `-1234.5`, the same text for the same number, or null where the cell holds none. */
export function parseDecimal(cell: string, mark: DecimalMark): string | null {
  const text = bare(cell);
  const negative = text.startsWith('-') !== text.endsWith('-') && text !== '-';
  const unsigned = text.replace(/^[+-]|-$/, '');
  const thousands = mark === ',' ? '.' : ',';
  const [whole = '', fraction = '', ...more] = unsigned.split(mark);
  const grouped = whole.split(thousands);
  const groupsFit =
    grouped.length === 1 ||
    (/^\d{1,3}$/.test(grouped[0] ?? '') && grouped.slice(1).every((g) => /^\d{3}$/.test(g)));
  const digits = grouped.join('');
  if (
    more.length > 0 ||
    !groupsFit ||
    !/^\d*$/.test(digits) ||
    !/^\d*$/.test(fraction) ||
    digits + fraction === ''
  ) {
    return null;
  }
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
