import { OrderCounts, OrderStatus, ordersTopic } from '@almenara/events';
import { z } from 'zod';
import type { QueryHandlers } from '../commands/query.ts';
import type { Tx } from '../database/client.ts';
import { decodeCursor, toPage } from '../database/paging.ts';
import { notFound } from '../errors.ts';
import { eventsOfOrder, orderBefore, toHistoryItem } from './history.ts';
import { listOrders } from './list.ts';
import { readOrders } from './read.ts';

const SeqKey = z.tuple([z.int().min(1)]);
export const orderQueryHandlers: Pick<QueryHandlers, 'list_orders' | 'get_order' | 'get_order_history'> = {
  list_orders: listOrders,

  get_order: async (db, { orderId }) => {
    const [order] = await readOrders(db, [orderId]);
    if (!order) throw notFound('order', orderId);
    return { order };
  },

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

/** The state of topic `orders`: those changed last, and how many there are by status. */
export async function loadOrders(tx: Tx, limit: number) {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM "order" ORDER BY updated_at DESC, id DESC LIMIT ${limit}`;
  const orders = await readOrders(
    tx,
    ids.map(({ id }) => id),
    { compact: true },
  );
  const rows = await tx.$queryRaw<{ status: string; n: number }[]>`
    SELECT status, count(*)::int AS n FROM "order" GROUP BY status`;
  const known = new Map(rows.map(({ status, n }) => [status, n]));
  const counts = OrderCounts.parse(
    Object.fromEntries(OrderStatus.options.map((status) => [status, known.get(status) ?? 0])),
  );
  return ordersTopic.load({ orders, counts, total: 0, truncated: false });
}
