import {
  available,
  cut,
  type Order,
  type OrderLine,
  type Product,
  type Return,
  topicName,
} from '@almenara/events';
import type { CommandTx } from '../../commands/handler.ts';
import { heldBy } from '../../domain/allocation.ts';
import { totalOf } from '../../domain/money.ts';
import { requireProduct } from '../../domain/products.ts';
import { Stock } from '../../domain/stock.ts';
import type { Work } from '../../unit/work.ts';
import { saysSomething } from '../plan/goods.ts';
import { claimLines } from '../plan/imported-lines.ts';
import { readLeft } from '../plan/known.ts';
import { deficits } from '../plan/openings.ts';
import { effectsOf, linesOf } from '../plan/plan.ts';
import type { PlannedDocument, PlannedLine } from '../plan/planned.ts';
import { covers, sumByKey } from '../plan/take-back.ts';
import { placeOf, receiveOpening, type Setting } from './openings.ts';

const WRITE_OFF = 'imported write-off';
const ORDERS = topicName('orders');
const REASON_LENGTH = 500;

/** Writes documents with all that follows from them: orders, returns, stock, events, and that they are imported. */
export async function writeDocuments(
  tx: CommandTx,
  setting: Setting,
  documents: readonly PlannedDocument[],
): Promise<void> {
  await claimLines(tx, setting.options.source, documents);
  const linked = documents.flatMap(({ takenBack }) => takenBack?.orderId ?? []);
  const sold = documents.filter(({ sale }) => sale !== null);
  const keys = [...new Set(documents.flatMap(linesOf).map((line) => line.key))];
  const places = keys.map((key) => placeOf(setting, key));
  const work = await tx.hold({
    orders: linked,
    clients: documents.map(({ clientId }) => clientId),
    products: places.map(({ productId }) => productId),
    places,
    numbers: sold.length,
  });
  const batch: Batch = { work, setting, stock: new Stock(work) };
  coverDeficits(batch, documents);

  const orders = new Map(sold.map((document) => [document, work.unit.orders.put(orderOf(batch, document))]));
  const left = await readLeft(tx.db, linked);
  for (const document of documents) {
    const order = orders.get(document);
    if (order) bookSale(batch, order, document.at);
    if (document.takenBack) bookReturn(batch, document, document.takenBack, left);
    for (const line of document.writeOffs) {
      const reason = saysSomething(line.description) ? cut(line.description, REASON_LENGTH) : WRITE_OFF;
      batch.stock.move(placeOf(setting, line.key), {
        kind: 'adjustment',
        onHand: -line.quantity,
        reason,
        at: document.at,
      });
    }
  }
  batch.stock.tell();
}

interface Batch {
  readonly work: Work;
  readonly setting: Setting;
  readonly stock: Stock;
}

function productOf({ work, setting }: Batch, key: string): Product {
  return requireProduct(work, placeOf(setting, key).productId);
}

/** A customer number goes on to mean its client, also once that one was merged into another. */
const clientOf = ({ work }: Batch, id: string): { readonly id: string; readonly name: string } =>
  work.unit.clients.current(id) ?? { id, name: '' };

/** Somebody may have sold meanwhile what the plan counted on. */
function coverDeficits(batch: Batch, documents: readonly PlannedDocument[]): void {
  const { setting, stock } = batch;
  const isStocked = (key: string): boolean => productOf(batch, key).stocked;
  const short = deficits(effectsOf(documents, isStocked), (key) =>
    available(stock.at(placeOf(setting, key))),
  );
  for (const [key, quantity] of short) receiveOpening(stock, setting, key, quantity);
}

/** What lines of orders and of returns have in common. */
function lineOf(batch: Batch, { key, quantity, amount }: PlannedLine) {
  const { id, sku, name } = productOf(batch, key);
  const { work, setting } = batch;
  return {
    id: work.newId(),
    productId: id,
    sku,
    name,
    quantity,
    unitPrice: { amount, currency: setting.options.currency },
  };
}

function orderOf(batch: Batch, { name, at, clientId, sale }: PlannedDocument): Order {
  if (!sale) throw new TypeError(`Document ${name} sells nothing.`);
  const { zone, as } = batch.setting.options;
  const client = clientOf(batch, clientId);
  const lines = sale.lines.map((line): OrderLine => {
    const { stocked } = productOf(batch, line.key);
    return {
      ...lineOf(batch, line),
      allocations: stocked ? [{ zone, quantity: line.quantity }] : [],
      short: 0,
    };
  });
  const then = at.toISOString();
  return {
    id: sale.orderId,
    number: batch.work.unit.nextNumber(),
    reference: name,
    clientId: client.id,
    clientName: client.name,
    status: as === 'open' ? 'placed' : 'delivered',
    lines,
    total: totalOf(lines),
    assigneeId: null,
    notes: null,
    version: 1,
    createdAt: then,
    updatedAt: then,
    closedAt: as === 'open' ? null : then,
  };
}

function bookSale({ work, setting, stock }: Batch, order: Order, at: Date): void {
  work.record('order_created', ORDERS, { order });
  const why = { orderId: order.id, at };
  for (const { zone, productId, quantity } of heldBy(order.lines)) {
    const place = { zone, productId };
    if (setting.options.as === 'open') stock.move(place, { kind: 'reservation', reserved: quantity, ...why });
    else stock.move(place, { kind: 'sale', onHand: -quantity, ...why });
  }
}

function bookReturn(
  batch: Batch,
  { name, at, clientId }: PlannedDocument,
  { returnId, orderId, lines }: NonNullable<PlannedDocument['takenBack']>,
  left: ReadonlyMap<string, Map<string, number>>,
): void {
  const { work, setting, stock } = batch;
  const client = clientOf(batch, clientId);
  const returned: Return = {
    id: returnId,
    reference: name,
    clientId: client.id,
    clientName: client.name,
    orderId: null,
    lines: lines.map((line) => ({
      ...lineOf(batch, line),
      zone: productOf(batch, line.key).stocked ? setting.options.zone : null,
    })),
    reason: null,
    createdAt: at.toISOString(),
  };
  // What the plan saw may have been given back meanwhile at the desk.
  const open = left.get(orderId ?? '') ?? new Map<string, number>();
  const wanted = sumByKey(returned.lines.map(({ productId, quantity }) => ({ key: productId, quantity })));
  if (covers(open, wanted)) {
    returned.orderId = orderId;
    for (const [productId, quantity] of wanted) open.set(productId, (open.get(productId) ?? 0) - quantity);
  }
  work.unit.returns.add(returned);
  work.record('return_recorded', ORDERS, { return: returned });
  for (const { zone, productId, quantity } of returned.lines) {
    if (zone === null) continue;
    stock.move(
      { zone, productId },
      { kind: 'return', onHand: quantity, returnId, orderId: returned.orderId, at },
    );
  }
}
