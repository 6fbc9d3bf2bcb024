import { type Order, OrderHistoryItem, Order as OrderSchema } from '@almenara/events';
import { type Db, Prisma } from '../database/client.ts';

interface EventRow {
  readonly seq: number;
  readonly type: string;
  readonly data: object;
  readonly at: Date;
  readonly userId: string | null;
}

/** Word for word the expression of index `event_of_order`, or it would not be used. */
const ofOrder = (orderId: string) => Prisma.sql`
  topic = 'orders' AND coalesce(data -> 'order' ->> 'id', data -> 'return' ->> 'orderId') = ${orderId}`;

/** What the log holds of an order, the latest first, before a position if one is given. */
export async function eventsOfOrder(
  db: Db,
  orderId: string,
  before: number | null,
  take: number,
): Promise<{ events: EventRow[]; total: number }> {
  const earlier = before === null ? Prisma.empty : Prisma.sql`AND seq < ${before}`;
  const [events, counts] = await Promise.all([
    db.$queryRaw<EventRow[]>`
      SELECT seq::float8 AS seq, type, data, at, user_id AS "userId" FROM event
      WHERE ${ofOrder(orderId)} ${earlier} ORDER BY seq DESC LIMIT ${take}`,
    db.$queryRaw<{ n: number }[]>`SELECT count(*)::int AS n FROM event WHERE ${ofOrder(orderId)}`,
  ]);
  return { events, total: counts[0]?.n ?? 0 };
}

/** The order as the last event before a position left it; null where it was not there yet. */
export async function orderBefore(db: Db, orderId: string, seq: number): Promise<Order | null> {
  const [row] = await db.$queryRaw<{ order: unknown }[]>`
    SELECT data -> 'order' AS "order" FROM event
    WHERE ${ofOrder(orderId)} AND seq < ${seq} AND data ? 'order' ORDER BY seq DESC LIMIT 1`;
  return row ? OrderSchema.parse(row.order) : null;
}

/** The log holds nothing that has not passed its schema: what is read here is what was recorded. */
export const toHistoryItem = ({ seq, type, data, at, userId }: EventRow) =>
  OrderHistoryItem.parse({ ...data, seq, type, at: at.toISOString(), userId });
