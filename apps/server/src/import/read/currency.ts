import type { Columns } from './columns.ts';
import { currenciesOf } from './currency-signs.ts';
import { plain } from './headings.ts';
import { readFigure } from './numbers.ts';
import { type AskedOptions, ImportOptions } from './options.ts';
import type { Table } from './table.ts';

type MatchedTable = Pick<Table, 'headings' | 'rows'> & { readonly columns: Columns };

/** What a file says of the currency of its prices. */
export interface FoundCurrencies {
  /** By currency, the most frequent first: the lines that name it, and no other. */
  readonly named: readonly { readonly currency: string; readonly lines: number }[];
  /** The currencies of a sign that several have, as $; empty where there is none. */
  readonly signed: readonly string[];
}

const HEADINGS = new Set(
  'currency currencycode orderCurrency moneda divisa wahrung devise moeda valuta 通貨'.split(' ').map(plain),
);
export const findCurrencyColumn = (headings: readonly string[]): number =>
  headings.findIndex((heading) => HEADINGS.has(plain(heading)));

/** What a line says of its currency: those that it may mean, the likeliest first; null where it says nothing. */
export function statedCurrencies(price: string, named: string): readonly string[] | null {
  const stated = [currenciesOf(named.trim()), ...(readFigure(price)?.currencies ?? [])];
  let left: readonly string[] | null = null;
  for (const some of stated) {
    if (some === null || some.length === 0) continue;
    // A sign that many have, beside a code: the code says which. Two that do not agree are neither.
    left = left === null ? some : left.filter((code) => some.includes(code));
  }
  return left;
}

/** The currencies that the lines name; where none does, what is named in the heading of the prices counts for all. */
export function findCurrencies({ headings, rows, columns }: MatchedTable): FoundCurrencies {
  const lines = new Map<string, number>();
  let signed: readonly string[] = [];
  const column = findCurrencyColumn(headings);
  for (const { cells } of rows) {
    const stated = statedCurrencies(cells[columns.price] ?? '', cells[column] ?? '');
    const [only, ...more] = stated ?? [];
    if (only === undefined) continue;
    if (more.length === 0) lines.set(only, (lines.get(only) ?? 0) + 1);
    else if (signed.length === 0) signed = [only, ...more];
  }
  if (lines.size === 0 && signed.length === 0) {
    const words = (headings[columns.price] ?? '').split(/[\s()[\]{}_/,-]+/);
    const [code, ...more] =
      words.map((word) => currenciesOf(word) ?? []).find((codes) => codes.length > 0) ?? [];
    if (code !== undefined && more.length === 0) lines.set(code, rows.length);
    else if (code !== undefined) signed = [code, ...more];
  }
  const named = [...lines].map(([currency, count]) => ({ currency, lines: count }));
  return { named: named.sort((a, b) => b.lines - a.lines), signed };
}

/** What is decided goes before what the file says, and that before what is usual. */
export function settle(table: MatchedTable, asked: AskedOptions): ImportOptions {
  const { usualCurrency } = asked;
  const settled = (currency: string, currencyFrom: ImportOptions['currencyFrom']): ImportOptions =>
    ImportOptions.parse({ ...asked, currency, currencyFrom });
  if (asked.currency !== undefined) return settled(asked.currency, 'told');
  const { named, signed } = findCurrencies(table);
  const [most, ...more] = named;
  if (most) return settled(most.currency, more.length > 0 ? 'mixed' : 'file');
  const [likeliest] = signed;
  if (likeliest !== undefined && !signed.includes(usualCurrency ?? '')) return settled(likeliest, 'sign');
  return settled(usualCurrency ?? 'EUR', 'usual');
}
