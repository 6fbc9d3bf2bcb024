import { type Order, type OrderLine, topicName } from '@almenara/events';
import { Contention } from '../unit/rows.ts';
import type { Work } from '../unit/work.ts';
import { revised } from './order.ts';
import type { Change, Place, Stock } from './stock.ts';

/**
 * The truth wins: what is reserved beyond it is released first, newest allocations first. The place must be named as a
 * correction: then the orders that may have to give way are held.
 */
export function correct(work: Work, stock: Stock, place: Place, what: Change & { onHand: number }): void {
  const level = stock.at(place);
  const missing = level.reserved - (level.onHand + what.onHand);
  if (missing > 0) releaseNewest(work, stock, place, missing);
  stock.move(place, what);
}

/**
 * Takes `missing` reserved pieces of a place from the newest allocations: they are released, their lines marked
 * short, and `shortage_reported` tells it, once an order.
 */
function releaseNewest(work: Work, stock: Stock, place: Place, missing: number): void {
  const parts = work.unit.orders.partsAt(place);
  // What is reserved is what open orders have: unless all of them are held, newer ones may be passed over.
  if (parts.reduce((sum, { quantity }) => sum + quantity, 0) !== stock.at(place).reserved)
    throw new Contention('An order reserved these goods meanwhile, or gave them up.');
  const byOrder = new Map<string, number>();
  let open = missing;
  for (const { orderId, quantity } of parts) {
    if (open === 0) break;
    const part = Math.min(open, quantity);
    byOrder.set(orderId, (byOrder.get(orderId) ?? 0) + part);
    open -= part;
  }
  for (const [orderId, quantity] of [...byOrder].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const order = work.unit.orders.find(orderId);
    if (!order) continue;
    stock.move(place, { kind: 'release', reserved: -quantity, orderId, reason: 'shortage' });
    markShort(work, order, place, quantity);
  }
}

/** Takes a place's goods from the lines of an order, last line first. @returns the order after it */
export function markShort(work: Work, order: Order, place: Place, missing: number): Order {
  let open = missing;
  const lines = order.lines.toReversed().map((line): OrderLine => {
    const held =
      line.productId === place.productId ? line.allocations.find((a) => a.zone === place.zone) : undefined;
    const part = Math.min(open, held?.quantity ?? 0);
    if (!held || part === 0) return line;
    open -= part;
    const left = held.quantity - part;
    return {
      ...line,
      short: line.short + part,
      allocations: line.allocations.flatMap((a) =>
        a !== held ? [a] : left > 0 ? [{ ...a, quantity: left }] : [],
      ),
    };
  });
  const after = work.unit.orders.put(revised(order, work.now, { lines: lines.toReversed() }));
  work.record('shortage_reported', topicName('orders'), {
    order: after,
    productId: place.productId,
    zone: place.zone,
    missing,
  });
  return after;
}
