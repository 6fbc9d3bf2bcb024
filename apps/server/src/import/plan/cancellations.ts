/** What of a line shows whether its document takes back. */
export interface Evidence {
  readonly document: string;
  /** Never 0. */
  readonly quantity: number;
  readonly amount: number;
  readonly customer: string | null;
}

export interface FoundCancellations {
  /** What the numbers of the documents that take back begin with; empty where it is not by their numbers. */
  readonly prefixes: readonly string[];
  /** The documents that take back what others sold. */
  readonly documents: ReadonlySet<string>;
  readonly certain: boolean;
  /** Of documents that look like credit notes by their numbers, and sell. */
  readonly others: readonly string[];
}

/** Of a number like C536379, CN-1001 or AB 24/17; a UUID, a hash or a word has letters behind its first digit too. */
const NUMBER = /^(\p{L}{1,6})[-_/. ]?\d[\d\-_/. ]*$/u;
const prefixOf = (document: string): string => NUMBER.exec(document)?.[1]?.toUpperCase() ?? '';

/**
 * What programs put before the numbers of credit notes and cancellations: English, Spanish (abono, nota de crédito,
 * rectificativa), German (Gutschrift, Storno), French (avoir), Portuguese (devolução), Italian.
 */
const USUAL = new Set(
  'C CN CR CRN CM CNC CRED CREDIT RF REF REFUND RET RTN RMA NC NCR AB ABONO FR RECT R GS GU ST STORNO AV AVOIR DEV NOTA'.split(
    ' ',
  ),
);
/** Those that nothing else begins with: that they sell is worth a word. */
const UNMISTAKABLE = new Set('CN CRN CREDIT REFUND NC NCR ABONO RECT STORNO AVOIR'.split(' '));
/** Of the documents of a prefix so many must take back alone. */
const MOST = 0.8;

/**
 * Which documents take back what others sold. It needs evidence: all lines of such a document are negative, and so are
 * most documents whose numbers begin like its own, which sets them apart from those that sell. A prefix that is not a
 * usual one must name somebody or cost something once: stock is written off under numbers of its own too.
 *
 * @param rule as `ImportCancellations` has it
 */
export function findCancellations(lines: Iterable<Evidence>, rule: string): FoundCancellations {
  const documents = gather(lines);
  const that = (fits: (document: string, facts: Facts) => boolean): Set<string> =>
    new Set([...documents].flatMap(([document, facts]) => (fits(document, facts) ? [document] : [])));
  const told = (prefixes: readonly string[], found: ReadonlySet<string>): FoundCancellations => ({
    prefixes,
    documents: found,
    certain: true,
    others: [],
  });
  if (rule === 'none') return told([], new Set());
  if (rule === 'negative')
    return told(
      [],
      that((_, { sells }) => !sells),
    );
  const given = /^prefix[:= ](.+)$/.exec(rule)?.[1]?.toUpperCase();
  if (given !== undefined)
    return told(
      [given],
      that((document) => document.toUpperCase().startsWith(given)),
    );

  const prefixes = countPrefixes(documents);
  const found = [...prefixes].flatMap(([prefix, { all, negative, isOfSales }]) =>
    prefix !== '' && negative >= all * MOST && (USUAL.has(prefix) || isOfSales) ? [prefix] : [],
  );
  const others = [...prefixes].flatMap(([prefix, { all, negative }]) =>
    UNMISTAKABLE.has(prefix) && negative < all * MOST && all < documents.size ? [prefix] : [],
  );
  const cancelling = that((document, { sells }) => !sells && found.includes(prefixOf(document)));
  // Nothing but their numbers tells those of a file without any sale.
  const certain = others.length === 0 && (found.length === 0 || cancelling.size < documents.size);
  return { prefixes: found, documents: cancelling, certain, others };
}

interface Facts {
  sells: boolean;
  /** It names somebody or costs something. */
  isOfSales: boolean;
}

function gather(lines: Iterable<Evidence>): Map<string, Facts> {
  const documents = new Map<string, Facts>();
  for (const { document, quantity, amount, customer } of lines) {
    const facts = documents.get(document) ?? { sells: false, isOfSales: false };
    documents.set(document, facts);
    if (quantity > 0) facts.sells = true;
    if (amount > 0 || customer !== null) facts.isOfSales = true;
  }
  return documents;
}

function countPrefixes(documents: ReadonlyMap<string, Facts>) {
  const prefixes = new Map<string, { all: number; negative: number; isOfSales: boolean }>();
  for (const [document, { sells, isOfSales }] of documents) {
    const prefix = prefixOf(document);
    const known = prefixes.get(prefix) ?? { all: 0, negative: 0, isOfSales: false };
    prefixes.set(prefix, known);
    known.all += 1;
    if (!sells) known.negative += 1;
    known.isOfSales ||= isOfSales;
  }
  return prefixes;
}
