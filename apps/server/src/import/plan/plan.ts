import { MOST_PIECES } from '../../domain/stock.ts';
import { ImportError } from '../read/import-error.ts';
import type { BadLine, SalesFile, SalesLine } from '../read/lines.ts';
import type { ImportOptions } from '../read/options.ts';
import { clientName } from './client-names.ts';
import { gatherDocuments, type SalesDocument } from './documents.ts';
import { gatherGoods, unheededChoices } from './goods.ts';
import { clientIdOf, orderIdOf, productKey, returnIdOf } from './keys.ts';
import type { Known } from './known.ts';
import { deficits, type Effect } from './openings.ts';
import type { Plan, PlannedClient, PlannedDocument, PlannedLine } from './planned.ts';
import { compare, type IsStocked, type Sorted, sortOut } from './sorting.ts';
import { SentOrders, sumByKey } from './take-back.ts';

/** Before the first document, so that whoever sorts by date finds the goods there. */
const OPENED_BEFORE_MS = 60_000;

/**
 * What an import will do, from the file and what the database has. Does nothing by itself.
 * @throws ImportError if it is more than stock can count
 */
export function makePlan(file: SalesFile, known: Known, options: ImportOptions): Plan {
  const gathered = gatherDocuments(file.lines, options.timeZone, options.cancellations);
  const goods = gatherGoods(
    gathered.documents.flatMap((document) => document.lines),
    options,
  );
  const isStocked: IsStocked = (key) => known.products.get(key)?.stocked ?? goods.get(key)?.stocked ?? true;
  const bad: BadLine[] = [...file.bad, ...gathered.bad];

  const sent = new SentOrders(known.sent);
  const documents: PlannedDocument[] = [];
  let rounded = 0;
  let repeated = 0;
  for (const document of gathered.documents) {
    const compared = compare(document, known, options.source);
    const sorted = sortOut(compared.fresh, document, isStocked);
    repeated += compared.repeated;
    for (const line of [...compared.bad, ...sorted.bad]) bad.push(line);
    const lines = [...sorted.sold, ...sorted.back, ...sorted.writtenOff];
    if (lines.length === 0) continue;
    rounded += lines.filter((line) => line.rounded).length;
    documents.push(planDocument(document, sorted, sent, known, options));
  }

  const availableOf = (key: string): number => known.available.get(key) ?? 0;
  const openings = deficits(effectsOf(documents, isStocked), availableOf);
  refuseLargeStock(openings, effectsOf(documents, isStocked), availableOf);
  const used = new Set(documents.flatMap(linesOf).map((line) => line.key));
  return {
    zone: known.zone ?? options.zone,
    newZone: known.zone === null,
    newProducts: [...goods.values()].filter(({ key }) => used.has(key) && !known.products.has(key)),
    newClients: newClients(documents, gathered.documents, known, options),
    openings: [...openings].map(([key, quantity]) => ({ key, quantity, upTo: availableOf(key) + quantity })),
    openedAt: new Date((documents[0]?.at.getTime() ?? 0) - OPENED_BEFORE_MS),
    documents,
    repeated,
    rounded,
    bad: bad.sort((a, b) => a.line - b.line),
    cancellations: gathered.cancellations,
    unheeded: unheededChoices(options, goods, known.products),
  };
}

/** @throws ImportError if there could be more pieces of a product at any time than a level can hold [I2] */
function refuseLargeStock(
  openings: ReadonlyMap<string, number>,
  effects: Iterable<Effect>,
  availableOf: (key: string) => number,
): void {
  const most = new Map(openings);
  for (const { key, delta } of effects) if (delta > 0) most.set(key, (most.get(key) ?? 0) + delta);
  for (const [key, pieces] of most) {
    if (pieces + availableOf(key) <= MOST_PIECES) continue;
    throw new ImportError(
      `There would be more than ${MOST_PIECES} pieces of ${key}: stock cannot count them.`,
      {
        code: 'large_stock',
        product: key,
      },
    );
  }
}

/** Everything a planned document has, in the order in which it is booked. */
export const linesOf = ({ sale, takenBack, writeOffs }: PlannedDocument): PlannedLine[] => [
  ...(sale?.lines ?? []),
  ...(takenBack?.lines ?? []),
  ...writeOffs,
];

/** What documents do to available stock; goods that are never on a shelf do nothing. */
export function* effectsOf(documents: Iterable<PlannedDocument>, isStocked: IsStocked): Generator<Effect> {
  for (const { sale, takenBack, writeOffs } of documents) {
    for (const { key, quantity } of sale?.lines ?? []) if (isStocked(key)) yield { key, delta: -quantity };
    for (const { key, quantity } of takenBack?.lines ?? [])
      if (isStocked(key)) yield { key, delta: quantity };
    for (const { key, quantity } of writeOffs) yield { key, delta: -quantity };
  }
}

function planDocument(
  { name, at, customer }: SalesDocument,
  { sold, back, writtenOff }: Sorted,
  sent: SentOrders,
  known: Known,
  { source, as }: ImportOptions,
): PlannedDocument {
  const clientId = clientIdOf(source, customer);
  const current = known.clients.get(clientId) ?? clientId;
  const first = (lines: readonly SalesLine[]): number => lines[0]?.position ?? 0;
  const sale =
    sold.length === 0 ? null : { orderId: orderIdOf(source, name, first(sold)), lines: sold.map(planLine) };
  // Nothing comes back from an order that has not left, nor from the orders of nobody in particular.
  if (sale && as === 'delivered' && customer !== null) {
    sent.add({ id: sale.orderId, clientId: current, at, left: sumByKey(sale.lines) });
  }
  const returned = back.map(planLine);
  const takenBack =
    returned.length === 0
      ? null
      : {
          returnId: returnIdOf(source, name, first(back)),
          orderId: customer === null ? null : sent.takeBack(current, at, sumByKey(returned)),
          lines: returned,
        };
  const claims = [...sold, ...back, ...writtenOff].map(({ position, hash }) => ({ position, hash }));
  return { name, at, clientId, sale, takenBack, writeOffs: writtenOff.map(planLine), claims };
}

const planLine = ({ position, code, quantity, amount, description }: SalesLine): PlannedLine => ({
  position,
  key: productKey(code),
  quantity: Math.abs(quantity),
  amount,
  description,
});

/** Clients carry the country that their first line names. */
function newClients(
  planned: readonly PlannedDocument[],
  documents: readonly SalesDocument[],
  known: Known,
  { source, language }: ImportOptions,
): PlannedClient[] {
  const needed = new Set(planned.map((document) => document.clientId).filter((id) => !known.clients.has(id)));
  const clients = new Map<string, PlannedClient>();
  for (const { customer, lines } of documents) {
    const id = clientIdOf(source, customer);
    if (!needed.has(id)) continue;
    const named = clients.get(id)?.country ?? lines.find((line) => line.country !== null)?.country ?? null;
    // Who passes by is from anywhere.
    const country = customer === null ? null : named;
    clients.set(id, { id, name: clientName(customer, language), country });
  }
  return [...clients.values()];
}
