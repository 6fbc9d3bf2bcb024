import {
  available,
  cut,
  type Order,
  type OrderLine,
  type Product,
  type Return,
  topicName,
} from '@almenara/events';
import { heldBy } from '../domain/allocation.ts';
import { holdClients } from '../domain/clients.ts';
import { totalOf } from '../domain/money.ts';
import { insertOrders, lockOrders, nextNumbers } from '../domain/order.ts';
import { findProducts } from '../domain/products.ts';
import { insertReturn } from '../domain/returns.ts';
import { Stock } from '../domain/stock.ts';
import type { CommandTx } from '../log/command-tx.ts';
import { saysSomething } from './goods.ts';
import { claimLines } from './imported-lines.ts';
import { readLeft } from './known.ts';
import { deficits } from './openings.ts';
import { effectsOf, linesOf, type PlannedDocument, type PlannedLine } from './plan.ts';
import { covers, sumByKey } from './take-back.ts';
import { placeOf, receiveOpening, type Setting } from './write-openings.ts';

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
  // Orders are locked before levels.
  const linked = documents.flatMap(({ takenBack }) => takenBack?.orderId ?? []);
  await lockOrders(tx.db, linked);
  const batch = await prepare(tx, setting, documents);

  const sold = documents.filter(({ sale }) => sale !== null);
  const numbers = await nextNumbers(tx.db, sold.length);
  const orders = new Map(sold.map((document, i) => [document, orderOf(batch, document, numbers[i] ?? 0)]));
  await insertOrders(tx.db, [...orders.values()], tx.newId);
  const left = await readLeft(tx.db, linked);

  for (const document of documents) {
    const order = orders.get(document);
    if (order) bookSale(batch, order, document.at);
    if (document.takenBack) await bookReturn(batch, document, document.takenBack, left);
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
  await batch.stock.save();
}

interface Batch {
  readonly tx: CommandTx;
  readonly setting: Setting;
  readonly stock: Stock;
  productOf(key: string): Product;
  clientOf(id: string): { readonly id: string; readonly name: string };
}

async function prepare(
  tx: CommandTx,
  setting: Setting,
  documents: readonly PlannedDocument[],
): Promise<Batch> {
  // A customer number goes on to mean its client, also once that one was merged into another.
  const clients = await holdClients(
    tx.db,
    documents.map(({ clientId }) => clientId),
  );
  const keys = [...new Set(documents.flatMap(linesOf).map((line) => line.key))];
  const products = await findProducts(
    tx.db,
    keys.map((key) => placeOf(setting, key).productId),
  );
  const productOf = (key: string): Product => {
    const product = products.get(placeOf(setting, key).productId);
    if (!product) throw new Error(`Product ${key} was lost.`);
    return product;
  };
  const places = keys.filter((key) => productOf(key).stocked).map((key) => placeOf(setting, key));
  const stock = await Stock.lock(
    tx,
    null,
    places.map((place) => place.productId),
    places,
  );
  // Somebody may have sold meanwhile what the plan counted on.
  const isStocked = (key: string): boolean => productOf(key).stocked;
  const short = deficits(effectsOf(documents, isStocked), (key) =>
    available(stock.at(placeOf(setting, key))),
  );
  for (const [key, quantity] of short) receiveOpening(stock, setting, key, quantity);
  return { tx, setting, stock, productOf, clientOf: (id) => clients.get(id) ?? { id, name: '' } };
}

/** What lines of orders and of returns have in common. */
function lineOf({ tx, setting, productOf }: Batch, { key, quantity, amount }: PlannedLine) {
  const { id, sku, name } = productOf(key);
  return {
    id: tx.newId(),
    productId: id,
    sku,
    name,
    quantity,
    unitPrice: { amount, currency: setting.options.currency },
  };
}

function orderOf(batch: Batch, { name, at, clientId, sale }: PlannedDocument, number: number): Order {
  if (!sale) throw new TypeError(`Document ${name} sells nothing.`);
  const { zone, as } = batch.setting.options;
  const client = batch.clientOf(clientId);
  const lines = sale.lines.map((line): OrderLine => {
    const { stocked } = batch.productOf(line.key);
    return {
      ...lineOf(batch, line),
      allocations: stocked ? [{ zone, quantity: line.quantity }] : [],
      short: 0,
    };
  });
  const then = at.toISOString();
  return {
    id: sale.orderId,
    number,
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

function bookSale({ tx, setting, stock }: Batch, order: Order, at: Date): void {
  tx.record('order_created', ORDERS, { order });
  const why = { orderId: order.id, at };
  for (const { zone, productId, quantity } of heldBy(order.lines)) {
    const place = { zone, productId };
    if (setting.options.as === 'open') stock.move(place, { kind: 'reservation', reserved: quantity, ...why });
    else stock.move(place, { kind: 'sale', onHand: -quantity, ...why });
  }
}

async function bookReturn(
  batch: Batch,
  { name, at, clientId }: PlannedDocument,
  { returnId, orderId, lines }: NonNullable<PlannedDocument['takenBack']>,
  left: ReadonlyMap<string, Map<string, number>>,
): Promise<void> {
  const { tx, setting, stock } = batch;
  const client = batch.clientOf(clientId);
  const returned: Return = {
    id: returnId,
    reference: name,
    clientId: client.id,
    clientName: client.name,
    orderId: null,
    lines: lines.map((line) => ({
      ...lineOf(batch, line),
      zone: batch.productOf(line.key).stocked ? setting.options.zone : null,
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
  await insertReturn(tx.db, returned);
  tx.record('return_recorded', ORDERS, { return: returned });
  for (const { zone, productId, quantity } of returned.lines) {
    if (zone === null) continue;
    stock.move(
      { zone, productId },
      { kind: 'return', onHand: quantity, returnId, orderId: returned.orderId, at },
    );
  }
}
