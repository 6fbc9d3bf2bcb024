import type { Product } from '@almenara/events';
import { useMemo } from 'react';
import { useTopicPart } from '../realtime/index.ts';
import { type TextSearch, textSearch } from '../text-search.ts';

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
  const search = textSearch(text);
  if (search.wanted === '') return products.slice(0, limit);
  const exact = products.filter((product) => isCode(product, search));
  const holding = products.filter((p) => search.finds(p.sku, p.name, p.barcode) && !exact.includes(p));
  return [...exact, ...holding].slice(0, limit);
}

/** Whether what is looked for is the whole of its sku or barcode. */
export const isCode = ({ sku, barcode }: Product, search: TextSearch): boolean => search.is(sku, barcode);
