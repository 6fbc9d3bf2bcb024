import { isClosed, ORDER_STATUSES, type OrderCounts } from '@almenara/events';

export const openOf = (counts: OrderCounts): number =>
  ORDER_STATUSES.reduce((sum, status) => (isClosed(status) ? sum : sum + counts[status]), 0);
