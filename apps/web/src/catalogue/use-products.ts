import type { Product } from '@almenara/events';
import { useMemo } from 'react';
import { useTopicPart } from '../realtime/index.ts';

const NONE: readonly Product[] = [];

/** Every product, by sku; empty until they have arrived. */
export const useProducts = (): readonly Product[] =>
  useTopicPart('products', (view) => view.products) ?? NONE;

export function useProductsById(): ReadonlyMap<string, Product> {
  const products = useProducts();
  return useMemo(() => new Map(products.map((product) => [product.id, product])), [products]);
}

/** How a product is found: the whole of a sku or barcode comes first, as a scanner sends it. */
export function findProducts(products: readonly Product[], text: string, limit: number): Product[] {
  const wanted = text.trim().toLocaleLowerCase();
  if (wanted === '') return products.slice(0, limit);
  const exact = products.filter((p) => p.barcode === text.trim() || p.sku.toLocaleLowerCase() === wanted);
  const holding = products.filter((p) => matchesProduct(p, wanted) && !exact.includes(p));
  return [...exact, ...holding].slice(0, limit);
}

/** `wanted` in lower case. */
const matchesProduct = (product: Pick<Product, 'sku' | 'name' | 'barcode'>, wanted: string): boolean =>
  product.sku.toLocaleLowerCase().includes(wanted) ||
  product.name.toLocaleLowerCase().includes(wanted) ||
  (product.barcode?.includes(wanted) ?? false);
