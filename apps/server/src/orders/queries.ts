import { CLOSED_IN_SNAPSHOT, isClosed, isHeld, OrderStatus } from '@almenara/events';
import { z } from 'zod';
import type { QueryHandlers } from '../commands/query.ts';
import type { Prisma, Tx } from '../database/client.ts';
import { decodeCursor, holds, toPage } from '../database/paging.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import { findOrder, findOrders } from '../domain/order.ts';
import { notFound } from '../errors.ts';
import { eventsOfOrder, orderBefore, toHistoryItem } from './history.ts';
import { SORTS, SortKey, sortKey } from './sorting.ts';

const SeqKey = z.tuple([z.int().min(1)]);
const INT4_MAX = 2_147_483_647;

/** `q` as an order's number, where it is one. */
function asNumber(q: string): number | null {
  const number = /^#?\d{1,10}$/.test(q) ? Number(q.replace('#', '')) : null;
  return number !== null && number <= INT4_MAX ? number : null;
}

export const orderQueryHandlers: Pick<QueryHandlers, 'list_orders' | 'get_order' | 'get_order_history'> = {
  list_orders: async (db, params) => {
    const { q, status, statuses, clientId, assigneeId, from, before, short, sort, cursor, limit } = params;
    const { orderBy, after } = SORTS[sort];
    const last = decodeCursor(SortKey, cursor);
    const number = q === undefined ? null : asNumber(q);
    const where: Prisma.OrderWhereInput = {
      AND: [
        status ? { status } : {},
        statuses ? { status: { in: statuses } } : {},
        short ? { status: { in: OrderStatus.options.filter(isHeld) } } : {},
      ],
      ...(clientId && { clientId: { in: await clientIdsWithMerged(db, clientId) } }),
      ...(assigneeId && { assigneeId: assigneeId === 'none' ? null : assigneeId }),
      ...((from || before) && {
        createdAt: { ...(from && { gte: new Date(from) }), ...(before && { lt: new Date(before) }) },
      }),
      ...(short && { lines: { some: { short: { gt: 0 } } } }),
      ...(q && {
        OR: [
          ...(number === null ? [] : [{ number }]),
          { search: holds(q) },
          { lines: { some: { search: holds(q) } } },
        ],
      }),
    };
    const [orders, total] = await Promise.all([
      findOrders(db, {
        where: { AND: [where, last ? after(last) : {}] },
        orderBy: [...orderBy],
        take: limit + 1,
      }),
      db.order.count({ where }),
    ]);
    return toPage(
      orders,
      limit,
      total,
      (order) => order,
      (order) => sortKey(sort, order),
    );
  },

  get_order: async (db, { orderId }) => ({ order: await findOrder(db, orderId) }),

  get_order_history: async (db, { orderId, cursor, limit }) => {
    const last = decodeCursor(SeqKey, cursor);
    const { events, total } = await eventsOfOrder(db, orderId, last?.[0] ?? null, limit + 1);
    if (total === 0) throw notFound('order', orderId);
    const page = toPage(events, limit, total, toHistoryItem, (event) => [event.seq]);
    const oldest = page.items.at(-1);
    const previous = oldest ? await orderBefore(db, orderId, oldest.seq) : null;
    return { ...page, previous };
  },
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
