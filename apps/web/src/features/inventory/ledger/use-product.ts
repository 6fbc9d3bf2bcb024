import type { Product } from '@almenara/events';
import { useEffect, useState } from 'react';
import { useProductsById } from '../../../catalogue/use-products.ts';
import { query } from '../../../http/request.ts';
import { useTopicPart } from '../../../realtime/index.ts';

type Found =
  | { readonly kind: 'loading' }
  | { readonly kind: 'found'; readonly product: Product }
  | { readonly kind: 'failed'; readonly problem: unknown };

/** A product, live; one that is not among those changed last is asked for. */
export function useProduct(productId: string): Found {
  const live = useProductsById().get(productId);
  const arrived = useTopicPart('products', () => true) ?? false;
  const [asked, setAsked] = useState<Found>({ kind: 'loading' });
  const absent = arrived && live === undefined;
  useEffect(() => {
    if (!absent) return;
    const leaving = new AbortController();
    query('get_product', { productId }, leaving.signal).then(
      ({ product }) => setAsked({ kind: 'found', product }),
      (problem: unknown) => {
        if (!leaving.signal.aborted) setAsked({ kind: 'failed', problem });
      },
    );
    return () => leaving.abort();
  }, [absent, productId]);
  return live ? { kind: 'found', product: live } : asked;
}
