import type { Order, OrderSort } from '@almenara/events';
import { textSearch } from '../../../text-search.ts';
import { byText, lastClosedFirst, matchesOrder } from './board-columns.ts';
import { isShort } from './missing.ts';
import type { OrdersSearch } from './orders-search.ts';

/** The moments at which a day of the viewer's calendar begins and ends. */
function boundsOf(day: string): { start: string; end: string } {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return {
    start: new Date(year, month - 1, date).toISOString(),
    end: new Date(year, month - 1, date + 1).toISOString(),
  };
}

/**
 * Whether an order is one of those that the address asks for. `exact`: just as `list_orders` would say. `vouched`: the
 * server, or the order with all its lines, has said that texts and client fit; the client may be one that was merged.
 */
export function orderFilter(
  search: OrdersSearch,
  exact = false,
): (order: Order, vouched?: boolean) => boolean {
  const from = search.from === undefined ? null : boundsOf(search.from).start;
  const before = search.to === undefined ? null : boundsOf(search.to).end;
  const text = textSearch(search.q ?? '');
  const assignee = search.assignee === 'none' ? null : search.assignee;
  return (order, vouched = false) =>
    (search.status === undefined || search.status.includes(order.status)) &&
    (assignee === undefined || order.assigneeId === assignee) &&
    (from === null || order.createdAt >= from) &&
    (before === null || order.createdAt < before) &&
    (search.short === undefined || isShort(order)) &&
    (vouched ||
      ((search.client === undefined || order.clientId === search.client) &&
        matchesOrder(order, text, exact)));
}

/** The same question for the server. */
export function listParams(search: OrdersSearch) {
  return {
    sort: search.sort ?? 'newest',
    ...(search.q && { q: search.q }),
    ...(search.status && { statuses: search.status.join(',') }),
    ...(search.assignee && { assigneeId: search.assignee }),
    ...(search.client && { clientId: search.client }),
    ...(search.from && { from: boundsOf(search.from).start }),
    ...(search.to && { before: boundsOf(search.to).end }),
    ...(search.short && { short: 'true' as const }),
  };
}

const newest = (a: Order, b: Order): number => b.number - a.number;

/** As `list_orders` sorts. */
export const ORDERINGS: Readonly<Record<OrderSort, (a: Order, b: Order) => number>> = {
  newest,
  oldest: (a, b) => a.number - b.number,
  changed: (a, b) => byText(b.updatedAt, a.updatedAt) || newest(a, b),
  closed: lastClosedFirst,
  largest: (a, b) => b.total.amount - a.total.amount || newest(a, b),
  smallest: (a, b) => a.total.amount - b.total.amount || newest(a, b),
};
