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

/** How many lines it has, whether they are held or not. */
export const lineCountOf = ({ lines, lineCount }: Order): number => lineCount ?? lines.length;

/** It has lines that are not held: a list leaves them out where they are many. */
export const isWithoutLines = ({ lineCount }: Order): boolean => lineCount !== undefined;

/** Whether any goods are reserved for it. */
export const hasGoods = (order: Order): boolean => order.lines.some((line) => line.allocations.length > 0);

/** Whether something is to be said or asked about what is missing before an order goes there. */
export const asksAbout = (order: Order, to: OrderStatus): boolean =>
  isShort(order) && (to === 'packed' || to === 'shipped');
