import { isHeld, OrderCounts, OrderStatus, ordersTopic, type QueryParams } from '@almenara/events';
import { z } from 'zod';
import type { QueryHandlers } from '../commands/query.ts';
import { type Db, Prisma, type Tx } from '../database/client.ts';
import { countOf, decodeCursor, likeHolding, toPage } from '../database/paging.ts';
import { clientIdsWithMerged } from '../domain/clients.ts';
import { findOrder } from '../domain/order.ts';
import { notFound } from '../errors.ts';
import { eventsOfOrder, orderBefore, toHistoryItem } from './history.ts';
import { readOrders } from './read.ts';
import { SORTS, SortKey, sortKey } from './sorting.ts';

const SeqKey = z.tuple([z.int().min(1)]);
const INT4_MAX = 2_147_483_647;

/** `q` as an order's number, where it is one. */
function asNumber(q: string): number | null {
  const number = /^#?\d{1,10}$/.test(q) ? Number(q.replace('#', '')) : null;
  return number !== null && number <= INT4_MAX ? number : null;
}

/** What a list asks for, of table `"order" o`, but for what it searches. */
async function conditionsOf(db: Db, params: QueryParams<'list_orders'>): Promise<Prisma.Sql[]> {
  const { ids, status, statuses, clientId, assigneeId, from, before, short, sort } = params;
  const { only } = SORTS[sort];
  const held = OrderStatus.options.filter(isHeld);
  return [
    ...(only ? [only] : []),
    ...(ids ? [Prisma.sql`o.id = ANY(${ids}::uuid[])`] : []),
    ...(status ? [Prisma.sql`o.status = ${status}`] : []),
    ...(statuses ? [Prisma.sql`o.status = ANY(${statuses})`] : []),
    ...(clientId ? [Prisma.sql`o.client_id = ANY(${await clientIdsWithMerged(db, clientId)}::uuid[])`] : []),
    ...(assigneeId === 'none' ? [Prisma.sql`o.assignee_id IS NULL`] : []),
    ...(assigneeId && assigneeId !== 'none' ? [Prisma.sql`o.assignee_id = ${assigneeId}`] : []),
    ...(from ? [Prisma.sql`o.created_at >= ${new Date(from)}`] : []),
    ...(before ? [Prisma.sql`o.created_at < ${new Date(before)}`] : []),
    ...(short
      ? [
          Prisma.sql`o.status = ANY(${held})`,
          Prisma.sql`o.id IN (SELECT order_id FROM order_line WHERE order_line.short > 0)`,
        ]
      : []),
  ];
}

function searched(q: string): Prisma.Sql {
  const number = asNumber(q);
  const like = likeHolding(q);
  return Prisma.sql`(
    ${number === null ? Prisma.sql`FALSE` : Prisma.sql`o.number = ${number}`} OR o.search LIKE ${like}
    OR EXISTS (SELECT FROM order_line ol WHERE ol.order_id = o.id AND ol.search LIKE ${like}))`;
}

export const orderQueryHandlers: Pick<QueryHandlers, 'list_orders' | 'get_order' | 'get_order_history'> = {
  list_orders: async (db, params) => {
    const { q, sort, cursor, limit, compact } = params;
    const { orderBy, after } = SORTS[sort];
    const last = decodeCursor(SortKey, cursor);
    const conditions = await conditionsOf(db, params);
    if (q !== undefined) conditions.push(searched(q));
    const where = Prisma.join([Prisma.sql`TRUE`, ...conditions], ' AND ');
    const [ids, total] = await Promise.all([
      db.$queryRaw<{ id: string }[]>`
        SELECT o.id FROM "order" o WHERE ${where} AND ${last ? after(last) : Prisma.sql`TRUE`}
        ORDER BY ${orderBy} LIMIT ${limit + 1}`,
      countOf(db, Prisma.sql`FROM "order" o WHERE ${where}`, q !== undefined),
    ]);
    const orders = await readOrders(
      db,
      ids.map(({ id }) => id),
      { compact },
    );
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
