import { type Order, type OrderLine, topicName } from '@almenara/events';
import type { CommandTx } from '../log/command-tx.ts';
import { Contention } from './contention.ts';
import { findOrders, lockOrders, revised, updateOrder } from './order.ts';
import { type Change, type Place, Stock } from './stock.ts';
import { waitingFor } from './waiting.ts';

/** The open allocations of one place, the newest first. */
async function newestAllocations(
  tx: CommandTx,
  place: Place,
): Promise<{ id: string; orderId: string; quantity: number }[]> {
  return tx.db.$queryRaw`
    SELECT a.id, l.order_id AS "orderId", a.quantity
    FROM allocation a JOIN order_line l ON l.id = a.line_id JOIN "order" o ON o.id = l.order_id
    WHERE a.zone = ${place.zone} AND a.product_id = ${place.productId}::uuid
      AND o.status IN ('placed', 'picking', 'packed')
    ORDER BY a.id DESC`;
}

/**
 * Locks what a correction of these places may touch: first the orders whose reservations would have to give way and
 * those that wait for what is found, then the levels. `target` says what will be on hand.
 */
export async function lockForCorrection(
  tx: CommandTx,
  userId: string | null,
  places: readonly Place[],
  target: (place: Place, onHand: number) => number,
): Promise<{ stock: Stock; locked: ReadonlySet<string> }> {
  const levels = await tx.db.$queryRaw<(Place & { onHand: number; reserved: number })[]>`
    SELECT l.zone, l.product_id AS "productId", l.on_hand AS "onHand", l.reserved
    FROM stock_level l
    JOIN unnest(${places.map((p) => p.zone)}::text[], ${places.map((p) => p.productId)}::uuid[])
      AS p (zone, product_id) USING (zone, product_id)`;
  const onHandOf = new Map(levels.map((level) => [`${level.zone} ${level.productId}`, level.onHand]));
  const found = places.filter((place) => {
    const onHand = onHandOf.get(`${place.zone} ${place.productId}`) ?? 0;
    return target(place, onHand) > onHand;
  });
  const locked = new Set<string>(
    found.length === 0
      ? []
      : await waitingFor(
          tx.db,
          found.map((place) => place.productId),
        ),
  );
  for (const { onHand, reserved, ...place } of levels) {
    if (target(place, onHand) >= reserved) continue;
    // Any of them may have to give way by the time the level is locked.
    for (const { orderId } of await newestAllocations(tx, place)) locked.add(orderId);
  }
  if (locked.size > 0) await lockOrders(tx.db, [...locked]);
  const stock = await Stock.lock(
    tx,
    userId,
    places.map((place) => place.productId),
    places,
  );
  return { stock, locked };
}

/** The truth wins: what is reserved beyond it is released first, newest allocations first. */
export async function correct(
  tx: CommandTx,
  stock: Stock,
  locked: ReadonlySet<string>,
  place: Place,
  what: Change & { onHand: number },
): Promise<void> {
  const level = stock.at(place);
  const missing = level.reserved - (level.onHand + what.onHand);
  if (missing > 0) await releaseNewest(tx, stock, place, missing, locked);
  stock.move(place, what);
}

/**
 * Takes `missing` reserved pieces of a place from the newest allocations: they are released, their lines marked
 * short, and `shortage_reported` tells it, once an order. The orders must be locked.
 */
async function releaseNewest(
  tx: CommandTx,
  stock: Stock,
  place: Place,
  missing: number,
  locked: ReadonlySet<string>,
): Promise<void> {
  const byOrder = new Map<string, number>();
  let open = missing;
  for (const allocation of await newestAllocations(tx, place)) {
    if (open === 0) break;
    if (!locked.has(allocation.orderId)) throw new Contention('An order reserved these goods meanwhile.');
    const part = Math.min(open, allocation.quantity);
    byOrder.set(allocation.orderId, (byOrder.get(allocation.orderId) ?? 0) + part);
    open -= part;
  }
  if (open > 0) throw new Contention('A reservation was given up meanwhile.');
  const orders = await findOrders(tx.db, {
    where: { id: { in: [...byOrder.keys()] } },
    orderBy: { id: 'asc' },
  });
  for (const order of orders) {
    const quantity = byOrder.get(order.id) ?? 0;
    stock.move(place, { kind: 'release', reserved: -quantity, orderId: order.id, reason: 'shortage' });
    await markShort(tx, order, place, quantity);
  }
}

/** Takes a place's goods from the lines of a locked order, last line first. @returns the order after it */
export async function markShort(tx: CommandTx, order: Order, place: Place, missing: number): Promise<Order> {
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
  const after = revised(order, tx.now, { lines: lines.toReversed() });
  for (const line of after.lines) {
    const before = order.lines.find((old) => old.id === line.id);
    if (before === line) continue;
    await tx.db.orderLine.update({ where: { id: line.id }, data: { short: line.short } });
    const left = line.allocations.find((a) => a.zone === place.zone)?.quantity ?? 0;
    await shrinkAllocations(tx, line.id, place.zone, left);
  }
  await updateOrder(tx.db, after);
  tx.record('shortage_reported', topicName('orders'), {
    order: after,
    productId: place.productId,
    zone: place.zone,
    missing,
  });
  return after;
}

/** Leaves `left` pieces of a line's allocations in a zone, the oldest. */
async function shrinkAllocations(tx: CommandTx, lineId: string, zone: string, left: number): Promise<void> {
  let open = left;
  const rows = await tx.db.allocation.findMany({ where: { lineId, zone }, orderBy: { id: 'asc' } });
  for (const row of rows) {
    const keep = Math.min(open, row.quantity);
    open -= keep;
    if (keep === 0) await tx.db.allocation.delete({ where: { id: row.id } });
    else if (keep < row.quantity)
      await tx.db.allocation.update({ where: { id: row.id }, data: { quantity: keep } });
  }
}
