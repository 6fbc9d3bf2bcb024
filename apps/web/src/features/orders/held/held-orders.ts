import { ORDER_STATUSES, type OrderStatus, type TopicView } from '@almenara/events';
import { isWithoutLines } from './missing.ts';
import type { OrdersSearch } from './orders-search.ts';

/** The statuses that a search is about. */
export const statusesOf = ({ status }: OrdersSearch): readonly OrderStatus[] => status ?? ORDER_STATUSES;

/**
 * The statuses of which the live window cannot tell all orders that fit: it does not hold all of them, or not the lines
 * that a text is looked for in.
 */
export function unheldStatuses(view: TopicView<'orders'>, search: OrdersSearch): OrderStatus[] {
  const held = new Map<OrderStatus, number>();
  const unread = new Set<OrderStatus>();
  for (const order of view.orders) {
    held.set(order.status, (held.get(order.status) ?? 0) + 1);
    if (search.q && isWithoutLines(order)) unread.add(order.status);
  }
  return statusesOf(search).filter(
    (status) => unread.has(status) || (held.get(status) ?? 0) < view.counts[status],
  );
}

/** Whether orders that fit may have to be asked of the server: always on a desk of which only part of the orders is here. */
export const isPartlyHeld = (view: TopicView<'orders'>, search: OrdersSearch): boolean =>
  view.truncated || unheldStatuses(view, search).length > 0;
