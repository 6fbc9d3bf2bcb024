import { CLOSED_IN_SNAPSHOT, isClosed, OrderStatus } from '@almenara/events';
import type { QueryHandlers } from '../commands/query.ts';
import type { Tx } from '../database/client.ts';
import { decodeCursor, holds, NumberKey, toPage } from '../database/paging.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import { findOrder, findOrders } from '../domain/order.ts';

const INT4_MAX = 2_147_483_647;

/** `q` as an order's number, where it is one. */
function asNumber(q: string): number | null {
  const number = /^#?\d{1,10}$/.test(q) ? Number(q.replace('#', '')) : null;
  return number !== null && number <= INT4_MAX ? number : null;
}

export const orderQueryHandlers: Pick<QueryHandlers, 'list_orders' | 'get_order'> = {
  list_orders: async (db, { q, status, clientId, assigneeId, cursor, limit }) => {
    const after = decodeCursor(NumberKey, cursor);
    const number = q === undefined ? null : asNumber(q);
    const where = {
      ...(status && { status }),
      ...(clientId && { clientId: { in: await clientIdsWithMerged(db, clientId) } }),
      ...(assigneeId && { assigneeId }),
      ...(q && {
        OR: [
          ...(number === null ? [] : [{ number }]),
          { reference: holds(q) },
          { clientName: holds(q) },
          { lines: { some: { OR: [{ sku: holds(q) }, { name: holds(q) }] } } },
        ],
      }),
    };
    const [orders, total] = await Promise.all([
      findOrders(db, {
        where: { AND: [where, after ? { number: { lt: after[0] } } : {}] },
        orderBy: { number: 'desc' },
        take: limit + 1,
      }),
      db.order.count({ where }),
    ]);
    return toPage(
      orders,
      limit,
      total,
      (order) => order,
      (order) => [order.number],
    );
  },

  get_order: async (db, { orderId }) => ({ order: await findOrder(db, orderId) }),
};

/** The state of topic `orders`: all open ones and those closed last. */
export async function loadOrders(tx: Tx) {
  const openStatuses = OrderStatus.options.filter((status) => !isClosed(status));
  const open = await findOrders(tx, { where: { status: { in: openStatuses } } });
  const closed = await findOrders(tx, {
    where: { closedAt: { not: null } },
    orderBy: [{ closedAt: 'desc' }, { number: 'desc' }],
    take: CLOSED_IN_SNAPSHOT,
  });
  const orders = new Map([...open, ...closed].map((order) => [order.id, order]));
  return { orders, total: await tx.order.count() };
}
