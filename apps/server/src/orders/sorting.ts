import type { Order, OrderSort } from '@almenara/events';
import { z } from 'zod';
import type { Prisma } from '../database/client.ts';

const OrderNumber = z.int().min(0).max(2_147_483_647);
/** The sort key of a page's last row: its value (the number itself where that is what is sorted by) and its number. */
export const SortKey = z.tuple([z.union([z.int(), z.iso.datetime()]), OrderNumber]);
type Key = z.infer<typeof SortKey>;

interface Sorting {
  readonly orderBy: readonly Prisma.OrderOrderByWithRelationInput[];
  /** What comes after a key. */
  readonly after: (key: Key) => Prisma.OrderWhereInput;
}

// A key of another sorting is no key of this one: it begins somewhere, and nothing fails.
const amount = (value: Key[0]): bigint => BigInt(typeof value === 'number' ? value : 0);
const moment = (value: Key[0]): Date => new Date(typeof value === 'string' ? value : 0);

/** The number tells equals apart, the newest first. */
export const SORTS: Readonly<Record<OrderSort, Sorting>> = {
  newest: {
    orderBy: [{ number: 'desc' }],
    after: ([, number]) => ({ number: { lt: number } }),
  },
  oldest: {
    orderBy: [{ number: 'asc' }],
    after: ([, number]) => ({ number: { gt: number } }),
  },
  changed: {
    orderBy: [{ updatedAt: 'desc' }, { number: 'desc' }],
    after: ([value, number]) => {
      const at = moment(value);
      return { OR: [{ updatedAt: { lt: at } }, { updatedAt: at, number: { lt: number } }] };
    },
  },
  largest: {
    orderBy: [{ amount: 'desc' }, { number: 'desc' }],
    after: ([value, number]) => ({
      OR: [{ amount: { lt: amount(value) } }, { amount: amount(value), number: { lt: number } }],
    }),
  },
  smallest: {
    orderBy: [{ amount: 'asc' }, { number: 'desc' }],
    after: ([value, number]) => ({
      OR: [{ amount: { gt: amount(value) } }, { amount: amount(value), number: { lt: number } }],
    }),
  },
};

export function sortKey(sort: OrderSort, order: Order): Key {
  if (sort === 'changed') return [order.updatedAt, order.number];
  if (sort === 'largest' || sort === 'smallest') return [order.total.amount, order.number];
  return [order.number, order.number];
}
