import { isClosed, ORDER_STATUSES } from '@almenara/events';
import { query } from '../../http/request.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
import { useTopicPart } from '../../realtime/index.ts';

const OPEN = ORDER_STATUSES.filter((status) => !isClosed(status)).join(',');

/** How many open orders a client has; null until that is known. Of a part of the orders no count is true: the server is asked. */
export function useOpenOrdersOf(clientId: string | undefined): number | null {
  const held = useTopicPart('orders', ({ orders, truncated }) =>
    truncated
      ? 'part'
      : orders.filter((order) => order.clientId === clientId && !isClosed(order.status)).length,
  );
  // Where the server does not answer, nothing can be merged, either.
  const asked = useHttpQuery(
    clientId ?? '',
    (signal) => query('list_orders', { clientId, statuses: OPEN, limit: 1, compact: 'true' }, signal),
    { on: held === 'part' && clientId !== undefined },
  );
  return held === 'part' ? (asked.value?.total ?? null) : held;
}
