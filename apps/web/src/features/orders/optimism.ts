import type { QueuedCommand } from '@almenara/client';
import { type CommandInput, isClosed, type Order, type OrderLine } from '@almenara/events';
import { UNNUMBERED } from '../../i18n/order-name.ts';
import { type Overlay, type Peek, pendingClientName, pendingInput } from '../../realtime/index.ts';
import { hasGoods } from './missing.ts';

/** Orders as they will be once the pending commands are done. */
export const pendingOrders: Overlay<'orders'> = (view, pending, _params, peek) => {
  const around = { pending, peek };
  const changed = new Map<string, Order>();
  const known = new Map(view.orders.map((order) => [order.id, order]));
  for (const command of pending) {
    const orderId = command.input.orderId;
    if (typeof orderId !== 'string') continue;
    const before = changed.get(orderId) ?? known.get(orderId) ?? null;
    const after = before ? changedBy(command, before, around) : placedBy(command, orderId, around);
    if (!after || after === before) continue;
    // Its version stays what the server knows, so that it is what the next command expects.
    changed.set(orderId, { ...after, updatedAt: new Date(command.madeAt).toISOString() });
  }
  if (changed.size === 0) return view;
  const placed = [...changed.values()].filter(({ id }) => !known.has(id));
  return {
    ...view,
    orders: [...placed.reverse(), ...view.orders.map((order) => changed.get(order.id) ?? order)],
    total: view.total + placed.length,
  };
};

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
    if (moved.status === 'shipped' && order.lines.some((line) => line.short > 0)) return shippedShort(order);
    const closedAt = isClosed(moved.status) ? new Date(command.madeAt).toISOString() : order.closedAt;
    return { ...order, status: moved.status, closedAt };
  }
  const assigned = pendingInput(command, 'assign_order');
  if (assigned) return { ...order, assigneeId: assigned.userId };
  const edited = pendingInput(command, 'edit_order');
  if (!edited) return order;
  const { clientId = order.clientId, notes = order.notes } = edited;
  const lines = edited.lines ? linesOf(edited.lines, order.lines, around.peek) : order.lines;
  return {
    ...order,
    clientId,
    clientName: clientId === order.clientId ? order.clientName : clientName(clientId, around),
    notes,
    lines,
    total: totalOf(lines, order.total.currency),
  };
}

/** What ships is what is there. The order for the rest shows once the server has made it. */
function shippedShort(order: Order): Order {
  // Refused: nothing is shown that will be taken back.
  if (!hasGoods(order)) return order;
  const lines = order.lines.flatMap((line) =>
    line.short < line.quantity ? [{ ...line, quantity: line.quantity - line.short, short: 0 }] : [],
  );
  return { ...order, status: 'shipped', lines, total: totalOf(lines, order.total.currency) };
}

/** The client may be one that is to be added itself. */
const clientName = (id: string, { pending, peek }: Around): string =>
  pendingClientName(pending, id) ?? peek('clients')?.clients.find((client) => client.id === id)?.name ?? '…';

/** Lines of products that are not known here yet are left to the server. */
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
    // Who asks for less lets go of what is missing first.
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
