import type { Client, Order, QueryResult } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { query } from '../../http/request.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
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
  readonly problem: unknown;
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
    // A merged client may have had others merged into it: each round finds those that were merged into the last
    // round's.
    for (let size = 0; size !== family.size; ) {
      size = family.size;
      for (const { id, mergedInto } of merged ?? []) if (mergedInto && family.has(mergedInto)) family.add(id);
    }
    return (board ?? []).filter((order) => family.has(order.clientId));
  }, [board, merged, clientId]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [moreProblem, setMoreProblem] = useState<unknown>(null);

  const list = useHttpQuery(
    clientId,
    async (signal) => {
      const { items, nextCursor } = await query(
        'list_orders',
        { clientId, limit: 20, compact: 'true' },
        signal,
      );
      setAsked({ orders: items, next: nextCursor });
      setMoreProblem(null);
    },
    // A client that waited to be sent is asked about once the server has it: only then it says when it was added.
    { again: createdAt },
  );

  // Changes are copied into what was read, as the live window forgets them when others change later.
  useEffect(() => setAsked((before) => before && withNewer(before, live)), [live]);

  // Changes whenever one of the client's orders does, which is when the sums have to be asked for again.
  const state = live.map(({ id, version }) => `${id} ${version}`).join();
  const figures = useHttpQuery(clientId, (signal) => query('get_client_figures', { clientId }, signal), {
    again: `${createdAt} ${state}`,
  });

  const problem = moreProblem ?? list.error;
  const orders = useMemo(() => {
    if (asked === null && problem === null) return null;
    return withNewer(asked ?? { orders: [], next: null }, live).orders;
  }, [asked, live, problem]);

  const next = asked?.next ?? null;
  const more = (): void => {
    if (next === null || asked === null) return;
    query('list_orders', { clientId, limit: 50, cursor: next, compact: 'true' }).then(
      ({ items, nextCursor }) => setAsked({ orders: [...asked.orders, ...items], next: nextCursor }),
      setMoreProblem,
    );
  };
  return {
    orders,
    figures: figures.value,
    problem: problem ?? figures.error,
    more: next === null ? null : more,
  };
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
