import type { Missing, Order, OrderLine } from '@almenara/events';
import { topicName } from '@almenara/events';
import { heldBy } from '../domain/allocation.ts';
import { totalOf } from '../domain/money.ts';
import { revised } from '../domain/order.ts';
import { Stock } from '../domain/stock.ts';
import { Refused } from '../errors.ts';
import type { Work } from '../unit/work.ts';

const ORDERS = topicName('orders');
/** Where nobody says what becomes of what is missing, nothing is lost. */
const USUAL: Missing = 'back_order';

const isShort = (line: OrderLine): boolean => line.short > 0;

/** Whether shipping this order leaves another one that waits. */
const wantsBackOrder = ({ lines }: Order, missing: Missing = USUAL): boolean =>
  missing === 'back_order' && lines.some(isShort);

/**
 * Ships what is reserved for an order, and bills no more than that [S5]. What is missing is cancelled, or waits in an
 * order of its own. What is on no shelf, such as postage, goes with the goods that leave first.
 *
 * @throws Refused `conflict` where none of its goods are there: postage alone is no shipment
 */
export function ship(work: Work, before: Order, missing?: Missing): { order: Order; backOrder?: Order } {
  const short = before.lines.filter(isShort);
  if (short.length > 0 && heldBy(before.lines).length === 0) throw nothingToShip(before, short);

  const lines = before.lines.flatMap((line): OrderLine[] => {
    if (line.short === 0) return [line];
    return line.short < line.quantity ? [{ ...line, quantity: line.quantity - line.short, short: 0 }] : [];
  });
  const later = wantsBackOrder(before, missing) ? backOrderFor(work, before, short) : undefined;
  const order = work.unit.orders.put(
    revised(before, work.now, {
      status: 'shipped',
      lines,
      total: totalOf(lines),
      ...(later && { backOrderId: later.id }),
    }),
  );
  work.record('order_status_changed', ORDERS, { order, from: before.status, to: 'shipped' });
  const backOrder = later && work.unit.orders.put(later);
  if (backOrder) work.record('order_created', ORDERS, { order: backOrder });
  const stock = new Stock(work);
  for (const { zone, productId, quantity } of heldBy(order.lines)) {
    stock.move(
      { zone, productId },
      { kind: 'shipment', onHand: -quantity, reserved: -quantity, orderId: order.id },
    );
  }
  stock.tell();
  return { order, ...(backOrder && { backOrder }) };
}

/** As it was ordered: the same client and prices; nothing is reserved until goods come. */
function backOrderFor(work: Work, first: Order, short: readonly OrderLine[]): Order {
  const at = work.now.toISOString();
  const lines = short.map((line) => ({
    ...line,
    id: work.newId(),
    quantity: line.short,
    allocations: [],
  }));
  return {
    id: work.newId(),
    number: work.unit.nextNumber(),
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
