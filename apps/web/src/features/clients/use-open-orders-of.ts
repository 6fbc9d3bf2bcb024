import { isClosed, ORDER_STATUSES } from '@almenara/events';
import { useEffect, useState } from 'react';
import { query } from '../../http/request.ts';
import { useTopicPart } from '../../realtime/index.ts';

const OPEN = ORDER_STATUSES.filter((status) => !isClosed(status)).join(',');

/** How many open orders a client has; null until that is known. Of a part of the orders no count is true: the server is asked. */
export function useOpenOrdersOf(clientId: string | undefined): number | null {
  const held = useTopicPart('orders', ({ orders, truncated }) =>
    truncated
      ? 'part'
      : orders.filter((order) => order.clientId === clientId && !isClosed(order.status)).length,
  );
  const [asked, setAsked] = useState<{ clientId: string; count: number } | null>(null);
  const asks = held === 'part';
  useEffect(() => {
    if (!asks || clientId === undefined) return;
    const leaving = new AbortController();
    query('list_orders', { clientId, statuses: OPEN, limit: 1, compact: 'true' }, leaving.signal).then(
      ({ total }) => setAsked({ clientId, count: total }),
      () => {
        // Without the server nothing is merged, either.
      },
    );
    return () => leaving.abort();
  }, [asks, clientId]);
  if (held !== 'part') return held;
  return asked !== null && asked.clientId === clientId ? asked.count : null;
}
