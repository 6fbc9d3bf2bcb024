import { PRODUCTS_IN_SNAPSHOT } from '@almenara/events';
import { defineFeature } from '../commands/feature.ts';
import { productCommandHandlers } from './commands.ts';
import { loadProducts, productQueryHandlers } from './queries.ts';

export const productsFeature = defineFeature({
  name: 'products',
  commands: productCommandHandlers,
  queries: productQueryHandlers,
  topics: { products: (tx) => loadProducts(tx, PRODUCTS_IN_SNAPSHOT) },
});
