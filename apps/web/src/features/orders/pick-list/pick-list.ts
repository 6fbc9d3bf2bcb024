import type { Order } from '@almenara/events';

/** One thing to fetch from one shelf, for one or more orders. */
export interface Pick {
  readonly productId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly orders: readonly { readonly number: number; readonly quantity: number }[];
}
/** `zone` is null for what is on no shelf. */
export interface PickGroup {
  readonly zone: string | null;
  readonly picks: readonly Pick[];
}

const byText = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

/** What is to be fetched for these orders: zone by zone, along the shelves by sku. */
export function toPickList(orders: readonly Order[]): PickGroup[] {
  const zones = new Map<string | null, Map<string, Pick>>();
  for (const { number, lines } of orders) {
    for (const { productId, sku, name, quantity, short, allocations } of lines) {
      const add = (zone: string | null, part: number): void => {
        const picks = zones.get(zone) ?? new Map<string, Pick>();
        const before = picks.get(productId) ?? { productId, sku, name, quantity: 0, orders: [] };
        picks.set(productId, {
          ...before,
          quantity: before.quantity + part,
          orders: [...before.orders, { number, quantity: part }],
        });
        zones.set(zone, picks);
      };
      for (const allocation of allocations) add(allocation.zone, allocation.quantity);
      const shelved = allocations.reduce((sum, allocation) => sum + allocation.quantity, 0);
      // Postage and the like: to be put in, from no shelf.
      if (quantity - short > shelved) add(null, quantity - short - shelved);
    }
  }
  return [...zones]
    .sort(([a], [b]) => (a === null ? 1 : b === null ? -1 : byText(a, b)))
    .map(([zone, picks]) => ({ zone, picks: [...picks.values()].sort((a, b) => byText(a.sku, b.sku)) }));
}
