import type { Product } from '@almenara/events';
import type { Tx } from '../database/client.ts';
import type { Product as ProductRow } from '../database/generated/client.ts';
import { conflict, notFound } from '../errors.ts';
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

/** The products by id; throws `not_found` naming the first that does not exist. */
export async function findProducts(db: Tx, ids: readonly string[]): Promise<Map<string, Product>> {
  const rows = await db.product.findMany({ where: { id: { in: [...new Set(ids)] } } });
  const products = new Map(rows.map((row) => [row.id, toProduct(row)]));
  for (const id of ids) {
    if (!products.has(id)) throw notFound('product', id);
  }
  return products;
}

export async function requireStocked(db: Tx, ids: readonly string[]): Promise<void> {
  for (const product of (await findProducts(db, ids)).values()) {
    if (!product.stocked)
      throw conflict(`${product.sku} is not a stocked product: it has no place on a shelf.`, { product });
  }
}

export async function requireZone(db: Tx, code: string): Promise<void> {
  if (!(await db.zone.findUnique({ where: { code } }))) throw notFound('zone', code);
}
