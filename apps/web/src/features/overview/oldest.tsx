import type { TopicView } from '@almenara/events';
import { type ReactNode, useMemo } from 'react';
import { type OldestOrders, type OldestRules, oldestHeld, PagedOldest } from '../orders/index.ts';
import { ROWS } from './attention-card.tsx';

interface OldestProps {
  readonly view: TopicView<'orders'> | null;
  /** Must stay the same object while the question is the same. */
  readonly rules: OldestRules;
  /** Null while they are not known. */
  readonly children: (found: OldestOrders | null) => ReactNode;
}

/**
 * Orders not shipped yet that are late or lack goods, the oldest first: all of them, or the first ones and how
 * many there are.
 */
export function Oldest({ view, rules, children }: OldestProps) {
  const held = useMemo(() => view && !view.truncated && oldestHeld(view.orders, rules), [view, rules]);
  if (!view?.truncated) return children(held || null);
  return (
    <PagedOldest view={view} rules={rules} rows={ROWS}>
      {children}
    </PagedOldest>
  );
}
