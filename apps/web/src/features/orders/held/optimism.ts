import type { QueuedCommand } from '@almenara/client/queue';
import { type CommandInput, isClosed, type Order, type OrderCounts, type OrderLine } from '@almenara/events';
import { UNNUMBERED } from '../../../i18n/order-name.ts';
import { type Overlay, type Peek, pendingClientName, pendingInput } from '../../../realtime/index.ts';
import { hasGoods, isShort, isWithoutLines } from './missing.ts';

/** Orders as they will be once the pending commands are done. */
export const pendingOrders: Overlay<'orders'> = (view, pending, _params, peek) => {
  const known = new Map(view.orders.map((order) => [order.id, order]));
  const changed = pendingChanges(known, pending, peek, true);
  if (changed.size === 0) return view;
  const placed = [...changed.values()].filter(({ id }) => !known.has(id));
  return {
    ...view,
    orders: [...placed.reverse(), ...view.orders.map((order) => changed.get(order.id) ?? order)],
    counts: countsWith(view.counts, known, changed.values()),
    total: view.total + placed.length,
  };
};

/** What the pending commands make of orders: those that they change, and with `placing` those that they place. */
export function pendingChanges(
  known: ReadonlyMap<string, Order>,
  pending: readonly QueuedCommand[],
  peek: Peek,
  placing = false,
): Map<string, Order> {
  const around = { pending, peek };
  const changed = new Map<string, Order>();
  for (const command of pending) {
    const orderId = command.input.orderId;
    if (typeof orderId !== 'string') continue;
    const before = changed.get(orderId) ?? known.get(orderId) ?? null;
    const after = before
      ? changedBy(command, before, around)
      : placing
        ? placedBy(command, orderId, around)
        : null;
    if (!after || after === before) continue;
    // The version stays the server's, so that the next command can say which one it expects.
    changed.set(orderId, { ...after, updatedAt: new Date(command.madeAt).toISOString() });
  }
  return changed;
}

/**
 * The counts by status with these changes: a changed order counts under its new status instead of the one it
 * has in `known`.
 */
export function countsWith(
  counts: OrderCounts,
  known: ReadonlyMap<string, Order>,
  changed: Iterable<Order>,
): OrderCounts {
  const after = { ...counts };
  for (const { id, status } of changed) {
    const before = known.get(id);
    if (before) after[before.status] -= 1;
    after[status] += 1;
  }
  return after;
}

/** What an order may name. */
interface Around {
  readonly pending: readonly QueuedCommand[];
  readonly peek: Peek;
}

function placedBy(command: QueuedCommand, id: string, around: Around): Order | null {
  const input = pendingInput(command, 'place_order');
  if (!input) return null;
  const lines = linesOf(input.lines, [], around.peek);
  if (!lines[0]) return null;
  const at = new Date(command.madeAt).toISOString();
  return {
    id,
    number: UNNUMBERED,
    reference: null,
    clientId: input.clientId,
    clientName: clientName(input.clientId, around),
    status: 'placed',
    lines,
    total: totalOf(lines, lines[0].unitPrice.currency),
    assigneeId: null,
    notes: input.notes?.trim() || null,
    version: 1,
    createdAt: at,
    updatedAt: at,
    closedAt: null,
  };
}

function changedBy(command: QueuedCommand, order: Order, around: Around): Order {
  const moved = pendingInput(command, 'change_order_status');
  if (moved) {
    if (moved.status === 'shipped' && isShort(order)) return shippedShort(order);
    const closedAt = isClosed(moved.status) ? new Date(command.madeAt).toISOString() : order.closedAt;
    return { ...order, status: moved.status, closedAt };
  }
  const assigned = pendingInput(command, 'assign_order');
  if (assigned) return { ...order, assigneeId: assigned.userId };
  const edited = pendingInput(command, 'edit_order');
  if (!edited) return order;
  const { clientId = order.clientId, notes = order.notes } = edited;
  const named = { ...order, clientId, notes };
  named.clientName = clientId === order.clientId ? order.clientName : clientName(clientId, around);
  // This order's lines are not here, so changes to them show once the server has made them.
  if (!edited.lines || isWithoutLines(order)) return named;
  const lines = linesOf(edited.lines, order.lines, around.peek);
  return { ...named, lines, total: totalOf(lines, order.total.currency) };
}

/**
 * An order that ships without what is missing: the goods that are there. The order for the rest shows once the
 * server has made it.
 */
function shippedShort(order: Order): Order {
  // The server will refuse to ship an order without goods: it is not shown as shipped.
  if (!hasGoods(order)) return order;
  const lines = order.lines.flatMap((line) =>
    line.short < line.quantity ? [{ ...line, quantity: line.quantity - line.short, short: 0 }] : [],
  );
  return { ...order, status: 'shipped', lines, total: totalOf(lines, order.total.currency) };
}

/** The client may be one that is to be added itself. */
const clientName = (id: string, { pending, peek }: Around): string =>
  pendingClientName(pending, id) ?? peek('clients')?.clients.find((client) => client.id === id)?.name ?? '…';

/** Lines of products that are not here yet show once the server has made them. */
function linesOf(
  wanted: CommandInput<'place_order'>['lines'],
  before: readonly OrderLine[],
  peek: Peek,
): OrderLine[] {
  const products = peek('products')?.products ?? [];
  const left = [...before];
  return wanted.flatMap(({ productId, quantity }, i) => {
    const at = left.findIndex((line) => line.productId === productId);
    const [old] = at < 0 ? [] : left.splice(at, 1);
    // A smaller quantity first gives up what is missing of the line, and then what is reserved.
    const short = old && Math.max(0, Math.min(old.short, quantity - (old.quantity - old.short)));
    if (old) return [{ ...old, quantity, short: short ?? 0 }];
    const product = products.find(({ id }) => id === productId);
    if (!product) return [];
    const { sku, name, unitPrice } = product;
    return [
      { id: `${productId}/${i}`, productId, sku, name, quantity, unitPrice, allocations: [], short: 0 },
    ];
  });
}

const totalOf = (lines: readonly OrderLine[], currency: string): Order['total'] => ({
  amount: lines.reduce((sum, line) => sum + line.quantity * line.unitPrice.amount, 0),
  currency,
});
