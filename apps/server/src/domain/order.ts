import { later, type Order } from '@almenara/events';
import { conflict, notFound } from '../errors.ts';
import type { Work } from '../unit/work.ts';

/** The order that a command works on, at the version its caller has seen. */
export function orderAt(work: Work, id: string, expectedVersion?: number): Order {
  const order = work.unit.orders.find(id);
  if (!order) throw notFound('order', id);
  if (expectedVersion !== undefined && order.version !== expectedVersion) {
    throw conflict(`Order ${order.number} was changed meanwhile: it is at version ${order.version}.`, {
      order,
    });
  }
  return order;
}

/** The next version of an order that something happened to. Whatever the clocks of two nodes say, it was not changed before it was. */
export const revised = (order: Order, now: Date, change: Partial<Order>): Order => ({
  ...order,
  ...change,
  version: order.version + 1,
  updatedAt: later(now.toISOString(), order.updatedAt),
});
