import type { Order } from '@almenara/events';
import { useFormats } from '../../../i18n/format.ts';
import { orderName } from '../../../i18n/order-name.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { PendingMark } from '../../../realtime/index.ts';
import { Badge } from '../../../ui/badge.tsx';
import { isShort, lineCountOf } from '../held/missing.ts';

/** What a card says, also while it hangs under the pointer. */
export function CardFace({ order, assignee }: { order: Order; assignee: string | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <span className="flex items-baseline justify-between gap-2 pr-7 text-sm text-soft">
        <span className="flex items-center gap-1.5">
          <span className="font-semibold">{orderName(order.number)}</span>
          <PendingMark id={order.id} />
        </span>
        <time dateTime={order.createdAt}>{formats.when(order.createdAt)}</time>
      </span>
      <span className="mt-0.5 line-clamp-2 font-semibold break-words">{order.clientName}</span>
      <span className="mt-1 flex flex-wrap items-baseline justify-between gap-x-2 text-sm">
        <span className="text-soft">{t('orders.lines', { count: lineCountOf(order) })}</span>
        <span className="font-semibold">{formats.money(order.total)}</span>
      </span>
      {(isShort(order) || order.backOrderOf !== undefined || assignee !== null) && (
        <span className="mt-1.5 flex min-w-0 flex-wrap items-center gap-1.5">
          {isShort(order) && <Badge tone="bad">{t('orders.short_badge')}</Badge>}
          {order.backOrderOf !== undefined && <Badge>{t('orders.back_order_badge')}</Badge>}
          {assignee !== null && <span className="truncate text-sm text-soft">{assignee}</span>}
        </span>
      )}
    </>
  );
}
