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

/**
 * The products by id; throws `not_found` naming the first that does not exist. They are held: whether one is stocked
 * stays as it was read until what is made of it is committed.
 */
export async function findProducts(db: Tx, ids: readonly string[]): Promise<Map<string, Product>> {
  const rows = await db.$queryRaw<ProductRow[]>`
    SELECT id, sku, name, barcode, amount, currency, stocked, version,
           created_at AS "createdAt", updated_at AS "updatedAt"
    FROM product WHERE id = ANY(${[...new Set(ids)]}::uuid[]) ORDER BY id FOR KEY SHARE`;
  const products = new Map(rows.map((row) => [row.id, toProduct(row)]));
  for (const id of ids) {
    if (!products.has(id)) throw notFound('product', id);
  }
  return products;
}

/** The zone exists, and so do the products, which are of the kind that stands on shelves. In one round trip. */
export async function requireShelf(db: Tx, zone: string, productIds: readonly string[]): Promise<void> {
  const rows = await db.$queryRaw<{ zone: string | null; id: string; sku: string; stocked: boolean }[]>`
    SELECT (SELECT code FROM zone WHERE code = ${zone}) AS zone, id, sku, stocked
    FROM product WHERE id = ANY(${[...productIds]}::uuid[]) ORDER BY id FOR KEY SHARE`;
  if (rows.length > 0 && rows[0]?.zone !== zone) throw notFound('zone', zone);
  const products = new Map(rows.map((row) => [row.id, row]));
  for (const id of productIds) {
    const product = products.get(id);
    if (!product) throw notFound('product', id);
    if (!product.stocked) {
      throw conflict(`${product.sku} is not a stocked product: it has no place on a shelf.`, {
        productId: id,
      });
    }
  }
}

export async function requireZone(db: Tx, code: string): Promise<void> {
  if (!(await db.zone.findUnique({ where: { code } }))) throw notFound('zone', code);
}
