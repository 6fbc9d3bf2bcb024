import type { Client, Order, QueryResult } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { query } from '../../http/request.ts';
import { useTopicPart } from '../../realtime/index.ts';

type Figures = QueryResult<'get_client_figures'>;

interface Asked {
  readonly orders: readonly Order[];
  /** Null where there are no more. */
  readonly next: string | null;
}

interface ClientOrders {
  /** Newest first; null until they are there. */
  readonly orders: readonly Order[] | null;
  readonly figures: Figures | null;
  readonly problem: Problem | null;
  /** Null where there are no more. */
  readonly more: (() => void) | null;
}

/**
 * The orders of a client and of all that were merged into it: asked of the server, live where the board has them, and
 * only those where the server cannot be asked.
 */
export function useClientOrders(client: Client): ClientOrders {
  const { id: clientId, createdAt } = client;
  const merged = useTopicPart('clients', (view) => view.clients);
  const board = useTopicPart('orders', (view) => view.orders);
  const live = useMemo(() => {
    const family = new Set([clientId]);
    // Chains are followed: each round finds those merged into what the last one found.
    for (let size = 0; size !== family.size; ) {
      size = family.size;
      for (const { id, mergedInto } of merged ?? []) if (mergedInto && family.has(mergedInto)) family.add(id);
    }
    return (board ?? []).filter((order) => family.has(order.clientId));
  }, [board, merged, clientId]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [figures, setFigures] = useState<Figures | null>(null);
  const [listProblem, setListProblem] = useState<Problem | null>(null);
  const [figuresProblem, setFiguresProblem] = useState<Problem | null>(null);

  // One that waited to be sent is asked for once the server has it: it then says when it was added.
  useEffect(() => {
    const leaving = new AbortController();
    setListProblem(null);
    query('list_orders', { clientId, limit: 20, compact: 'true' }, leaving.signal).then(
      ({ items, nextCursor }) => setAsked({ orders: items, next: nextCursor }),
      problemTo(setListProblem),
    );
    return () => leaving.abort();
  }, [clientId, createdAt]);

  // What was asked for stays true when the window forgets what has changed since.
  useEffect(() => setAsked((before) => before && withNewer(before, live)), [live]);

  // The sums change when one of the orders does.
  const state = live.map(({ id, version }) => `${id} ${version}`).join();
  useEffect(() => {
    const leaving = new AbortController();
    setFiguresProblem(null);
    query('get_client_figures', { clientId }, leaving.signal).then(setFigures, problemTo(setFiguresProblem));
    return () => leaving.abort();
  }, [clientId, createdAt, state]);

  const orders = useMemo(() => {
    if (asked === null && listProblem === null) return null;
    return withNewer(asked ?? { orders: [], next: null }, live).orders;
  }, [asked, live, listProblem]);

  const next = asked?.next ?? null;
  const more = (): void => {
    if (next === null || asked === null) return;
    query('list_orders', { clientId, limit: 50, cursor: next, compact: 'true' }).then(
      ({ items, nextCursor }) => setAsked({ orders: [...asked.orders, ...items], next: nextCursor }),
      problemTo(setListProblem),
    );
  };
  return { orders, figures, problem: listProblem ?? figuresProblem, more: next === null ? null : more };
}

/** With what is live, the newest version of each; what lies beyond the pages that were asked for comes with them. */
function withNewer({ orders, next }: Asked, live: readonly Order[]): Asked {
  const last = orders.at(-1)?.number ?? 0;
  const shown = new Map(orders.map((order) => [order.id, order]));
  for (const order of live) {
    const before = shown.get(order.id);
    if (before ? order.version >= before.version : next === null || order.number > last)
      shown.set(order.id, order);
  }
  return { orders: [...shown.values()].sort((a, b) => b.number - a.number), next };
}

const problemTo =
  (set: (problem: Problem) => void) =>
  (error: unknown): void => {
    if (error instanceof Problem) set(error);
  };
