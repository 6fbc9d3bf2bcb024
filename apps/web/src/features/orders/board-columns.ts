import { isClosed, ORDER_STATUSES, type Order, type OrderStatus } from '@almenara/events';

export type Columns = Readonly<Record<OrderStatus, readonly Order[]>>;

const lastClosedFirst = (a: Order, b: Order): number => (b.closedAt ?? '').localeCompare(a.closedAt ?? '');

/** Orders by status: open ones newest first, closed ones by when they were closed. */
export function toColumns(orders: readonly Order[]): Columns {
  const columns: Record<OrderStatus, Order[]> = {
    placed: [],
    picking: [],
    packed: [],
    shipped: [],
    delivered: [],
    cancelled: [],
  };
  for (const order of orders) columns[order.status].push(order);
  for (const status of ORDER_STATUSES) if (isClosed(status)) columns[status].sort(lastClosedFirst);
  return columns;
}

/** Number, reference, client, skus and product names: where the server's search looks, too. */
export function matchesOrder(order: Order, query: string): boolean {
  const wanted = query.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  if (/^#?\d+$/.test(wanted) && String(order.number).includes(wanted.replace('#', ''))) return true;
  const texts = [
    order.clientName,
    order.reference ?? '',
    ...order.lines.flatMap((line) => [line.sku, line.name]),
  ];
  return texts.some((text) => text.toLocaleLowerCase().includes(wanted));
}

export const isShort = (order: Order): boolean => order.lines.some((line) => line.short > 0);
