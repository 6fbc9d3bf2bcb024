import type { Order, OrderHistoryItem } from '@almenara/events';
import { useState } from 'react';
import { useStore } from 'zustand';
import { useProblemText } from '../../../http/problem-text.ts';
import { query } from '../../../http/request.ts';
import { useHttpQuery } from '../../../http/use-http-query.ts';
import { useRealtime, useWebSocket } from '../../../realtime/index.ts';

interface History {
  /** The latest first. */
  readonly items: readonly OrderHistoryItem[];
  /** The order before the oldest of them. */
  readonly previous: Order | null;
  readonly next: string | null;
}

export interface OrderHistory {
  /** Null while the first page is on its way. */
  readonly history: History | null;
  readonly error: string | null;
  readonly more: (() => void) | null;
}

const PAGE = 20;

/** What the log tells of one order: asked for when it is opened, when something happens to it, and after a gap. */
export function useOrderHistory(orderId: string): OrderHistory {
  const problemText = useProblemText();
  const [history, setHistory] = useState<History | null>(null);
  const [moreError, setMoreError] = useState<unknown>(null);
  const [happened, setHappened] = useState(0);
  const connection = useStore(useRealtime().session, (session) => session?.connectionId);

  const seen = (id: string | null): void => {
    if (id === orderId) setHappened((n) => n + 1);
  };
  useWebSocket('order_created', ({ data }) => seen(data.order.id));
  useWebSocket('order_updated', ({ data }) => seen(data.order.id));
  useWebSocket('order_status_changed', ({ data }) => seen(data.order.id));
  useWebSocket('shortage_reported', ({ data }) => seen(data.order.id));
  useWebSocket('return_recorded', ({ data }) => seen(data.return.orderId));

  const read = async (cursor: string | null, signal?: AbortSignal): Promise<void> => {
    const params = { orderId, limit: PAGE, ...(cursor !== null && { cursor }) };
    const page = await query('get_order_history', params, signal);
    setMoreError(null);
    setHistory((before) => joined(before, page.items, page.previous, page.nextCursor));
  };
  const latest = useHttpQuery(orderId, (signal) => read(null, signal), {
    again: `${connection} ${happened}`,
  });

  const next = history?.next ?? null;
  const error = moreError ?? latest.error;
  return {
    history,
    error: error === null ? null : problemText(error),
    more: next === null ? null : () => void read(next).catch(setMoreError),
  };
}

/** A page put to what is known: newer items come before, the end is where the oldest page says it is. */
function joined(
  before: History | null,
  items: readonly OrderHistoryItem[],
  previous: Order | null,
  next: string | null,
): History {
  const fresh = { items, previous, next };
  const [oldest, newest] = [items.at(-1)?.seq ?? 0, before?.items[0]?.seq ?? 0];
  // More has happened than one page holds, so steps between the two are missing: the list begins again with
  // this page.
  if (!before || oldest > newest) return fresh;
  const all = new Map([...before.items, ...items].map((item) => [item.seq, item]));
  const sorted = [...all.values()].sort((a, b) => b.seq - a.seq);
  const reachesFurther = oldest <= (before.items.at(-1)?.seq ?? 0);
  return reachesFurther ? { ...fresh, items: sorted } : { ...before, items: sorted };
}
