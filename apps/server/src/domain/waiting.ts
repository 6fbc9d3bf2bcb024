import { type Order, type OrderLine, topicName } from '@almenara/events';
import { FILLED_AT_ONCE } from '../unit/waiting.ts';
import type { Work } from '../unit/work.ts';
import { FreeStock, rebook, toppedUp } from './allocation.ts';
import { revised } from './order.ts';
import { Stock } from './stock.ts';

/**
 * Orders that wait: open ones with lines that are short. Whatever makes goods available gives them to these, the
 * oldest order first [S4]: it names the products as `waiting`, and calls `fillWaiting` once stock has moved.
 */

/**
 * Reserves what is available of these products for the orders that wait for it.
 *
 * @param except an order that has had its turn
 * @throws Contention where somebody waits who is not held: nobody is passed over
 */
export function fillWaiting(work: Work, stock: Stock, productIds: Iterable<string>, except?: string): void {
  const free = new FreeStock(stock);
  const there = new Set([...productIds].filter((id) => free.of(id) > 0));
  if (there.size === 0) return;
  const { due, rest } = whoseTurn(work, there, (id) => free.of(id), except);
  for (const id of due) {
    const before = work.unit.orders.find(id);
    if (!before) continue;
    const lines = before.lines.map((line) => (there.has(line.productId) ? toppedUp(free, line) : line));
    giveTo(work, stock, before, revised(before, work.now, { lines }));
  }
  // If that is never done, the next goods that come find the same orders first.
  if (rest.length > 0)
    work.goOn({
      name: 'fill_waiting',
      needs: { waiting: rest, levels: rest },
      work: (next) => fillOn(next, rest),
    });
}

function fillOn(work: Work, productIds: readonly string[]): void {
  const stock = new Stock(work);
  fillWaiting(work, stock, productIds);
  stock.tell();
}

/**
 * Open orders that something is there for, the oldest first: who comes later gets what is left.
 *
 * @returns those whose turn it is now, and the products of which there is something for others, too
 */
function whoseTurn(
  work: Work,
  productIds: ReadonlySet<string>,
  freeOf: (productId: string) => number,
  except: string | undefined,
): { due: Set<string>; rest: string[] } {
  const left = new Map([...productIds].map((id) => [id, freeOf(id)]));
  const due = new Set<string>();
  const rest = new Set<string>();
  let filled = 0;
  for (const { orderId, productId, short } of work.unit.orders.waitingFor(productIds)) {
    const free = left.get(productId) ?? 0;
    if (free === 0 || orderId === except) continue;
    if (filled >= FILLED_AT_ONCE && !due.has(orderId)) {
      rest.add(productId);
      continue;
    }
    due.add(orderId);
    filled += 1;
    left.set(productId, Math.max(0, free - short));
  }
  return { due, rest: [...rest] };
}

/** What a line has got between two states of it, zone by zone. */
function gained(before: OrderLine, after: OrderLine) {
  return after.allocations.flatMap(({ zone, quantity }) => {
    const had = before.allocations.find((allocation) => allocation.zone === zone)?.quantity ?? 0;
    return quantity > had ? [{ productId: after.productId, zone, quantity: quantity - had }] : [];
  });
}

/** Goods that short lines of an order have got; lines are known by their ids. */
export function filledBetween(before: readonly OrderLine[], after: readonly OrderLine[]) {
  const earlier = new Map(before.map((line) => [line.id, line]));
  return after.flatMap((line) => {
    const was = earlier.get(line.id);
    return was && line.short < was.short && line.quantity === was.quantity ? gained(was, line) : [];
  });
}

/** Stores what an order has got, books it and tells it. @returns the order as it is now */
export function giveTo(work: Work, stock: Stock, before: Order, after: Order): Order {
  const order = work.unit.orders.put(after);
  rebook(stock, order.id, before.lines, order.lines);
  work.record('order_updated', topicName('orders'), {
    order,
    filled: filledBetween(before.lines, order.lines),
  });
  return order;
}
