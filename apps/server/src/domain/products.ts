import type { Product } from '@almenara/events';
import type { Product as ProductRow } from '../database/generated/client.ts';
import { conflict, notFound } from '../errors.ts';
import type { Work } from '../unit/work.ts';
import { money } from './money.ts';

export const toProduct = (row: ProductRow): Product => ({
  id: row.id,
  sku: row.sku,
  name: row.name,
  barcode: row.barcode,
  unitPrice: money(row),
  stocked: row.stocked,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

/** @throws Refused `not_found` */
export function requireProduct(work: Work, id: string): Product {
  const product = work.unit.products.find(id);
  if (!product) throw notFound('product', id);
  return product;
}

/** The zone exists, and so do the products, which are of the kind that stands on shelves. */
export function requireShelf(work: Work, zone: string, productIds: readonly string[]): void {
  if (!productIds.some((id) => work.unit.products.find(id) === null)) requireZone(work, zone);
  for (const id of productIds) {
    const product = requireProduct(work, id);
    if (!product.stocked) {
      throw conflict(`${product.sku} is not a stocked product: it has no place on a shelf.`, {
        productId: id,
      });
    }
  }
}

export function requireZone(work: Work, code: string): void {
  if (!work.unit.lookups.hasZone(code)) throw notFound('zone', code);
}
