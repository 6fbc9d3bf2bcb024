import type { Order } from '@almenara/events';
import { memo } from 'react';
import { sameOrder } from '../held/board-columns.ts';
import { CardFace } from './card-face.tsx';

interface OrderCardProps {
  readonly order: Order;
  readonly assignee: string | null;
  /** The drawer shows it. */
  readonly isOpen: boolean;
  /** Of the address, as `?q=deli`: the filters stay, in a new tab too. */
  readonly filters: string;
}

/** Drawn anew only for another state of its order. */
export const OrderCard = memo(
  Card,
  (a, b) =>
    sameOrder(a.order, b.order) &&
    a.assignee === b.assignee &&
    a.isOpen === b.isOpen &&
    a.filters === b.filters,
);

/**
 * A plain link, whose clicks the board handles (`use-open-card.ts`): each of the router's links has listeners
 * of its own, which is much for hundreds of cards.
 */
function Card({ order, assignee, isOpen, filters }: OrderCardProps) {
  return (
    <a
      href={`/orders/${order.id}${filters}`}
      aria-current={isOpen ? 'page' : undefined}
      data-order={order.id}
      // Otherwise the browser drags the link's address instead of the card.
      draggable={false}
      className="block rounded-lg border border-line bg-surface px-3 py-2.5 transition-colors select-none [-webkit-touch-callout:none] hover:border-edge aria-[current=page]:border-signal aria-[current=page]:shadow-[inset_3px_0_0_var(--signal)]"
    >
      <CardFace order={order} assignee={assignee} />
    </a>
  );
}
