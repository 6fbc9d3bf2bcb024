import type { Order, OrderSort } from '@almenara/events';
import { z } from 'zod';
import { Prisma } from '../database/client.ts';

const OrderNumber = z.int().min(0).max(2_147_483_647);
/** The sort key of a page's last row: its value (the number itself where that is what is sorted by) and its number. */
export const SortKey = z.tuple([z.union([z.int(), z.iso.datetime()]), OrderNumber]);
type Key = z.infer<typeof SortKey>;

interface Sorting {
  readonly orderBy: Prisma.Sql;
  /** What comes after a key. */
  readonly after: (key: Key) => Prisma.Sql;
  /** What is listed at all; all where there is none. */
  readonly only?: Prisma.Sql;
}

// A key of another sorting is no key of this one: it begins somewhere, and nothing fails.
const amount = (value: Key[0]): number => (typeof value === 'number' ? value : 0);
const moment = (value: Key[0]): Date => new Date(typeof value === 'string' ? value : 0);

/** The number tells equals apart, the newest first. Of table `"order" o`. */
export const SORTS: Readonly<Record<OrderSort, Sorting>> = {
  newest: {
    orderBy: Prisma.sql`o.number DESC`,
    after: ([, number]) => Prisma.sql`o.number < ${number}`,
  },
  oldest: {
    orderBy: Prisma.sql`o.number`,
    after: ([, number]) => Prisma.sql`o.number > ${number}`,
  },
  changed: {
    orderBy: Prisma.sql`o.updated_at DESC, o.number DESC`,
    after: ([value, number]) => Prisma.sql`(o.updated_at, o.number) < (${moment(value)}, ${number})`,
  },
  closed: {
    orderBy: Prisma.sql`o.closed_at DESC, o.number DESC`,
    after: ([value, number]) => Prisma.sql`(o.closed_at, o.number) < (${moment(value)}, ${number})`,
    only: Prisma.sql`o.closed_at IS NOT NULL`,
  },
  largest: {
    orderBy: Prisma.sql`o.amount DESC, o.number DESC`,
    after: ([value, number]) => Prisma.sql`(o.amount, o.number) < (${amount(value)}, ${number})`,
  },
  smallest: {
    orderBy: Prisma.sql`o.amount, o.number DESC`,
    after: ([value, number]) => Prisma.sql`o.amount >= ${amount(value)}
      AND (o.amount > ${amount(value)} OR o.number < ${number})`,
  },
};

export function sortKey(sort: OrderSort, order: Order): Key {
  if (sort === 'changed') return [order.updatedAt, order.number];
  if (sort === 'closed') return [order.closedAt ?? order.updatedAt, order.number];
  if (sort === 'largest' || sort === 'smallest') return [order.total.amount, order.number];
  return [order.number, order.number];
}
