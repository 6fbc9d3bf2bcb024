import type { Order } from '@almenara/events';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../../../http/request.ts';
import { useHttpQuery } from '../../../http/use-http-query.ts';
import { useRealtime, useTopicPart } from '../../../realtime/index.ts';
import { isWithoutLines } from './missing.ts';
import { useWholeOrders } from './whole-orders.ts';

/** Several orders by id, in that order, with all their lines: live, and asked for where the window does not hold them whole. */
export function useOrders(ids: readonly string[]): {
  orders: readonly Order[];
  loading: boolean;
  /** How many could not be had. */
  missing: number;
} {
  const live = useTopicPart('orders', (view) => view.orders);
  const connection = useStore(useRealtime().session, (session) => session?.connectionId);
  const { of, learn } = useWholeOrders(ids);
  /**
   * By id, the connection over which each was asked for: after a new one they are asked for again, as events
   * may have been missed.
   */
  const [asked, setAsked] = useState<ReadonlyMap<string, string | undefined>>(new Map());
  const held = useMemo(() => new Map((live ?? []).map((order) => [order.id, order])), [live]);
  const isHeld = (id: string): boolean => {
    const order = held.get(id);
    return order !== undefined && !isWithoutLines(order);
  };
  const isAsked = (id: string): boolean => asked.has(id) && asked.get(id) === connection;
  const absent = live === null ? [] : ids.filter((id) => !isHeld(id) && !isAsked(id));
  const key = absent.join();
  const settle = (orders: readonly Order[]): void => {
    learn(orders);
    setAsked((before) => new Map([...before, ...absent.map((id) => [id, connection] as const)]));
  };
  useHttpQuery(
    key,
    async (signal) => {
      try {
        settle((await query('list_orders', { ids: key, limit: 200 }, signal)).items);
      } catch {
        // The server did not answer: orders that are not here count as missing.
        if (!signal.aborted) settle([]);
      }
    },
    { on: key !== '', again: connection },
  );
  const orders = ids.flatMap((id) => of(id, held.get(id)) ?? []);
  const loading = live === null || absent.some((id) => !of(id, held.get(id)));
  return { orders, loading, missing: loading ? 0 : ids.length - orders.length };
}
