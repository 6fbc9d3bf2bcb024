import { isClosed, type Order } from '@almenara/events';
import { isShort } from '../orders/index.ts';

const HOUR = 3_600_000;

/** Orders that are open for longer than they may be, the oldest first. */
export function lateOrders(orders: readonly Order[], now: number, afterHours: number): Order[] {
  const before = new Date(now - afterHours * HOUR).toISOString();
  return orders
    .filter((order) => !isClosed(order.status) && order.status !== 'shipped' && order.createdAt < before)
    .sort((a, b) => a.number - b.number);
}

/** Open orders that lack goods, the oldest first. */
export const shortOrders = (orders: readonly Order[]): Order[] =>
  orders.filter((order) => !isClosed(order.status) && isShort(order)).sort((a, b) => a.number - b.number);
