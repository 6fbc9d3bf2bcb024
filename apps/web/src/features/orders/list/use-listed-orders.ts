import type { Order, TopicView } from '@almenara/events';
import { useEffect, useMemo } from 'react';
import { useProblemText } from '../../../http/problem-text.ts';
import { statusesOf, unheldStatuses } from '../held/held-orders.ts';
import { listParams, ORDERINGS, orderFilter } from '../held/order-filter.ts';
import { hasFilter, type OrdersSearch } from '../held/orders-search.ts';
import { useMergedOrders } from '../held/use-merged-orders.ts';
import { usePagedOrders } from '../held/use-paged-orders.ts';

export interface ListedOrders {
  readonly orders: readonly Order[];
  /** How many there are, where that is known. */
  readonly total: number | null;
  /** There may be more than `total`. */
  readonly isAtLeast: boolean;
  readonly loading: boolean;
  readonly error: string | null;
  /** Asks for more; null where there is nothing more. */
  readonly more: (() => void) | null;
}

/**
 * All orders that fit, sorted: live where the window holds them, and page by page from the server where it does not.
 * While pages are missing, what belongs after the last loaded row waits: nothing is put in between what one reads.
 */
export function useListedOrders(view: TopicView<'orders'>, search: OrdersSearch): ListedOrders {
  const problemText = useProblemText();
  const asks = useMemo(() => unheldStatuses(view, search).length > 0, [view, search]);
  const { view: _, ...asked } = search;
  const { status, sort, ...filters } = asked;
  const filtered = hasFilter(filters);
  const store = usePagedOrders<'list'>(
    asks,
    JSON.stringify(asked),
    () => new Map([['list', listOf(asked, filtered)]]),
  );
  const { orders: all, counts, held } = useMergedOrders(view, store);
  useEffect(() => {
    if (store && !store.state('list').begun) store.more('list', held);
  }, [store]);

  const orders = useMemo(() => {
    if (store) return store.shown('list', all, held);
    const fits = orderFilter(search, view.truncated);
    return all.filter((order) => fits(order)).sort(ORDERINGS[search.sort ?? 'newest']);
  }, [store, all, held, search, view.truncated]);

  if (!asks)
    return { orders, total: orders.length, isAtLeast: false, loading: false, error: null, more: null };
  const counted = filtered ? null : statusesOf(search).reduce((sum, one) => sum + counts[one], 0);
  if (!store) return { orders, total: counted, isAtLeast: false, loading: true, error: null, more: null };
  const { total, isAtLeast, loading, begun, whole, problem } = store.state('list');
  return {
    orders,
    total: counted ?? (whole ? orders.length : total),
    isAtLeast: counted === null && !whole && isAtLeast,
    loading: loading || (!begun && problem === null),
    error: problem === null ? null : problemText(problem),
    more: whole || loading ? null : () => store.more('list', held),
  };
}

function listOf(search: OrdersSearch, counted: boolean) {
  return {
    fits: orderFilter(search, true),
    compare: ORDERINGS[search.sort ?? 'newest'],
    windowFirst: search.sort === 'changed',
    params: listParams(search),
    counted,
  };
}
