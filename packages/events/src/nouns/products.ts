import { z } from 'zod';
import { defineCommand, defineEvent, defineQuery } from '../base/define.ts';
import { OFFLINE } from '../base/offline.ts';
import { foundPageOf, Ids, pageParams, searchParam } from '../base/page.ts';
import { Money, Timestamp, Uuid, Version } from '../base/primitives.ts';
import { QUERY_PATHS } from '../base/query-paths.ts';
import { ALL_ROLES, WRITERS } from '../base/roles.ts';
import { line, storedLine } from '../base/text.ts';

export const Product = z.object({
  id: Uuid,
  sku: storedLine(64),
  name: storedLine(200),
  barcode: z.string().nullable(),
  unitPrice: Money,
  /** False for what is sold but never on a shelf: postage, fees. */
  stocked: z.boolean(),
  version: Version,
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Product = z.infer<typeof Product>;

const ProductResult = z.object({ product: Product });

export const productEvents = {
  product_created: defineEvent('product_created', 'A product was added.', ProductResult),
  product_updated: defineEvent('product_updated', 'A product was changed.', ProductResult),
};

export const productCommands = {
  create_product: defineCommand({
    name: 'create_product',
    summary: 'Add a product; its sku, and its barcode if it has one, must be new.',
    input: z.strictObject({
      sku: line(64),
      name: line(200),
      unitPrice: Money,
      barcode: line(64).nullable().optional(),
      stocked: z.boolean().optional(),
    }),
    output: ProductResult,
    roles: WRITERS,
    errors: ['conflict'],
    http: { method: 'POST', path: '/api/products', status: 201 },
  }),
  update_product: defineCommand({
    name: 'update_product',
    summary:
      'Change a product; what is left out stays. Orders keep the price they were placed at. Whether it is stocked can change while it has no stock, no reorder point, no open order and is in no open count.',
    input: z.strictObject({
      productId: Uuid,
      expectedVersion: Version,
      sku: line(64).optional(),
      name: line(200).optional(),
      unitPrice: Money.optional(),
      barcode: line(64).nullable().optional(),
      stocked: z.boolean().optional(),
    }),
    output: ProductResult,
    roles: WRITERS,
    errors: ['not_found', 'conflict'],
    http: { method: 'PATCH', path: '/api/products/{productId}', status: 200 },
    offline: OFFLINE.update_product,
  }),
};

export const productQueries = {
  list_products: defineQuery({
    name: 'list_products',
    summary: 'Products by sku.',
    params: z.strictObject({
      ...pageParams,
      ...searchParam,
      ids: Ids.optional(),
      sku: line(64).optional(),
      barcode: line(64).optional(),
    }),
    result: foundPageOf(Product),
    roles: ALL_ROLES,
    path: QUERY_PATHS.list_products,
  }),
  get_product: defineQuery({
    name: 'get_product',
    summary: 'One product.',
    params: z.strictObject({ productId: Uuid }),
    result: ProductResult,
    roles: ALL_ROLES,
    path: QUERY_PATHS.get_product,
  }),
};

export const productsSnapshot = z.object({
  products: z.array(Product),
  total: z.int(),
  truncated: z.boolean(),
});
