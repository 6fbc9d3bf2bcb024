import type { z } from 'zod';
import { defineTopic, type EventOf } from './define.ts';
import { byText, countOf, type Entities, upsertAll } from './entities.ts';
import type { Order, orderEvents, ordersSnapshot } from './orders.ts';
import type { returnEvents } from './returns.ts';
import { ALL_ROLES } from './roles.ts';

/** How many closed orders the live snapshot holds; older ones are found by `GET /api/orders`. */
export const CLOSED_IN_SNAPSHOT = 200;

interface OrdersState {
  readonly orders: Entities<Order>;
  readonly total: number;
}

const lastClosedFirst = (a: Order, b: Order) =>
  byText(b.closedAt ?? '', a.closedAt ?? '') || b.number - a.number;

/** Closed orders never open again and keep their `closedAt`: one that is out of the last 200 never comes back. */
function closedToForget(orders: Entities<Order>): Order[] {
  const closed = [...orders.values()].filter((order) => order.closedAt !== null);
  return closed.length > CLOSED_IN_SNAPSHOT ? closed.sort(lastClosedFirst).slice(CLOSED_IN_SNAPSHOT) : [];
}

function prune(orders: Entities<Order>): Entities<Order> {
  const forget = closedToForget(orders);
  if (forget.length === 0) return orders;
  const kept = new Map(orders);
  for (const order of forget) kept.delete(order.id);
  return kept;
}

export const ordersTopic = defineTopic<
  OrdersState,
  z.infer<typeof ordersSnapshot>,
  EventOf<typeof orderEvents & typeof returnEvents>
>({
  pattern: 'orders',
  namespace: '/desk',
  summary: `All open orders and the ${CLOSED_IN_SNAPSHOT} closed last.`,
  access: { roles: ALL_ROLES },
  empty: () => ({ orders: new Map(), total: 0 }),
  fold: (state, events) => ({
    orders: prune(
      upsertAll(
        state.orders,
        events.flatMap((event) => (event.type === 'return_recorded' ? [] : [event.data.order])),
      ),
    ),
    total: state.total + countOf(events, 'order_created'),
  }),
  view: ({ orders, total }) => ({
    orders: [...orders.values()].sort((a, b) => b.number - a.number),
    total,
    truncated: total > orders.size,
  }),
  load: ({ orders, total }) => ({
    orders: new Map(orders.map((order) => [order.id, order])),
    total,
  }),
});
