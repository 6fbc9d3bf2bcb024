import type { Order } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import { useFormats } from '../../../i18n/format.ts';
import { orderName } from '../../../i18n/order-name.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { PendingMark } from '../../../realtime/index.ts';
import { Badge } from '../../../ui/badge.tsx';
import { sameOrder } from '../held/board-columns.ts';
import { isShort, lineCountOf } from '../held/missing.ts';
import { OrderCheckbox } from '../held/order-checkbox.tsx';
import { readOrdersSearch } from '../held/orders-search.ts';

interface OrderRowProps {
  readonly order: Order;
  readonly index: number;
  readonly assignee: string | null;
  readonly selected: boolean | null;
  readonly onSelect: (orderId: string) => void;
}

/** Drawn anew only for another order or another state of it, as the cards are. */
export const OrderRow = memo(
  Row,
  (a, b) =>
    sameOrder(a.order, b.order) &&
    a.index === b.index &&
    a.assignee === b.assignee &&
    a.selected === b.selected &&
    a.onSelect === b.onSelect,
);

function Row({ order, index, assignee, selected, onSelect }: OrderRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <tr aria-rowindex={index} className="relative h-[56px] border-b border-line hover:bg-sunken">
      {selected !== null && (
        <td className="relative z-10">
          <OrderCheckbox order={order} selected={selected} onSelect={onSelect} />
        </td>
      )}
      <th scope="row" className="pr-1 pl-4 font-semibold">
        <Link
          to="/orders/$orderId"
          params={{ orderId: order.id }}
          search={readOrdersSearch}
          resetScroll={false}
          className="after:absolute after:inset-0 aria-[current=page]:after:shadow-[inset_3px_0_0_var(--signal)]"
        >
          {orderName(order.number)}
        </Link>
      </th>
      <td className="px-2">
        <span className="block truncate" title={order.clientName}>
          {order.clientName}
        </span>
        <span className="flex items-center gap-1.5 text-sm text-soft">
          <span className="truncate">
            <span className="sm:hidden">
              {t(`status.${order.status}`)} ·{' '}
              {isShort(order) && <span className="font-semibold text-bad">{t('orders.short_badge')} · </span>}
            </span>
            {t('orders.lines', { count: lineCountOf(order) })}
          </span>
          <PendingMark id={order.id} />
        </span>
      </td>
      <td className="hidden px-2 sm:table-cell">
        <span className="flex flex-col items-start gap-0.5">
          <Badge>{t(`status.${order.status}`)}</Badge>
          {isShort(order) && <Badge tone="bad">{t('orders.short_badge')}</Badge>}
          {order.backOrderOf !== undefined && <Badge>{t('orders.back_order_badge')}</Badge>}
        </span>
      </td>
      <td className="hidden truncate px-2 text-soft xl:table-cell">{assignee ?? t('orders.unassigned')}</td>
      <td className="hidden truncate px-2 text-soft md:table-cell">
        <time dateTime={order.createdAt}>{formats.dateTime(order.createdAt)}</time>
      </td>
      <td className="px-2 pr-4 text-right leading-tight font-medium break-words">
        {formats.money(order.total)}
      </td>
    </tr>
  );
}
