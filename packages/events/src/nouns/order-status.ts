export const ORDER_STATUSES = ['placed', 'picking', 'packed', 'shipped', 'delivered', 'cancelled'] as const;
type OrderStatus = (typeof ORDER_STATUSES)[number];

/** The status machine, what may follow what: the step on, the way out, the step back (no harm until goods have left). */
export const NEXT_STATUS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  placed: ['picking', 'cancelled'],
  picking: ['packed', 'cancelled', 'placed'],
  packed: ['shipped', 'cancelled', 'picking'],
  shipped: ['delivered'],
  delivered: [],
  cancelled: [],
};
/** Whether a move undoes the one before it. */
export const isStepBack = (from: OrderStatus, to: OrderStatus): boolean =>
  to !== 'cancelled' && ORDER_STATUSES.indexOf(to) < ORDER_STATUSES.indexOf(from);
export const isClosed = (status: OrderStatus): boolean => NEXT_STATUS[status].length === 0;
/** Whether its goods are on the shelves, reserved for it. */
export const isHeld = (status: OrderStatus): boolean =>
  status === 'placed' || status === 'picking' || status === 'packed';
/** Lines can be edited until the goods are in the parcel. */
export const hasEditableLines = (status: OrderStatus): boolean => status === 'placed' || status === 'picking';
