import { fold, type Product } from '@almenara/events';
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
  const wanted = fold(text.trim());
  if (wanted === '') return products.slice(0, limit);
  const exact = products.filter((product) => isCode(product, wanted));
  const holding = products.filter((p) => matchesProduct(p, wanted) && !exact.includes(p));
  return [...exact, ...holding].slice(0, limit);
}

/** Whether a folded text is the whole of its sku or barcode. */
export const isCode = ({ sku, barcode }: Product, wanted: string): boolean =>
  fold(sku) === wanted || (barcode !== null && fold(barcode) === wanted);

const matchesProduct = ({ sku, name, barcode }: Product, wanted: string): boolean =>
  [sku, name, barcode ?? ''].some((text) => fold(text).includes(wanted));
