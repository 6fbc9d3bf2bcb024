import { type Order, type OrderLine, topicName } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type { CommandTx } from '../log/command-tx.ts';
import { FreeStock, rebook, toppedUp } from './allocation.ts';
import { Contention } from './contention.ts';
import { addAllocations, findOrders, lockOrders, revised } from './order.ts';
import { Stock } from './stock.ts';

/**
 * Orders that wait: open ones with lines that are short. Whatever makes goods available gives them to these, the
 * oldest order first [S4]: it calls `lockWaiting` before it locks anything else, and `fillWaiting` once stock has moved.
 */

/** How many short lines one transaction fills: it holds the levels, and others wait for them. The rest goes on after it. */
const AT_ONCE = 500;

/**
 * Open orders that are short of one of these products, or of one on a line of `own`: of each product the oldest, more
 * than are filled at once, though one order may have hundreds of lines.
 */
export async function waitingFor(
  db: Tx,
  productIds: readonly string[],
  own: readonly string[] = [],
): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT id FROM (
      SELECT o.id, row_number() OVER (PARTITION BY l.product_id ORDER BY o.created_at, o.number) AS n
      FROM order_line l JOIN "order" o ON o.id = l.order_id
      WHERE l.short > 0 AND o.status IN ('placed', 'picking', 'packed') AND l.product_id IN (
        SELECT unnest(${[...productIds]}::uuid[])
        UNION SELECT product_id FROM order_line WHERE order_id = ANY(${[...own]}::uuid[]))
    ) AS waiting
    WHERE n <= ${3 * AT_ONCE}::int`;
  return rows.map(({ id }) => id);
}

/** Locks `own` and, with them, in the one order there is, those that wait. @returns the ids of what is locked */
export async function lockWaiting(
  db: Tx,
  productIds: readonly string[],
  own: readonly string[] = [],
): Promise<ReadonlySet<string>> {
  const locked = new Set([...own, ...(await waitingFor(db, productIds, own))]);
  if (locked.size > 0) await lockOrders(db, [...locked]);
  return locked;
}

/**
 * Reserves what is available of these products for the orders that wait for it. The levels must be locked; they are
 * moved, not saved. Rows of orders must say what is true so far.
 *
 * @param locked what `lockWaiting` has locked
 * @param except an order that has had its turn
 * @throws Contention where an order has become short since: nobody who waits is passed over
 */
export async function fillWaiting(
  tx: CommandTx,
  stock: Stock,
  locked: ReadonlySet<string>,
  productIds: Iterable<string>,
  except?: string,
): Promise<void> {
  const free = new FreeStock(stock);
  const there = new Set([...productIds].filter((id) => free.of(id) > 0));
  if (there.size === 0) return;
  const { due, rest } = await whoseTurn(tx.db, there, (id) => free.of(id), except);
  if (due.some((id) => !locked.has(id)))
    throw new Contention('An order has become short of these goods meanwhile.');
  const found = await findOrders(tx.db, { where: { id: { in: due } } });
  const orders = new Map(found.map((order) => [order.id, order]));
  const changes = due.flatMap((id): Change[] => {
    const before = orders.get(id);
    if (!before) return [];
    const lines = before.lines.map((line) => (there.has(line.productId) ? toppedUp(free, line) : line));
    return [{ before, after: revised(before, tx.now, { lines }) }];
  });
  await writeFilled(tx, stock, changes);
  // If that is never done, the next goods that come find the same orders first.
  if (rest.length > 0) tx.goOn('fill_waiting', (next) => fillOn(next, rest));
}

async function fillOn(tx: CommandTx, productIds: readonly string[]): Promise<void> {
  const locked = await lockWaiting(tx.db, productIds);
  const stock = await Stock.lock(tx, null, productIds);
  await fillWaiting(tx, stock, locked, productIds);
  await stock.save();
}

/**
 * Open orders that something is there for, the oldest first: who comes later gets what is left.
 *
 * @returns those whose turn it is now, and the products of which there is something for others, too
 */
async function whoseTurn(
  db: Tx,
  productIds: ReadonlySet<string>,
  freeOf: (productId: string) => number,
  except: string | undefined,
): Promise<{ due: string[]; rest: string[] }> {
  const lines = await db.$queryRaw<{ orderId: string; productId: string; short: number }[]>`
    SELECT l.order_id AS "orderId", l.product_id AS "productId", l.short
    FROM order_line l JOIN "order" o ON o.id = l.order_id
    WHERE l.short > 0 AND o.status IN ('placed', 'picking', 'packed')
      AND l.product_id = ANY(${[...productIds]}::uuid[])
    ORDER BY o.created_at, o.number, l.position`;
  const left = new Map([...productIds].map((id) => [id, freeOf(id)]));
  const due = new Set<string>();
  const rest = new Set<string>();
  let filled = 0;
  for (const { orderId, productId, short } of lines) {
    const free = left.get(productId) ?? 0;
    if (free === 0 || orderId === except) continue;
    if (filled >= AT_ONCE && !due.has(orderId)) {
      rest.add(productId);
      continue;
    }
    due.add(orderId);
    filled += 1;
    left.set(productId, Math.max(0, free - short));
  }
  return { due: [...due], rest: [...rest] };
}

interface Change {
  readonly before: Order;
  readonly after: Order;
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

/** Stores what locked orders have got, books it and tells it. */
export async function writeFilled(tx: CommandTx, stock: Stock, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const lines = changes.flatMap(({ before, after }) =>
    after.lines.flatMap((line, n) => {
      const was = before.lines[n];
      return was && was !== line ? [{ was, line }] : [];
    }),
  );
  await tx.db.$executeRaw`
    UPDATE order_line SET short = u.short
    FROM unnest(${lines.map(({ line }) => line.id)}::uuid[], ${lines.map(({ line }) => line.short)}::int[])
      AS u (id, short)
    WHERE order_line.id = u.id`;
  await tx.db.$executeRaw`
    UPDATE "order" SET version = version + 1, updated_at = ${tx.now}
    WHERE id = ANY(${changes.map(({ after }) => after.id)}::uuid[])`;
  await addAllocations(
    tx.db,
    lines.flatMap(({ was, line }) => gained(was, line).map((part) => ({ lineId: line.id, ...part }))),
    tx.newId,
  );
  for (const { before, after } of changes) {
    rebook(stock, after.id, before.lines, after.lines);
    tx.record('order_updated', topicName('orders'), {
      order: after,
      filled: filledBetween(before.lines, after.lines),
    });
  }
}
