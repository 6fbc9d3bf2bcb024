import { isHeld, ORDER_STATUSES, type TopicView } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { unheldStatuses } from './held-orders.ts';
import { type OldestOrders, type OldestRules, oldestHeld } from './oldest-held.ts';
import { ORDERINGS } from './order-filter.ts';
import type { PagedList } from './paged-orders.ts';
import { useMergedOrders } from './use-merged-orders.ts';
import { usePagedOrders } from './use-paged-orders.ts';

const HELD = { status: ORDER_STATUSES.filter(isHeld) };

/** As `oldestHeld` of a desk that the window does not hold whole: at least `rows` of them; null while they are not known. */
export function useOldestOrders(
  view: TopicView<'orders'>,
  rules: OldestRules,
  rows: number,
): OldestOrders | null {
  const { short, before } = rules;
  const asks = useMemo(() => unheldStatuses(view, HELD).length > 0, [view]);
  const store = usePagedOrders<'oldest'>(
    asks,
    `${short} ${before}`,
    () => new Map([['oldest', listOf(rules, rows)]]),
  );
  const { orders: all, held } = useMergedOrders(view, store);
  const state = store?.state('oldest');
  const orders = useMemo(
    () => (store ? store.shown('oldest', all, held) : oldestHeld(all, rules).orders),
    [store, all, held, before],
  );
  // When people deal with the orders that were read first, more are asked for to take their place.
  const wantsMore =
    state !== undefined && state.problem === null && (!state.begun || (!state.whole && orders.length < rows));
  useEffect(() => {
    if (store && wantsMore) store.more('oldest', held);
  }, [store, wantsMore, state?.loading]);

  const heldOnly = asks && state !== undefined && !state.begun && state.problem !== null;
  const count = state?.begun && !state.whole ? Math.max(state.total ?? 0, orders.length) : orders.length;
  const known = !asks || state?.begun || heldOnly ? { orders, count, heldOnly } : null;
  // What counts as late changes with the clock, which makes it another question: the last answer shows until
  // the new one comes.
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
