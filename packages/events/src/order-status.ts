import type { OrderStatus } from './orders.ts';

export const ORDER_STATUSES = ['placed', 'picking', 'packed', 'shipped', 'delivered', 'cancelled'] as const;

/** The status machine: what may follow what. */
export const NEXT_STATUS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  placed: ['picking', 'cancelled'],
  picking: ['packed', 'cancelled'],
  packed: ['shipped', 'cancelled'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};
export const isClosed = (status: OrderStatus): boolean => NEXT_STATUS[status].length === 0;
/** Whether its goods are on the shelves, reserved for it. */
export const isHeld = (status: OrderStatus): boolean =>
  status === 'placed' || status === 'picking' || status === 'packed';
/** Lines can be edited until the goods are in the parcel. */
export const hasEditableLines = (status: OrderStatus): boolean => status === 'placed' || status === 'picking';
