import { isLow, type Level, type Product } from '@almenara/events';
import { matchesProduct } from '../../catalogue/use-products.ts';

/** A level with the product it is of. */
export interface StockRow {
  readonly level: Level;
  readonly product: Product;
}

/** Rows by sku, then zone; what is not known as a product yet is left out until it is. */
export function toRows(levels: readonly Level[], products: ReadonlyMap<string, Product>): StockRow[] {
  return levels
    .flatMap((level) => {
      const product = products.get(level.productId);
      return product ? [{ level, product }] : [];
    })
    .sort((a, b) => compare(a.product.sku, b.product.sku) || compare(a.level.zone, b.level.zone));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function matchingRows(
  rows: readonly StockRow[],
  search: string,
  onlyLow: boolean,
): readonly StockRow[] {
  const wanted = search.trim().toLocaleLowerCase();
  return rows.filter(
    ({ level, product }) => (!onlyLow || isLow(level)) && (wanted === '' || matchesProduct(product, wanted)),
  );
}
