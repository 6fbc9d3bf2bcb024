import type { Envelope, Order, OrderStatus } from '@almenara/events';
import { NOW } from './fake-client.ts';
import { id } from './goods.ts';

/** An order has moved on to where it is now. */
export const orderMoved = (order: Order, from: OrderStatus): Envelope => ({
  id: id(900),
  topic: 'orders',
  seq: 2,
  type: 'order_status_changed',
  data: { order, from, to: order.status },
  timestamp: NOW,
  userId: 'someone',
  commandId: null,
});
