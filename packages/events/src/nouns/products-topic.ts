import type { z } from 'zod';
import { defineTopic, type EventOf } from '../base/define.ts';
import { byText, countOf } from '../base/entities.ts';
import { ALL_ROLES } from '../base/roles.ts';
import { type Window, windowOf } from '../base/window.ts';
import type { Product, productEvents, productsSnapshot } from './products.ts';

/** How many products the live snapshot holds; older ones are found by `GET /api/products`. */
export const PRODUCTS_IN_SNAPSHOT = 4000;

interface ProductsState {
  readonly products: Window<Product>;
  /** How many there are in all, held or not. */
  readonly total: number;
}

/** The topic with a window of this many products; tests look at small ones. */
export function productsTopicOf(limit: number) {
  const recent = windowOf<Product>({ limit, idOf: ({ id }) => id, changedAt: ({ updatedAt }) => updatedAt });
  return defineTopic<ProductsState, z.infer<typeof productsSnapshot>, EventOf<typeof productEvents>>({
    pattern: 'products',
    namespace: '/desk',
    access: { roles: ALL_ROLES },
    empty: () => ({ products: new Map(), total: 0 }),
    fold: ({ products, total }, events) => ({
      products: recent.with(
        products,
        events.map((event) => event.data.product),
      ),
      total: total + countOf(events, 'product_created'),
    }),
    view: ({ products, total }) => ({
      products: [...products.values()].sort((a, b) => byText(a.sku, b.sku)),
      total,
      truncated: total > products.size,
    }),
    load: ({ products, total }) => ({ products: recent.load(products), total }),
  });
}

export const productsTopic = productsTopicOf(PRODUCTS_IN_SNAPSHOT);
