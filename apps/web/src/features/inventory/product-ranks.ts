import type { Product } from '@almenara/events';
import { folded } from '../../text-search.ts';

/** What sorting and searching need of all products, made once for each state of the catalogue. */
export interface ProductRanks {
  readonly byId: ReadonlyMap<string, Product>;
  /** Places in the order of sku and of name. */
  skuRank(productId: string): number;
  nameRank(productId: string): number;
}

const haystacks = new WeakMap<Product, string>();

export function productRanks(products: readonly Product[], locale: string): ProductRanks {
  const byId = new Map(products.map((product) => [product.id, product]));
  // The catalogue comes by sku.
  const skus = ranked(products);
  let names: ReadonlyMap<string, number> | null = null;
  return {
    byId,
    skuRank: (id) => skus.get(id) ?? 0,
    nameRank: (id) => {
      names ??= ranked(products.toSorted(byName(locale)));
      return names.get(id) ?? 0;
    },
  };
}

/** What searches look through (`findsIn`). A list of ten thousand is searched with every key: it is made once. */
export function haystackOf(product: Product): string {
  const known = haystacks.get(product);
  if (known !== undefined) return known;
  const text = folded(product.sku, product.name, product.barcode);
  haystacks.set(product, text);
  return text;
}

const ranked = (products: readonly Product[]): ReadonlyMap<string, number> =>
  new Map(products.map(({ id }, i) => [id, i]));

function byName(locale: string): (a: Product, b: Product) => number {
  const { compare } = new Intl.Collator(locale);
  return (a, b) => compare(a.name, b.name);
}
