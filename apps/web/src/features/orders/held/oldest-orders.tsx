import type { TopicView } from '@almenara/events';
import type { ReactNode } from 'react';
import type { OldestOrders, OldestRules } from './oldest-held.ts';
import { useOldestOrders } from './use-oldest-orders.ts';

interface PagedOldestProps {
  readonly view: TopicView<'orders'>;
  readonly rules: OldestRules;
  /** At least so many of them, if there are. */
  readonly rows: number;
  readonly children: (found: OldestOrders | null) => ReactNode;
}

/** The oldest orders that are late or lack goods, on a desk of which only part of the orders is here. */
export function PagedOldest({ view, rules, rows, children }: PagedOldestProps) {
  return children(useOldestOrders(view, rules, rows));
}
