import { isClosed, ORDER_STATUSES, type OrderCounts } from '@almenara/events';

/** How many orders are open. */
export const openOf = (counts: OrderCounts): number =>
  ORDER_STATUSES.reduce((sum, status) => (isClosed(status) ? sum : sum + counts[status]), 0);
