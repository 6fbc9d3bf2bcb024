import type { Client, Order, QueryResult } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { Problem } from '../../http/problem.ts';
import { query } from '../../http/request.ts';
import { useTopicPart } from '../../realtime/index.ts';

type Figures = QueryResult<'get_client_figures'>;

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
  const [asked, setAsked] = useState<{ orders: readonly Order[]; next: string | null } | null>(null);
  const [figures, setFigures] = useState<Figures | null>(null);
  const [listProblem, setListProblem] = useState<Problem | null>(null);
  const [figuresProblem, setFiguresProblem] = useState<Problem | null>(null);

  // One that waited to be sent is asked for once the server has it: it then says when it was added.
  useEffect(() => {
    const leaving = new AbortController();
    setListProblem(null);
    query('list_orders', { clientId, limit: 20 }, leaving.signal).then(
      ({ items, nextCursor }) => setAsked({ orders: items, next: nextCursor }),
      problemTo(setListProblem),
    );
    return () => leaving.abort();
  }, [clientId, createdAt]);

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
    const { orders: paged, next } = asked ?? { orders: [], next: null };
    const last = paged.at(-1)?.number ?? 0;
    // What lies beyond the pages that were asked for comes with them.
    const shown = new Map(paged.map((order) => [order.id, order]));
    for (const order of live) if (next === null || order.number > last) shown.set(order.id, order);
    return [...shown.values()].sort((a, b) => b.number - a.number);
  }, [asked, live, listProblem]);

  const next = asked?.next ?? null;
  const more = (): void => {
    if (next === null || asked === null) return;
    query('list_orders', { clientId, limit: 50, cursor: next }).then(
      ({ items, nextCursor }) => setAsked({ orders: [...asked.orders, ...items], next: nextCursor }),
      problemTo(setListProblem),
    );
  };
  return { orders, figures, problem: listProblem ?? figuresProblem, more: next === null ? null : more };
}

const problemTo =
  (set: (problem: Problem) => void) =>
  (error: unknown): void => {
    if (error instanceof Problem) set(error);
  };
