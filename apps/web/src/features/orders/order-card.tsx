import type { Order } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { sameOrder } from './board-columns.ts';
import { CardFace } from './card-face.tsx';
import { readOrdersSearch } from './orders-search.ts';

interface OrderCardProps {
  readonly order: Order;
  readonly assignee: string | null;
}

/** Drawn anew only for another state of its order. */
export const OrderCard = memo(Card, (a, b) => sameOrder(a.order, b.order) && a.assignee === b.assignee);

function Card({ order, assignee }: OrderCardProps) {
  return (
    <Link
      to="/orders/$orderId"
      params={{ orderId: order.id }}
      search={readOrdersSearch}
      resetScroll={false}
      data-order={order.id}
      // A link drags its address otherwise, instead of the card.
      draggable={false}
      className="block rounded-lg border border-line bg-surface px-3 py-2.5 transition-colors select-none [-webkit-touch-callout:none] hover:border-edge aria-[current=page]:border-signal aria-[current=page]:shadow-[inset_3px_0_0_var(--signal)]"
    >
      <CardFace order={order} assignee={assignee} />
    </Link>
  );
}
