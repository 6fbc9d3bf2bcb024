import type { Order, OrderCounts, TopicView } from '@almenara/events';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useRealtime } from '../../../realtime/index.ts';
import { countsWith, pendingChanges } from './optimism.ts';
import type { PagedOrders } from './paged-orders.ts';

export interface MergedOrders {
  /** The orders of the window and of the pages, as they will be once pending commands are done. */
  readonly orders: readonly Order[];
  readonly counts: OrderCounts;
  /** Ids of those in the window. */
  readonly held: ReadonlySet<string>;
}

/** The live window together with what has been read beside it. */
export function useMergedOrders<K extends string>(
  view: TopicView<'orders'>,
  store: PagedOrders<K> | null,
): MergedOrders {
  const { pending: pendingStore, topics } = useRealtime();
  const pending = useStore(pendingStore);
  const version = store?.version() ?? 0;
  return useMemo(() => {
    const held = new Set(view.orders.map(({ id }) => id));
    if (!store) return { orders: view.orders, counts: view.counts, held };
    const orders = store.merged(view.orders);
    // Orders of the window have pending commands laid over them already: only the others need it.
    const shown = new Set(view.orders);
    const beside = new Map(orders.flatMap((order) => (shown.has(order) ? [] : [[order.id, order]])));
    const changed =
      pending.length === 0
        ? beside
        : pendingChanges(beside, pending, (key, params) => topics.store(key, params).getState().view);
    if (pending.length === 0 || changed.size === 0) return { orders, counts: view.counts, held };
    return {
      orders: orders.map((order) => changed.get(order.id) ?? order),
      // The view's counts include pending moves of the window's own orders: only moves of the others are added.
      counts: countsWith(
        view.counts,
        beside,
        [...changed.values()].filter(({ id }) => !held.has(id)),
      ),
      held,
    };
    // `version` changes whenever the store does.
  }, [view, store, version, pending, topics]);
}
