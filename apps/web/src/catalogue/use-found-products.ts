import type { Product } from '@almenara/events';
import { query } from '../http/request.ts';
import { useTopicPart } from '../realtime/index.ts';
import { textSearch } from '../text-search.ts';
import { useAsked } from './use-asked.ts';
import { findProducts, isCode, useProducts } from './use-products.ts';

/** Products that fit a text; where the live list holds only part of them, the server's too. */
export function useFoundProducts(text: string, limit: number): readonly Product[] {
  const products = useProducts();
  const truncated = useTopicPart('products', (view) => view.truncated) ?? false;
  const asked = useAsked(truncated && text.trim().length >= 2 ? text.trim() : null, askProducts);
  const found = findProducts(products, text, limit);
  const known = new Set(found.map(({ id }) => id));
  return [...found, ...asked.filter(({ id }) => !known.has(id))].slice(0, limit);
}

async function askProducts(q: string, signal: AbortSignal): Promise<readonly Product[]> {
  return (await query('list_products', { q, limit: 20 }, signal)).items;
}

/**
 * The product whose whole barcode or sku this is, where the list holds it. Codes of before they were folded may be one
 * by now: then it is the one that is written just so.
 */
export function productOfCode(products: readonly Product[], code: string): Product | undefined {
  const text = code.trim();
  const search = textSearch(text);
  const found = products.filter((product) => isCode(product, search));
  return found.find(({ sku, barcode }) => sku === text || barcode === text) ?? found[0];
}

/** The same, asked of the server. */
export async function askProductOfCode(code: string): Promise<Product | undefined> {
  const text = code.trim();
  const pages = await Promise.all([
    query('list_products', { barcode: text }),
    query('list_products', { sku: text }),
  ]);
  return productOfCode(
    pages.flatMap(({ items }) => items),
    text,
  );
}
