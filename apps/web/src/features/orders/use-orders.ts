import type { Order } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { query } from '../../http/request.ts';
import { useTopicPart } from '../../realtime/index.ts';

/** Several orders by id, in that order: live where the topic has them, else asked for once. */
export function useOrders(ids: readonly string[]): {
  orders: readonly Order[];
  loading: boolean;
  /** How many could not be had. */
  missing: number;
} {
  const live = useTopicPart('orders', (view) => view.orders);
  const [asked, setAsked] = useState<ReadonlyMap<string, Order | null>>(new Map());
  const known = useMemo(() => new Map((live ?? []).map((order) => [order.id, order])), [live]);
  const absent = live === null ? [] : ids.filter((id) => !known.has(id) && !asked.has(id));
  const key = absent.join();
  useEffect(() => {
    if (key === '') return;
    const leaving = new AbortController();
    for (const orderId of key.split(',')) {
      const settle = (order: Order | null) => setAsked((before) => new Map(before).set(orderId, order));
      query('get_order', { orderId }, leaving.signal).then(
        ({ order }) => settle(order),
        (problem: unknown) => {
          if (!(problem instanceof DOMException)) settle(null);
        },
      );
    }
    return () => leaving.abort();
  }, [key]);
  const orders = ids.flatMap((id) => known.get(id) ?? asked.get(id) ?? []);
  const loading = live === null || absent.length > 0;
  return { orders, loading, missing: loading ? 0 : ids.length - orders.length };
}
