import { type CommandName, fold, type Product, topicName } from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import type { Tx } from '../database/client.ts';
import { isUniqueViolation } from '../database/sql-error.ts';
import { toProduct } from '../domain/products.ts';
import { conflict, notFound } from '../errors.ts';

type ProductCommands = Pick<CommandHandlers, Extract<CommandName, `${string}_product`>>;

export const productCommandHandlers: ProductCommands = {
  create_product: async (tx, { unitPrice, stocked, barcode, ...input }) => {
    const row = await uniquely(input.sku, barcode, () =>
      tx.db.product.create({
        data: {
          ...input,
          id: tx.newId(),
          skuKey: fold(input.sku),
          barcode: barcode ?? null,
          barcodeKey: barcode ? fold(barcode) : null,
          amount: BigInt(unitPrice.amount),
          currency: unitPrice.currency,
          stocked: stocked ?? true,
          createdAt: tx.now,
          updatedAt: tx.now,
        },
      }),
    );
    const product = toProduct(row);
    tx.record('product_created', topicName('products'), { product });
    return { product };
  },

  update_product: async (tx, { productId, expectedVersion, unitPrice, ...change }) => {
    const before = await lockProduct(tx.db, productId, expectedVersion);
    if (change.stocked !== undefined && change.stocked !== before.stocked) await requireFree(tx.db, before);
    const row = await uniquely(change.sku ?? before.sku, change.barcode, () =>
      tx.db.product.update({
        where: { id: productId },
        data: {
          ...(change.sku !== undefined &&
            change.sku !== before.sku && { sku: change.sku, skuKey: fold(change.sku) }),
          ...(change.name !== undefined && { name: change.name }),
          ...(change.barcode !== undefined &&
            change.barcode !== before.barcode && {
              barcode: change.barcode,
              barcodeKey: change.barcode === null ? null : fold(change.barcode),
            }),
          ...(change.stocked !== undefined && { stocked: change.stocked }),
          ...(unitPrice && { amount: BigInt(unitPrice.amount), currency: unitPrice.currency }),
          version: { increment: 1 },
          updatedAt: tx.now,
        },
      }),
    );
    const product = toProduct(row);
    tx.record('product_updated', topicName('products'), { product });
    return { product };
  },
};

async function uniquely<T>(
  sku: string,
  barcode: string | null | undefined,
  write: () => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    throw conflict(`Another product has the sku ${sku}${barcode ? ` or the barcode ${barcode}` : ''}.`, {
      sku,
      barcode: barcode ?? null,
    });
  }
}

async function lockProduct(db: Tx, id: string, expectedVersion: number): Promise<Product> {
  await db.$queryRaw`SELECT id FROM product WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await db.product.findUnique({ where: { id } });
  if (!row) throw notFound('product', id);
  const product = toProduct(row);
  if (product.version !== expectedVersion) {
    throw conflict(`${product.sku} was changed meanwhile: it is at version ${product.version}.`, { product });
  }
  return product;
}

/**
 * Whether a product is stocked decides what its orders reserve and where its goods stand. What is over stays as it was
 * written; while something depends on it, it is settled.
 */
async function requireFree(db: Tx, product: Product): Promise<void> {
  const [found] = await db.$queryRaw<{ stock: number; orders: number; counts: number }[]>`
    SELECT (SELECT count(*)::int FROM stock_level
            WHERE product_id = ${product.id}::uuid AND (on_hand <> 0 OR reserved <> 0 OR reorder_point <> 0)) AS stock,
           (SELECT count(DISTINCT o.id)::int FROM order_line l JOIN "order" o ON o.id = l.order_id
            WHERE l.product_id = ${product.id}::uuid AND o.status IN ('placed', 'picking', 'packed')) AS orders,
           (SELECT count(*)::int FROM stock_count_entry e JOIN stock_count c ON c.id = e.count_id
            WHERE e.product_id = ${product.id}::uuid AND c.outcome IS NULL) AS counts`;
  const dependants = [
    ...(found && found.stock > 0 ? ['stock or a reorder point'] : []),
    ...(found && found.orders > 0 ? ['open orders'] : []),
    ...(found && found.counts > 0 ? ['a count under way'] : []),
  ];
  if (dependants.length === 0) return;
  throw conflict(
    `${product.sku} has ${dependants.join(', ')}: whether it is kept in stock can change once it has none.`,
    { product, dependants: found },
  );
}
