import type { Order } from '@almenara/events';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useProblemText } from '../../http/problem-text.ts';
import { query } from '../../http/request.ts';
import { asksForOpenOnly, listParams, ORDERINGS, orderFilter } from './order-filter.ts';
import type { OrdersSearch } from './orders-search.ts';

interface Pages {
  readonly key: string;
  readonly items: readonly Order[];
  /** Null after the last page. */
  readonly next: string | null;
  readonly total: number;
}

export interface ListedOrders {
  readonly orders: readonly Order[];
  /** How many there are, where that is known. */
  readonly total: number | null;
  readonly loading: boolean;
  readonly error: string | null;
  /** Asks for more; null where there is nothing more. */
  readonly more: (() => void) | null;
}

const PAGE = 100;

/**
 * All orders that fit, sorted: live where the topic holds them, and page by page from the server where it does not.
 * While pages are missing, what belongs after the last loaded row waits: nothing is put in between what one reads.
 */
export function useListedOrders(
  live: readonly Order[],
  truncated: boolean,
  search: OrdersSearch,
): ListedOrders {
  const problemText = useProblemText();
  const [pages, setPages] = useState<Pages | null>(null);
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const params = listParams(search);
  const key = JSON.stringify(params);
  const asks = truncated && !asksForOpenOnly(search);
  const current = pages?.key === key ? pages : null;

  const wanted = useRef(key);
  useEffect(() => {
    wanted.current = key;
  }, [key]);

  const load = (before: Pages | null, signal?: AbortSignal): void => {
    setLoading(true);
    setError(null);
    const cursor = before?.next ?? undefined;
    query('list_orders', { ...params, limit: PAGE, ...(cursor !== undefined && { cursor }) }, signal)
      .then(
        ({ items, nextCursor, total }) => {
          // An answer to what is no longer asked.
          if (wanted.current !== key) return;
          setPages({ key, items: [...(before?.items ?? []), ...items], next: nextCursor, total });
        },
        (problem: unknown) => {
          if (!(problem instanceof DOMException)) setError(problemText(problem));
        },
      )
      .finally(() => setLoading(false));
  };
  useEffect(() => {
    if (!asks) return;
    const leaving = new AbortController();
    // While somebody types, the question of a moment ago is of no use any more.
    const timer = setTimeout(() => load(null, leaving.signal), 200);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
    // `key` stands for the parameters.
  }, [asks, key]);

  const orders = useMemo(() => {
    const fits = orderFilter(search);
    const compare = ORDERINGS[search.sort ?? 'newest'];
    const liveById = new Map(live.map((order) => [order.id, order]));
    const known = new Map((asks ? (current?.items ?? []) : []).map((order) => [order.id, order]));
    const last = asks && current?.next ? current.items.at(-1) : undefined;
    const all = [...new Map([...known, ...liveById]).values()].filter(fits).sort(compare);
    return last ? all.filter((order) => compare(order, last) <= 0) : all;
  }, [live, key, asks, current]);

  return {
    orders,
    total: asks ? (current?.total ?? null) : orders.length,
    loading: asks && (loading || (current === null && error === null)),
    error: asks ? error : null,
    more: asks && !loading && (current?.next || error !== null) ? () => load(current) : null,
  };
}
