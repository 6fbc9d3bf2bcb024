import { isHeld, ORDER_STATUSES, type Order, type TopicView } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { unheldStatuses } from './held-orders.ts';
import { ORDERINGS } from './order-filter.ts';
import type { PagedList } from './paged-orders.ts';
import { useMergedOrders } from './use-merged-orders.ts';
import { usePagedOrders } from './use-paged-orders.ts';

const HELD = { status: ORDER_STATUSES.filter(isHeld) };
const NO_VIEW: TopicView<'orders'> = {
  orders: [],
  counts: { placed: 0, picking: 0, packed: 0, shipped: 0, delivered: 0, cancelled: 0 },
  total: 0,
  truncated: false,
};

export interface OldestRules {
  /** Only those that are short of goods. */
  readonly short?: true;
  /** Only those placed before this moment, as ISO 8601. */
  readonly before?: string;
  readonly fits: (order: Order) => boolean;
}

export interface OldestOrders {
  readonly orders: readonly Order[];
  /** How many there are in all, here or not. */
  readonly count: number;
  /** The server could not be asked: these are what the window holds of them. */
  readonly heldOnly: boolean;
}

/** Orders in the house that something is the matter with, at least the oldest `rows` of them; null while they are not known. */
export function useOldestOrders(
  given: TopicView<'orders'> | null,
  rules: OldestRules,
  rows: number,
): OldestOrders | null {
  const view = given ?? NO_VIEW;
  const { short, before, fits } = rules;
  const asks = useMemo(() => unheldStatuses(view, HELD).length > 0, [view]);
  const store = usePagedOrders<'oldest'>(
    asks,
    `${short} ${before}`,
    () => new Map([['oldest', listOf(rules, rows)]]),
  );
  const { orders: all, held } = useMergedOrders(view, store);
  const state = store?.state('oldest');
  const orders = useMemo(
    () =>
      store
        ? store.shown('oldest', all, held)
        : all.filter((order) => isHeld(order.status) && fits(order)).sort(ORDERINGS.oldest),
    [store, all, held, before],
  );
  // What was read first is dealt with: the next ones move up.
  const wantsMore = state !== undefined && !state.whole && state.problem === null && orders.length < rows;
  useEffect(() => {
    if (store && (wantsMore || !state?.begun)) store.more('oldest', held);
  }, [store, wantsMore, state?.loading]);

  const heldOnly = asks && state !== undefined && !state.begun && state.problem !== null;
  const count = state?.begun && !state.whole ? Math.max(state.total ?? 0, orders.length) : orders.length;
  const known = given !== null && (!asks || state?.begun || heldOnly) ? { orders, count, heldOnly } : null;
  // The question changes with time; what was known stays until the next answer.
  const [last, setLast] = useState(known);
  const isOther = last?.orders !== orders || last.count !== count || last.heldOnly !== heldOnly;
  if (known !== null && isOther) setLast(known);
  return known ?? last;
}

function listOf({ short, before, fits }: OldestRules, rows: number): PagedList {
  return {
    fits: (order) => isHeld(order.status) && fits(order),
    compare: ORDERINGS.oldest,
    windowFirst: false,
    params: {
      statuses: HELD.status.join(','),
      sort: 'oldest',
      ...(short && { short: 'true' }),
      ...(before !== undefined && { before }),
    },
    page: rows,
    counted: true,
  };
}
