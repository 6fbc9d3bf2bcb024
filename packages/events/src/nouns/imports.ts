import { z } from 'zod';
import { Currency, Money, Timestamp, Uuid, ZoneCode } from '../base/primitives.ts';
import { line } from '../base/text.ts';

/** Imports in the browser. They are no part of the log: what they write is, by its own events. */

export const ImportField = z.enum([
  'document',
  'code',
  'quantity',
  'date',
  'price',
  'description',
  'customer',
  'country',
]);
export type ImportField = z.infer<typeof ImportField>;
/** Without these columns a file cannot be read. */
export const REQUIRED_FIELDS: readonly ImportField[] = ['document', 'code', 'quantity', 'date', 'price'];

/** Which column of the file holds a field, from 0; null for none. */
export const ImportColumns = z.record(ImportField, z.int().min(0).max(9_999).nullable());
export type ImportColumns = z.infer<typeof ImportColumns>;

/** Of what an import makes up: names of clients that the file has numbers of. */
export const ImportLanguage = z.enum(['en', 'es']);
export type ImportLanguage = z.infer<typeof ImportLanguage>;

/** How a date is written: its parts in turn, or as the number of its day, as spreadsheets count them (1 is 1 January 1900). */
export const ImportDateOrder = z.enum(['dmy', 'mdy', 'ymd', 'serial']);
export type ImportDateOrder = z.infer<typeof ImportDateOrder>;

/**
 * Which documents take back what others sold: those whose numbers and quantities show it, those that only take back,
 * none, or those whose number begins with what is said.
 */
export const ImportCancellations = z.string().regex(/^(?:auto|negative|none|prefix[:= ]\S{1,20})$/, {
  message: 'auto, negative, none or prefix:C',
});

/** What whoever imports may decide; what is left out is found in the file. */
export const ImportSettings = z.strictObject({
  source: line(100).optional(),
  zone: ZoneCode.optional(),
  currency: Currency.optional(),
  /** Of the prices, where neither `currency` nor the file says. */
  usualCurrency: Currency.optional(),
  timeZone: z.string().max(100).optional(),
  as: z.enum(['delivered', 'open']).optional(),
  language: ImportLanguage.optional(),
  encoding: z.string().max(50).optional(),
  delimiter: z.enum([';', ',', '\t', '|']).optional(),
  decimal: z.enum([',', '.']).optional(),
  dateOrder: ImportDateOrder.optional(),
  columns: ImportColumns.optional(),
  cancellations: ImportCancellations.optional(),
  /** Codes of new products that are never on a shelf, whatever they look like. */
  services: z.array(line(64)).max(400).optional(),
  /** Codes of new products that are goods, whatever they look like. */
  goods: z.array(line(64)).max(400).optional(),
});
export type ImportSettings = z.infer<typeof ImportSettings>;

const Count = z.int().min(0);

/** Why a line is left out, with what the page needs to say so in the reader's language. */
export const ImportReason = z.discriminatedUnion('code', [
  z.object({ code: z.literal('extra_cells'), cells: Count, width: Count }),
  z.object({ code: z.literal('empty'), field: ImportField }),
  z.object({ code: z.literal('too_long'), field: ImportField, most: Count }),
  z.object({ code: z.literal('no_number'), field: ImportField, found: z.string() }),
  z.object({ code: z.literal('no_whole_number'), found: z.string() }),
  z.object({ code: z.literal('zero') }),
  z.object({ code: z.literal('too_many'), found: z.string(), most: Count }),
  z.object({ code: z.literal('negative_price'), found: z.string() }),
  z.object({ code: z.literal('large_price'), found: z.string() }),
  z.object({ code: z.literal('no_date'), found: z.string(), order: ImportDateOrder }),
  z.object({ code: z.literal('other_currency'), found: z.string(), currency: Currency }),
  z.object({ code: z.literal('other_customer'), customer: z.string(), first: z.string() }),
  z.object({ code: z.literal('positive_cancellation') }),
  z.object({ code: z.literal('large_total') }),
  z.object({ code: z.literal('long_document'), lines: Count, most: Count }),
  z.object({ code: z.literal('not_stocked'), product: z.string() }),
  z.object({ code: z.literal('imported_otherwise'), document: z.string(), source: z.string() }),
]);
export type ImportReason = z.infer<typeof ImportReason>;

/** Why a file cannot be read or a run has ended before its end. */
export const ImportTrouble = z.discriminatedUnion('code', [
  z.object({ code: z.literal('empty_file') }),
  z.object({ code: z.literal('no_table') }),
  z.object({ code: z.literal('open_quote'), line: Count }),
  z.object({ code: z.literal('run_on_quote'), line: Count, lastLine: Count }),
  z.object({ code: z.literal('long_line'), line: Count, most: Count }),
  z.object({ code: z.literal('many_columns'), line: Count, most: Count }),
  z.object({ code: z.literal('missing_columns'), fields: z.array(ImportField) }),
  z.object({ code: z.literal('bad_lines'), bad: Count, most: Count }),
  /** More pieces of one product than stock can count. */
  z.object({ code: z.literal('large_stock'), product: z.string() }),
  /** Whoever ran it may not any more. */
  z.object({ code: z.literal('no_right'), why: z.enum(['deactivated', 'role', 'gone']) }),
  z.object({ code: z.literal('refused'), message: z.string() }),
  z.object({ code: z.literal('too_much') }),
  z.object({ code: z.literal('interrupted') }),
  z.object({ code: z.literal('stopping') }),
  z.object({ code: z.literal('internal') }),
]);
export type ImportTrouble = z.infer<typeof ImportTrouble>;

export const ImportBadLine = z.object({
  line: Count,
  document: z.string().nullable(),
  /** In English. */
  reason: z.string(),
  why: ImportReason,
  /** The line as the file has it. */
  content: z.string(),
});
export type ImportBadLine = z.infer<typeof ImportBadLine>;

/** What an import would do. */
export const ImportPlan = z.object({
  orders: Count,
  orderLines: Count,
  sold: Money,
  returns: Count,
  takenBack: Money,
  writeOffs: Count,
  clients: Count,
  products: Count,
  services: Count,
  /** The first of the new products that look like no goods, or were said to be none or some. */
  serviceProducts: z.array(
    z.object({ sku: z.string(), name: z.string(), stocked: z.boolean(), isChosen: z.boolean() }),
  ),
  openings: Count,
  rounded: Count,
  /** Lines that an earlier import has brought. */
  repeated: Count,
  bad: Count,
  newZone: z.boolean(),
  /** The first and the last document's date; null where there is nothing new. */
  period: z.object({ from: Timestamp, to: Timestamp }).nullable(),
  /** Some of the lines as they were read. */
  samples: z.array(
    z.object({
      line: Count,
      document: z.string(),
      code: z.string(),
      description: z.string(),
      quantity: z.int(),
      /** By the shop's clock. */
      moment: z.string(),
      price: Money,
      customer: z.string().nullable(),
      country: z.string().nullable(),
    }),
  ),
  /** The first bad lines; all of them are in `bad-lines.csv`. */
  badLines: z.array(ImportBadLine),
});
export type ImportPlan = z.infer<typeof ImportPlan>;

/** A column by its place in the file, from 0. */
const ImportColumn = z.object({ column: Count, heading: z.string() });

/** What was made of the file, and whether it could be something else: then `others` are what else. */
export const ImportDecision = z.discriminatedUnion('about', [
  z.object({
    about: z.literal('decimal'),
    certain: z.boolean(),
    read: z.enum([',', '.']),
    others: z.array(z.enum([',', '.'])),
    why: z.enum([
      'told',
      'cells',
      'total',
      'most_cells',
      'three_decimals',
      'thousands',
      'delimiter',
      'no_decimals',
    ]),
  }),
  z.object({
    about: z.literal('dates'),
    certain: z.boolean(),
    read: ImportDateOrder,
    others: z.array(ImportDateOrder),
    why: z.enum([
      'told',
      'year_first',
      'no_dates',
      'month_names',
      'serial',
      'first_beyond_12',
      'second_beyond_12',
      'both_beyond_12',
      'first_is_constant',
      'no_future',
      'in_turn',
      'close_together',
      'dots',
      'currency',
      'unclear',
    ]),
  }),
  /** Years of two digits: `years` are those they were read as. */
  z.object({
    about: z.literal('century'),
    certain: z.literal(false),
    lines: Count,
    years: z.array(z.int()),
  }),
  z.object({
    about: z.literal('column'),
    certain: z.boolean(),
    field: ImportField,
    read: ImportColumn,
    others: z.array(ImportColumn),
  }),
  z.object({
    about: z.literal('currency'),
    certain: z.boolean(),
    read: Currency,
    /** In the file, the most frequent first; `lines` say so. */
    found: z.array(z.object({ currency: Currency, lines: Count })),
    others: z.array(Currency),
    /** Whether the file or what is usual decided, and nobody. */
    isFound: z.boolean(),
    why: z.enum(['told', 'file', 'sign', 'usual', 'mixed', 'contradicted']),
  }),
  /** What the numbers of documents that take back begin with, and how many those are. */
  z.object({
    about: z.literal('cancellations'),
    certain: z.boolean(),
    read: z.string(),
    prefixes: z.array(z.string()),
    documents: Count,
    /** Prefixes that look like credit notes, of documents that sell nevertheless. */
    others: z.array(z.string()),
  }),
  /** Lines of sales that are still to come. */
  z.object({ about: z.literal('future'), certain: z.literal(false), lines: Count, first: z.string() }),
]);
export type ImportDecision = z.infer<typeof ImportDecision>;

/** A column that says something about money or whether a sale stands, and is not used. */
export const ImportUnusedColumn = ImportColumn.extend({
  looksLike: z.enum(['price', 'discount', 'tax', 'total', 'charge', 'status']),
  /** Some of what stands in it. */
  values: z.array(z.string()),
});
export type ImportUnusedColumn = z.infer<typeof ImportUnusedColumn>;

export const ImportPreview = z.object({
  /** As it was read: what was found in the file and what was decided. */
  settings: z.object({
    source: z.string(),
    zone: ZoneCode,
    currency: Currency,
    timeZone: z.string(),
    as: z.enum(['delivered', 'open']),
    delimiter: z.enum([';', ',', '\t', '|']),
    columns: ImportColumns,
    cancellations: ImportCancellations,
    services: z.array(z.string()),
    goods: z.array(z.string()),
  }),
  /** As people name it. */
  encoding: z.string(),
  lines: Count,
  headings: z.array(z.string()),
  /** The first lines of the file, cell by cell. */
  rows: z.array(z.object({ line: Count, cells: z.array(z.string()) })),
  missing: z.array(ImportField),
  /** Null while columns are missing. */
  reading: z
    .object({
      decimal: z.enum([',', '.']),
      decimalCertain: z.boolean(),
      dateOrder: ImportDateOrder,
      dateOrderCertain: z.boolean(),
      decisions: z.array(ImportDecision),
      unused: z.array(ImportUnusedColumn),
    })
    .nullable(),
  plan: ImportPlan.nullable(),
});
export type ImportPreview = z.infer<typeof ImportPreview>;

export const ImportStep = z.object({
  name: z.enum(['zone', 'products', 'openings', 'clients', 'documents']),
  done: Count,
  total: Count,
});
export type ImportStep = z.infer<typeof ImportStep>;

export const ImportState = z.object({
  id: Uuid,
  fileName: z.string(),
  bytes: Count,
  /** Whose it is: who has brought the file. */
  owner: z.object({ id: z.string(), name: z.string() }),
  createdAt: Timestamp,
  /** `stopped`: cancelled or interrupted; run again it goes on from there. */
  stage: z.enum(['ready', 'reading', 'running', 'done', 'stopped', 'failed']),
  /** What it was last run with: whoever goes on with it does so with the same. */
  settings: ImportSettings.nullable(),
  /** Asked to stop; it does after the batch under way. */
  cancelling: z.boolean(),
  steps: z.array(ImportStep),
  /** Documents written by the run. */
  imported: Count,
  /** Why it failed or was stopped, where nobody asked for it; in English. */
  problem: z.string().nullable(),
  /** The same, for the page to put in words. */
  trouble: ImportTrouble.nullable(),
});
export type ImportState = z.infer<typeof ImportState>;

export const ImportAnswer = z.object({ import: ImportState, preview: ImportPreview.nullable() });
export type ImportAnswer = z.infer<typeof ImportAnswer>;
/** One's own; administrators see everybody's. Newest first; a file may have at most `maxBytes`. */
export const ImportList = z.object({ items: z.array(ImportState), maxBytes: z.int() });
export type ImportList = z.infer<typeof ImportList>;
