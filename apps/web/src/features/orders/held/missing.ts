import { isHeld, type Order, type OrderStatus } from '@almenara/events';

/** Goods that an order waits for. */
export interface MissingGoods {
  readonly productId: string;
  readonly name: string;
  readonly quantity: number;
}

/** What an order is short of, product by product; nothing is missing of one that has gone or was cancelled. */
export function missingOf({ status, lines }: Order): MissingGoods[] {
  const missing = new Map<string, MissingGoods>();
  for (const { productId, name, short } of isHeld(status) ? lines : []) {
    if (short === 0) continue;
    const quantity = (missing.get(productId)?.quantity ?? 0) + short;
    missing.set(productId, { productId, name, quantity });
  }
  return [...missing.values()];
}

export const isShort = ({ status, lines, shortLines = 0 }: Order): boolean =>
  isHeld(status) && (shortLines > 0 || lines.some((line) => line.short > 0));

/** How many lines an order has, also where lists leave them out. */
export const lineCountOf = ({ lines, lineCount }: Order): number => lineCount ?? lines.length;

/** Whether an order is here without its lines: lists leave them out of orders that have many. */
export const isWithoutLines = ({ lineCount }: Order): boolean => lineCount !== undefined;

/** Whether any goods are reserved for it. */
export const hasGoods = (order: Order): boolean => order.lines.some((line) => line.allocations.length > 0);

/** Whether the user has to decide about missing goods before an order moves to this status. */
export const asksAbout = (order: Order, to: OrderStatus): boolean =>
  isShort(order) && (to === 'packed' || to === 'shipped');
