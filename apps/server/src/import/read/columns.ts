import type { ImportColumns, ImportField } from '@almenara/events';
import { HEADINGS, isShopify, keysOf, plain } from './headings.ts';
import { ImportError } from './import-error.ts';

export type Field = ImportField;
/** Where each field stands in a record; -1 where the file has no such column. */
export type Columns = Readonly<Record<Field, number>>;

interface FieldDefinition {
  readonly title: string;
  /** Headings to propose where a required column is missing; null where it may be. */
  readonly propose: string | null;
}

/** In the order in which columns are given away. */
const FIELDS: Readonly<Record<Field, FieldDefinition>> = {
  document: { title: 'document number', propose: '"InvoiceNo" or "Factura"' },
  code: { title: 'product code', propose: '"StockCode" or "Código"' },
  quantity: { title: 'quantity', propose: '"Quantity" or "Cantidad"' },
  date: { title: 'date', propose: '"InvoiceDate" or "Fecha"' },
  price: { title: 'unit price', propose: '"UnitPrice" or "Precio"' },
  description: { title: 'description', propose: null },
  customer: { title: 'customer', propose: null },
  country: { title: 'country', propose: null },
};

const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);
export const fields = Object.keys(FIELDS).filter(isField);
export const titleOf = (field: Field): string => FIELDS[field].title;

const NO_COLUMNS: Columns = {
  document: -1,
  code: -1,
  quantity: -1,
  date: -1,
  price: -1,
  description: -1,
  customer: -1,
  country: -1,
};

/** The headings by what they may be known as; of two of a name the first. */
function indexOf(headings: readonly string[]): Map<string, number> {
  const index = new Map<string, number>();
  const keys = headings.map(keysOf);
  for (const rank of [0, 1, 2]) {
    for (const [at, known] of keys.entries()) {
      const key = known[rank];
      if (key !== undefined && !index.has(key)) index.set(key, at);
    }
  }
  return index;
}

const knownHeadings = (field: Field, index: ReadonlyMap<string, number>): string[] => {
  const { sure, weak } = HEADINGS[field];
  const more = field === 'document' && isShopify(new Set(index.keys())) ? ['name'] : [];
  return [...sure, ...more, ...weak];
};

/** The columns whose headings are known. Every column has one meaning at most. */
export function matchColumns(headings: readonly string[]): Columns {
  const index = indexOf(headings);
  const taken = new Set<number>();
  const columns = { ...NO_COLUMNS };
  for (const field of fields) {
    const at = knownHeadings(field, index)
      .map((known) => index.get(known))
      .find((found) => found !== undefined && !taken.has(found));
    if (at === undefined) continue;
    columns[field] = at;
    taken.add(at);
  }
  return columns;
}

export interface FoundColumn {
  readonly field: Field;
  readonly at: number;
  /** False where it was taken for want of a better one, or another column could be it as well. */
  readonly certain: boolean;
  /** Columns that could be meant instead. */
  readonly others: readonly number[];
}

/** Fields of which a wrong column makes wrong figures: another one that could be it is worth a question. */
const WEIGHTY: ReadonlySet<Field> = new Set(['quantity', 'date', 'price']);

/** How sure each of the matched columns is of its meaning. */
export function weighColumns(headings: readonly string[], columns: Columns): FoundColumn[] {
  const index = indexOf(headings);
  const used = new Set(Object.values(columns));
  const free = (known: readonly string[]): number[] =>
    [...new Set(known.flatMap((heading) => index.get(heading) ?? []))].filter((at) => !used.has(at));
  return fields.flatMap((field): FoundColumn[] => {
    const at = columns[field];
    if (at < 0) return [];
    const { weak } = HEADINGS[field];
    const keys = keysOf(headings[at] ?? '');
    const isWeak = !keys.some((key) => !weak.includes(key) && knownHeadings(field, index).includes(key));
    const rivals = free(HEADINGS[field].sure);
    const isGuess = isWeak
      ? field !== 'description' && field !== 'customer'
      : WEIGHTY.has(field) && rivals.length > 0;
    const others = isGuess ? [...new Set([...rivals, ...free(weak)])] : [];
    return [{ field, at, certain: !isGuess, others }];
  });
}

export const countMatched = (columns: Columns): number =>
  fields.filter((field) => columns[field] >= 0).length;

/** The columns as somebody has chosen them; one that the file does not have is none. */
export function chosenColumns(headings: readonly string[], chosen: ImportColumns): Columns {
  const columns = { ...NO_COLUMNS };
  for (const field of fields) {
    const at = chosen[field];
    if (at !== null && at < headings.length) columns[field] = at;
  }
  return columns;
}

/**
 * The matched columns, but for those fields that somebody gives a heading to, however it is written.
 * @throws ImportError if the file has no such heading
 */
export function mapColumns(
  headings: readonly string[],
  map: Readonly<Partial<Record<Field, string>>>,
): ImportColumns {
  const matched = matchColumns(headings);
  const given = fields.flatMap((field): [Field, number][] => {
    const wanted = map[field];
    if (wanted === undefined) return [];
    const at = headings.findIndex((heading) => plain(heading) === plain(wanted));
    if (at < 0) throw new ImportError(`The file has no column "${wanted}". ${foundIn(headings)}`);
    return [[field, at]];
  });
  const taken = new Set(given.map(([, at]) => at));
  const at = (field: Field): number | null => {
    const said = given.find(([known]) => known === field)?.[1];
    if (said !== undefined) return said;
    return columnIn(matched, field, taken);
  };
  return {
    document: at('document'),
    code: at('code'),
    quantity: at('quantity'),
    date: at('date'),
    price: at('price'),
    description: at('description'),
    customer: at('customer'),
    country: at('country'),
  };
}

const columnIn = (columns: Columns, field: Field, taken: ReadonlySet<number>): number | null =>
  columns[field] < 0 || taken.has(columns[field]) ? null : columns[field];

const foundIn = (headings: readonly string[]): string =>
  `Its first line has ${headings.map((heading) => `"${heading}"`).join(', ') || 'nothing'}.`;

export const missingFields = (columns: Columns): Field[] =>
  fields.filter((field) => FIELDS[field].propose !== null && columns[field] < 0);

/** @throws ImportError that names each column that is missing and lists those that were found */
export function requireColumns(headings: readonly string[], columns: Columns): Columns {
  const fieldsMissing = missingFields(columns);
  if (fieldsMissing.length === 0) return columns;
  const missing = fieldsMissing.map((field) => `${titleOf(field)} (as ${FIELDS[field].propose})`);
  throw new ImportError(
    `The file has no column for: ${missing.join(', ')}. ${foundIn(headings)} ` +
      'Rename the columns, say with --map which they are, or with --delimiter what separates them.',
    { code: 'missing_columns', fields: fieldsMissing },
  );
}
