import { CLOSED_IN_SNAPSHOT, type Money, type Order, type TopicView } from '@almenara/events';

/** What was placed or shipped since midnight. */
export interface Sum {
  readonly count: number;
  /** One for each currency. */
  readonly totals: readonly Money[];
  /** False where there may be more than could be seen. */
  readonly complete: boolean;
}

export function startOfDay(now: Date): Date {
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  return start;
}

export function sumOf(orders: Iterable<Pick<Order, 'total'>>, complete: boolean): Sum {
  const totals = new Map<string, number>();
  let count = 0;
  for (const { total } of orders) {
    count += 1;
    totals.set(total.currency, (totals.get(total.currency) ?? 0) + total.amount);
  }
  return { count, totals: [...totals].map(([currency, amount]) => ({ currency, amount })), complete };
}

/** What was placed since `start` and not cancelled. The view knows every open order, of the closed only the last ones. */
export function placedSince({ orders }: TopicView<'orders'>, start: Date): Sum {
  const from = start.toISOString();
  const placed = orders.filter((order) => order.createdAt >= from && order.status !== 'cancelled');
  const closedToday = orders.filter((order) => order.closedAt !== null && order.closedAt >= from).length;
  return sumOf(placed, closedToday < CLOSED_IN_SNAPSHOT);
}
