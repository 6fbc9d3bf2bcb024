import type { Missing, Order, OrderLine } from '@almenara/events';
import { topicName } from '@almenara/events';
import type { CommandTx } from '../commands/handler.ts';
import { heldBy } from '../domain/allocation.ts';
import { totalOf } from '../domain/money.ts';
import { insertOrders, nextNumbers, replaceLines, revised, updateOrder } from '../domain/order.ts';
import { Stock } from '../domain/stock.ts';
import { Refused } from '../errors.ts';
import { productIds } from './lines.ts';

const ORDERS = topicName('orders');

/**
 * Ships what is reserved for a locked order, and bills no more than that [S5]. What is missing is cancelled, or waits
 * in an order of its own. What is on no shelf, such as postage, goes with the goods that leave first.
 *
 * @throws Refused `conflict` where none of its goods are there: postage alone is no shipment
 */
export async function ship(
  tx: CommandTx,
  before: Order,
  missing: Missing,
  userId: string,
): Promise<{ order: Order; backOrder?: Order }> {
  const short = before.lines.filter((line) => line.short > 0);
  if (short.length > 0 && heldBy(before.lines).length === 0) throw nothingToShip(before, short);

  const lines = before.lines.flatMap((line): OrderLine[] =>
    line.short < line.quantity ? [{ ...line, quantity: line.quantity - line.short, short: 0 }] : [],
  );
  const backOrder =
    short.length > 0 && missing === 'back_order' ? await backOrderFor(tx, before, short) : undefined;
  const order = revised(before, tx.now, {
    status: 'shipped',
    lines,
    total: totalOf(lines),
    ...(backOrder && { backOrderId: backOrder.id }),
  });
  await updateOrder(tx.db, order);
  if (short.length > 0) await replaceLines(tx.db, order, tx.newId);
  tx.record('order_status_changed', ORDERS, { order, from: before.status, to: 'shipped' });
  if (backOrder) {
    await insertOrders(tx.db, [backOrder], tx.newId);
    tx.record('order_created', ORDERS, { order: backOrder });
  }
  const stock = await Stock.lock(tx, userId, productIds(lines));
  for (const { zone, productId, quantity } of heldBy(lines)) {
    stock.move(
      { zone, productId },
      { kind: 'shipment', onHand: -quantity, reserved: -quantity, orderId: order.id },
    );
  }
  await stock.save();
  return { order, ...(backOrder && { backOrder }) };
}

/** As it was ordered: the same client and prices; nothing is reserved until goods come. */
async function backOrderFor(tx: CommandTx, first: Order, short: readonly OrderLine[]): Promise<Order> {
  const [number] = await nextNumbers(tx.db, 1);
  const at = tx.now.toISOString();
  const lines = short.map((line) => ({
    ...line,
    id: tx.newId(),
    quantity: line.short,
    allocations: [],
  }));
  return {
    id: tx.newId(),
    number: number ?? 0,
    reference: null,
    clientId: first.clientId,
    clientName: first.clientName,
    status: 'placed',
    lines,
    total: totalOf(lines),
    assigneeId: first.assigneeId,
    notes: first.notes,
    version: 1,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
    backOrderOf: first.id,
  };
}

function nothingToShip(order: Order, short: readonly OrderLine[]): Refused {
  return new Refused(
    'conflict',
    `None of the goods of order ${order.number} are there. Wait for them, or cancel it.`,
    {
      details: {
        current: { order },
        missing: short.map(({ productId, sku, name, short: missing }) => ({ productId, sku, name, missing })),
      },
    },
  );
}
