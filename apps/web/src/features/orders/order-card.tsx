import type { Order } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../i18n/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { isShort } from './board-columns.ts';

interface OrderCardProps {
  readonly order: Order;
  readonly assignee: string | null;
}

/** Drawn anew only for another version: a snapshot brings new objects that say the same. */
export const OrderCard = memo(Card, (a, b) => {
  return a.order.id === b.order.id && a.order.version === b.order.version && a.assignee === b.assignee;
});

function Card({ order, assignee }: OrderCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Link
      to="/orders/$orderId"
      params={{ orderId: order.id }}
      resetScroll={false}
      className="block rounded-lg border border-line bg-surface px-3 py-2.5 transition-colors hover:border-edge aria-[current=page]:border-signal aria-[current=page]:shadow-[inset_3px_0_0_var(--signal)]"
    >
      <span className="flex items-baseline justify-between gap-2 text-sm text-soft">
        <span className="font-semibold">#{order.number}</span>
        <time dateTime={order.createdAt}>{formats.when(order.createdAt)}</time>
      </span>
      <span className="mt-0.5 line-clamp-2 font-semibold break-words">{order.clientName}</span>
      <span className="mt-1 flex flex-wrap items-baseline justify-between gap-x-2 text-sm">
        <span className="text-soft">{t('orders.lines', { count: order.lines.length })}</span>
        <span className="font-semibold">{formats.money(order.total)}</span>
      </span>
      {(isShort(order) || assignee !== null) && (
        <span className="mt-1.5 flex min-w-0 flex-wrap items-center gap-1.5">
          {isShort(order) && <Badge tone="bad">{t('orders.short_badge')}</Badge>}
          {assignee !== null && <span className="truncate text-sm text-soft">{assignee}</span>}
        </span>
      )}
    </Link>
  );
}
