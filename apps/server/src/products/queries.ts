import { fold, productsTopic } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import { Prisma, type Tx } from '../database/client.ts';
import { decodeCursor, TextKey, toPage } from '../database/paging.ts';
import { listed } from '../database/searching.ts';
import { toProduct } from '../domain/products.ts';
import { notFound } from '../errors.ts';

/** As `toProduct` takes them, of table `product p`. */
const COLUMNS = Prisma.sql`p.id, p.sku, p.sku_key AS "skuKey", p.name, p.barcode, p.barcode_key AS "barcodeKey", p.amount,
  p.currency, p.stocked, p.version, p.created_at AS "createdAt", p.updated_at AS "updatedAt", NULL AS search`;
type ProductRow = Parameters<typeof toProduct>[0];

export const productQueryHandlers: Pick<QueryHandlers, 'list_products' | 'get_product'> = {
  list_products: async (db, { q, ids, sku, barcode, cursor, limit }) => {
    const after = decodeCursor(TextKey, cursor);
    const where = Prisma.join(
      [
        Prisma.sql`TRUE`,
        ...(ids ? [Prisma.sql`p.id = ANY(${ids}::uuid[])`] : []),
        ...(sku ? [Prisma.sql`(p.sku_key = ${fold(sku)} OR p.sku = ${sku})`] : []),
        ...(barcode ? [Prisma.sql`(p.barcode_key = ${fold(barcode)} OR p.barcode = ${barcode})`] : []),
      ],
      ' AND ',
    );
    const from = (holds: Prisma.Sql) => Prisma.sql`FROM product p WHERE ${where} AND ${holds}`;
    const page = (some: Prisma.Sql) => db.$queryRaw<ProductRow[]>`
      SELECT ${COLUMNS} ${some} AND ${after ? Prisma.sql`p.sku > ${after[0]}` : Prisma.sql`TRUE`}
      ORDER BY p.sku LIMIT ${limit + 1}`;
    const { rows, total } = await listed(db, q, { column: Prisma.sql`p.search`, from, page });
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
  const rows = await tx.$queryRaw<ProductRow[]>`
    SELECT ${COLUMNS} FROM product p ORDER BY p.updated_at DESC, p.id DESC LIMIT ${limit}`;
  return productsTopic.load({
    products: rows.map(toProduct),
    total: await tx.product.count(),
    truncated: false,
  });
}
