import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { ALL_ROLES } from '../base/roles.ts';
import { type Window, windowOf } from '../base/window.ts';
import type { Order, OrderCounts, orderEvents, ordersSnapshot } from './orders.ts';
import type { returnEvents } from './returns.ts';

/** How many orders the live snapshot holds; the others are found by `GET /api/orders`. */
export const ORDERS_IN_SNAPSHOT = 1000;
/** An order with more lines than this is in the snapshot without them. */
export const LINES_IN_SNAPSHOT = 50;

interface OrdersState {
  readonly orders: Window<Order>;
  readonly counts: OrderCounts;
}

type OrderEvent = EventOf<typeof orderEvents & typeof returnEvents>;

const NO_ORDERS: OrderCounts = { placed: 0, picking: 0, packed: 0, shipped: 0, delivered: 0, cancelled: 0 };

/** The order as a list holds it: without its lines where they are many, and `lineCount` says so. */
export function withoutManyLines(order: Order): Order {
  const { lines } = order;
  if (lines.length <= LINES_IN_SNAPSHOT) return order;
  const shortLines = lines.reduce((n, { short }) => (short > 0 ? n + 1 : n), 0);
  return { ...order, lines: [], lineCount: lines.length, shortLines };
}

const sumOf = (counts: OrderCounts): number => Object.values(counts).reduce((sum, n) => sum + n, 0);

/** The topic with a window of this many orders; tests look at small ones. */
export function ordersTopicOf(limit: number) {
  const recent = windowOf<Order>({ limit, idOf: ({ id }) => id, changedAt: ({ updatedAt }) => updatedAt });
  return defineTopic<OrdersState, z.infer<typeof ordersSnapshot>, OrderEvent>({
    pattern: 'orders',
    namespace: '/desk',
    access: { roles: ALL_ROLES },
    empty: () => ({ orders: new Map(), counts: NO_ORDERS }),
    fold: (state, events) => {
      const counts = { ...state.counts };
      const changed: Order[] = [];
      for (const event of events) {
        if (event.type === 'return_recorded') continue;
        changed.push(withoutManyLines(event.data.order));
        // An imported order may well be made closed.
        if (event.type === 'order_created') counts[event.data.order.status] += 1;
        if (event.type !== 'order_status_changed') continue;
        counts[event.data.from] -= 1;
        counts[event.data.to] += 1;
      }
      return { orders: recent.with(state.orders, changed), counts };
    },
    view: ({ orders, counts }) => {
      const total = sumOf(counts);
      return {
        orders: [...orders.values()].sort((a, b) => b.number - a.number),
        counts,
        total,
        truncated: total > orders.size,
      };
    },
    load: ({ orders, counts }) => ({ orders: recent.load(orders), counts }),
  });
}

export const ordersTopic = ordersTopicOf(ORDERS_IN_SNAPSHOT);
