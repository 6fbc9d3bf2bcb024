import type { Level, Order, TopicView } from '@almenara/events';
import { zone } from './goods.ts';

/** Topic `orders` of a desk that has these orders and no others. */
export function ordersView(...orders: Order[]): TopicView<'orders'> {
  const counts = { placed: 0, picking: 0, packed: 0, shipped: 0, delivered: 0, cancelled: 0 };
  for (const { status } of orders) counts[status] += 1;
  return { orders, counts, total: orders.length, truncated: false };
}

/** Topic `inventory:A1` of a zone that has these levels and no others. */
export const levelsView = (...levels: Level[]): TopicView<'inventory'> => ({
  zone: zone.code,
  levels,
  total: levels.length,
  truncated: false,
});
