import type { Product } from '@almenara/events';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { query } from '../http/request.ts';
import { useRealtime, useTopicPart } from '../realtime/index.ts';
import type { Realtime } from '../realtime/realtime.ts';
import { AskedProducts } from './asked-products.ts';
import { useProducts } from './use-products.ts';

const all = new WeakMap<Realtime['topics'], AskedProducts>();
/** The live list by id, made once for each state of it. */
const indexes = new WeakMap<readonly Product[], ReadonlyMap<string, Product>>();

function byId(products: readonly Product[]): ReadonlyMap<string, Product> {
  const index = indexes.get(products) ?? new Map(products.map((product) => [product.id, product]));
  indexes.set(products, index);
  return index;
}

/** Products by id, whether the live list holds them or not. */
export function useAskedProducts(): AskedProducts {
  const { client, topics } = useRealtime();
  return useMemo(() => {
    const asked =
      all.get(topics) ??
      new AskedProducts({
        client,
        ask: async (ids) => (await query('list_products', { ids: ids.join(','), limit: 200 })).items,
        live: (id) => byId(topics.state('products').view?.products ?? []).get(id),
      });
    all.set(topics, asked);
    return asked;
  }, [client, topics]);
}

/** These products, live where the list holds them, and asked for together where it does not; not there until they are known. */
export function useProductsOf(ids: readonly string[]): ReadonlyMap<string, Product> {
  const asked = useAskedProducts();
  const live = useProducts();
  const names = ids.join(' ');
  const version = useSyncExternalStore(asked.subscribe, asked.version);
  const arrived = useTopicPart('products', () => true) ?? false;
  // Not before it is known what the live list holds, and again when it does not hold them any more.
  useEffect(() => {
    if (arrived && names !== '') asked.want(names.split(' '));
  }, [asked, arrived, names, live]);
  return useMemo(() => {
    const found = new Map<string, Product>();
    for (const id of names === '' ? [] : names.split(' ')) {
      const product = asked.get(id);
      if (product) found.set(id, product);
    }
    return found;
  }, [asked, names, live, version]);
}
