import { fold } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import type { Tx } from '../database/client.ts';
import { decodeCursor, holds, TextKey, toPage } from '../database/paging.ts';
import { toProduct } from '../domain/products.ts';
import { notFound } from '../errors.ts';

export const productQueryHandlers: Pick<QueryHandlers, 'list_products' | 'get_product'> = {
  list_products: async (db, { q, sku, barcode, cursor, limit }) => {
    const after = decodeCursor(TextKey, cursor);
    const where = {
      AND: [
        sku ? { OR: [{ skuKey: fold(sku) }, { sku }] } : {},
        barcode ? { OR: [{ barcodeKey: fold(barcode) }, { barcode }] } : {},
        q ? { search: holds(q) } : {},
      ],
    };
    const [rows, total] = await Promise.all([
      db.product.findMany({
        where: { AND: [where, after ? { sku: { gt: after[0] } } : {}] },
        orderBy: { sku: 'asc' },
        take: limit + 1,
      }),
      db.product.count({ where }),
    ]);
    return toPage(rows, limit, total, toProduct, (row) => [row.sku, row.id]);
  },

  get_product: async (db, { productId }) => {
    const row = await db.product.findUnique({ where: { id: productId } });
    if (!row) throw notFound('product', productId);
    return { product: toProduct(row) };
  },
};

/** The state of topic `products`: those changed last, and how many there are. */
export async function loadProducts(tx: Tx, limit: number) {
  const rows = await tx.product.findMany({ orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }], take: limit });
  return { entities: new Map(rows.map((row) => [row.id, toProduct(row)])), total: await tx.product.count() };
}
