import {
  fold,
  later,
  type ParsedInput,
  type Product,
  type productCommands,
  topicName,
} from '@almenara/events';
import type { CommandHandlers } from '../commands/handler.ts';
import type { Tx } from '../database/client.ts';
import { conflict, notFound } from '../errors.ts';
import type { Needs } from '../unit/needs.ts';
import type { Work } from '../unit/work.ts';

type ProductCommands = Pick<CommandHandlers, keyof typeof productCommands>;

const PRODUCTS = topicName('products');

export const productCommandHandlers: ProductCommands = {
  create_product: {
    needs: ({ sku, barcode }) => ({ skus: [fold(sku)], barcodes: barcode ? [fold(barcode)] : [] }),
    decide: (work, { sku, name, unitPrice, stocked, barcode }) => {
      const at = work.now.toISOString();
      const product: Product = {
        id: work.newId(),
        sku,
        name,
        barcode: barcode ?? null,
        unitPrice,
        stocked: stocked ?? true,
        version: 1,
        createdAt: at,
        updatedAt: at,
      };
      requireFreeCodes(work, product);
      work.unit.products.put(product);
      work.record('product_created', PRODUCTS, { product });
      return { product };
    },
  },

  update_product: {
    needs: ({ productId }) => ({ changedProducts: [productId] }),
    decide: update,
    alone: {
      // Whether a product is stocked decides what its orders reserve and where its goods stand; codes are keys.
      rarely: ({ stocked, sku, barcode }) =>
        stocked !== undefined || sku !== undefined || barcode !== undefined,
      handle: async (tx, input) => {
        await tx.db.$queryRaw`SELECT id FROM product WHERE id = ${input.productId}::uuid FOR UPDATE`;
        const work = await tx.hold(neededBy(input));
        const before = productAt(work, input.productId, input.expectedVersion);
        if (input.stocked !== undefined && input.stocked !== before.stocked)
          await requireUnused(tx.db, before);
        return update(work, input);
      },
    },
  },
};

function neededBy({ productId, sku, barcode }: ParsedInput<'update_product'>): Needs {
  return {
    changedProducts: [productId],
    skus: sku === undefined ? [] : [fold(sku)],
    barcodes: barcode ? [fold(barcode)] : [],
  };
}

function update(work: Work, input: ParsedInput<'update_product'>): { product: Product } {
  const { productId, expectedVersion, ...change } = input;
  const before = productAt(work, productId, expectedVersion);
  const product: Product = {
    ...before,
    sku: change.sku ?? before.sku,
    name: change.name ?? before.name,
    barcode: change.barcode === undefined ? before.barcode : change.barcode,
    unitPrice: change.unitPrice ?? before.unitPrice,
    stocked: change.stocked ?? before.stocked,
    version: before.version + 1,
    updatedAt: later(work.now.toISOString(), before.updatedAt),
  };
  requireFreeCodes(work, product, before);
  work.unit.products.put(product);
  work.record('product_updated', PRODUCTS, { product });
  return { product };
}

function productAt(work: Work, id: string, expectedVersion: number): Product {
  const product = work.unit.products.find(id);
  if (!product) throw notFound('product', id);
  if (product.version !== expectedVersion) {
    throw conflict(`${product.sku} was changed meanwhile: it is at version ${product.version}.`, { product });
  }
  return product;
}

/** Only codes that it gets are looked at: what a product has had since before they were compared folded, it keeps. */
function requireFreeCodes({ unit }: Work, { id, sku, barcode }: Product, before?: Product): void {
  const owners = [
    sku === before?.sku ? null : unit.products.ownerOf({ sku }),
    barcode === null || barcode === before?.barcode ? null : unit.products.ownerOf({ barcode }),
  ];
  if (owners.every((owner) => owner === null || owner === id)) return;
  throw conflict(`Another product has the sku ${sku}${barcode ? ` or the barcode ${barcode}` : ''}.`, {
    sku,
    barcode,
  });
}

/**
 * Whether a product is stocked decides what its orders reserve and where its goods stand. What is over stays as it was
 * written; while something depends on it, it is settled.
 */
async function requireUnused(db: Tx, product: Product): Promise<void> {
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
