import { isClosed, ORDER_STATUSES, type Order, type OrderStatus, type TopicView } from '@almenara/events';
import { useCallback, useEffect, useMemo } from 'react';
import { useProblemText } from '../../../http/problem-text.ts';
import { type ColumnEnd, type ColumnEnds, FIRST_CLOSED, NOTHING_BEYOND } from '../held/board-columns.ts';
import { statusesOf, unheldStatuses } from '../held/held-orders.ts';
import { listParams, ORDERINGS, orderFilter } from '../held/order-filter.ts';
import { hasFilter, type OrdersSearch } from '../held/orders-search.ts';
import type { PagedList } from '../held/paged-orders.ts';
import { useMergedOrders } from '../held/use-merged-orders.ts';
import { usePagedOrders } from '../held/use-paged-orders.ts';

export interface BoardOrders {
  /** Newest first. */
  readonly orders: readonly Order[];
  readonly ends: ColumnEnds;
  /** Asks for more of a column. */
  readonly more: (status: OrderStatus) => void;
}

const sortOf = (status: OrderStatus) => (isClosed(status) ? 'closed' : 'newest');

/** What the board shows: live where the window holds a column, and page by page from the server where it does not. */
export function useBoardOrders(view: TopicView<'orders'>, search: OrdersSearch): BoardOrders {
  const problemText = useProblemText();
  const unheld = useMemo(() => unheldStatuses(view, search), [view, search]);
  const { view: _, sort, status: only, ...filters } = search;
  const key = JSON.stringify(filters);
  const filtered = hasFilter(filters);
  const store = usePagedOrders<OrderStatus>(unheld.length > 0, key, () => columnLists(filters));
  const { orders: all, counts, held } = useMergedOrders(view, store);

  const columns = useMemo(() => {
    const fits = orderFilter(search, view.truncated);
    const wanted = statusesOf(search);
    return new Map(
      ORDER_STATUSES.map((status): [OrderStatus, readonly Order[]] => {
        if (!wanted.includes(status)) return [status, []];
        if (store) return [status, store.shown(status, all, held)];
        return [status, all.filter((order) => order.status === status && fits(order))];
      }),
    );
  }, [search, view.truncated, store, all, held]);
  const orders = useMemo(() => [...columns.values()].flat().sort(ORDERINGS.newest), [columns]);

  const more = useCallback((status: OrderStatus) => store?.more(status, held), [store, held]);
  // The first page of a column that is not held, or of which so little is held that it looks as if there were no more.
  useEffect(() => {
    if (!store) return;
    for (const status of unheld) {
      const { begun, loading, problem } = store.state(status);
      if (begun || loading || problem !== null) continue;
      const isFilled = isClosed(status) && !filtered && (columns.get(status)?.length ?? 0) >= FIRST_CLOSED;
      if (!isFilled) store.more(status, held);
    }
  }, [store, unheld, columns, held, filtered]);

  const endOf = (status: OrderStatus): ColumnEnd => {
    const here = columns.get(status)?.length ?? 0;
    if (!unheld.includes(status)) return { ...NOTHING_BEYOND, count: here };
    if (!store) return { ...NOTHING_BEYOND, count: filtered ? null : counts[status], loading: true };
    const { total, isAtLeast, loading, begun, whole, problem } = store.state(status);
    const count = filtered ? (whole ? here : total) : counts[status];
    return {
      count: count === null ? null : Math.max(count, here),
      isAtLeast: filtered && !whole && isAtLeast,
      loading: loading || (!begun && problem === null && here === 0),
      problem: problem === null ? null : problemText(problem),
    };
  };
  const ends = {
    placed: endOf('placed'),
    picking: endOf('picking'),
    packed: endOf('packed'),
    shipped: endOf('shipped'),
    delivered: endOf('delivered'),
    cancelled: endOf('cancelled'),
  };
  return { orders, ends, more };
}

function columnLists(filters: OrdersSearch): ReadonlyMap<OrderStatus, PagedList> {
  const fits = orderFilter(filters, true);
  return new Map(
    ORDER_STATUSES.map((status): [OrderStatus, PagedList] => [
      status,
      {
        fits: (order, vouched) => order.status === status && fits(order, vouched),
        compare: ORDERINGS[sortOf(status)],
        windowFirst: isClosed(status),
        params: { ...listParams(filters), status, sort: sortOf(status) },
        counted: hasFilter(filters),
      },
    ]),
  );
}
