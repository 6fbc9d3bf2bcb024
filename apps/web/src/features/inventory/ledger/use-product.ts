import type { Product } from '@almenara/events';
import { useAskedProducts, useProductsOf } from '../../../catalogue/use-asked-products.ts';
import { Problem } from '../../../http/problem.ts';

type Found =
  | { readonly kind: 'loading' }
  | { readonly kind: 'found'; readonly product: Product }
  | { readonly kind: 'failed'; readonly problem: Problem };

/** A product, live; one that is not among those changed last is asked for. */
export function useProduct(productId: string): Found {
  const product = useProductsOf([productId]).get(productId);
  const asked = useAskedProducts();
  if (product) return { kind: 'found', product };
  if (asked.get(productId) === null) return { kind: 'failed', problem: new Problem('There is none', 404) };
  if (asked.failed()) return { kind: 'failed', problem: new Problem('The server cannot be reached', 0) };
  return { kind: 'loading' };
}
