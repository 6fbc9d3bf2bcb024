import { isHeld, type Order } from '@almenara/events';

export interface OldestRules {
  /** Only those that are short of goods. */
  readonly short?: true;
  /** Only those placed before this moment, as ISO 8601. */
  readonly before?: string;
  readonly fits: (order: Order) => boolean;
}

export interface OldestOrders {
  readonly orders: readonly Order[];
  /** How many there are in all, here or not. */
  readonly count: number;
  /** The server could not be asked: these are what the window holds of them. */
  readonly heldOnly: boolean;
}

/** Orders not shipped yet that are late or lack goods, the oldest first. */
export function oldestHeld(orders: readonly Order[], { fits }: OldestRules): OldestOrders {
  const found = orders
    .filter((order) => isHeld(order.status) && fits(order))
    .sort((a, b) => a.number - b.number);
  return { orders: found, count: found.length, heldOnly: false };
}
