import type { z } from 'zod';
import { defineTopic, type EventOf } from './define.ts';
import { byText, type Catalogue, catalogue, countOf } from './entities.ts';
import type { Product, productEvents, productsSnapshot } from './products.ts';
import { ALL_ROLES } from './roles.ts';

/** How many products the live snapshot holds; older ones are found by `GET /api/products`. */
export const PRODUCTS_IN_SNAPSHOT = 10_000;

const recent = catalogue<Product>(PRODUCTS_IN_SNAPSHOT, (a, b) => byText(a.sku, b.sku));

export const productsTopic = defineTopic<
  Catalogue<Product>,
  z.infer<typeof productsSnapshot>,
  EventOf<typeof productEvents>
>({
  pattern: 'products',
  namespace: '/desk',
  summary: `The ${PRODUCTS_IN_SNAPSHOT} products changed last.`,
  access: { roles: ALL_ROLES },
  empty: () => recent.empty(),
  fold: (state, events) =>
    recent.apply(
      state,
      events.map((event) => event.data.product),
      countOf(events, 'product_created'),
    ),
  view: (state) => {
    const { items, ...counts } = recent.view(state);
    return { products: items, ...counts };
  },
  load: ({ products, total }) => recent.load(products, total),
});
