import type { Order, OrderCounts, TopicView } from '@almenara/events';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useRealtime } from '../../../realtime/index.ts';
import { countsWith, pendingChanges } from './optimism.ts';
import type { PagedOrders } from './paged-orders.ts';

export interface MergedOrders {
  /** Of the window and of what was read beside it, as they will be once what is pending is done. */
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
    // The window has been laid over already, where it holds the newest.
    const shown = new Set(view.orders);
    const beside = new Map(orders.flatMap((order) => (shown.has(order) ? [] : [[order.id, order]])));
    const changed =
      pending.length === 0
        ? beside
        : pendingChanges(beside, pending, (key, params) => topics.store(key, params).getState().view);
    if (pending.length === 0 || changed.size === 0) return { orders, counts: view.counts, held };
    return {
      orders: orders.map((order) => changed.get(order.id) ?? order),
      // What the window holds of them, of before, has been counted as moved there.
      counts: countsWith(
        view.counts,
        beside,
        [...changed.values()].filter(({ id }) => !held.has(id)),
      ),
      held,
    };
    // `version` stands for what the store holds.
  }, [view, store, version, pending, topics]);
}
