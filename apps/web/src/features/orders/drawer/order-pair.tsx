import type { Order } from '@almenara/events';
import { Link } from '@tanstack/react-router';
import { orderName } from '../../../i18n/order-name.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { readOrdersSearch } from '../held/orders-search.ts';
import { useOrder } from '../held/use-order.ts';

/** The order before or after this one, where goods that were missing made two of one. */
export function OrderPair({ order }: { order: Order }) {
  const { t } = useTranslation();
  return (
    <>
      {order.backOrderOf !== undefined && <Other label={t('order.waits_for')} orderId={order.backOrderOf} />}
      {order.backOrderId !== undefined && (
        <Other label={t('order.followed_by')} orderId={order.backOrderId} />
      )}
    </>
  );
}

function Other({ label, orderId }: { label: string; orderId: string }) {
  const { t } = useTranslation();
  const found = useOrder(orderId);
  return (
    <p className="text-sm text-soft">
      {label}{' '}
      {found.kind === 'found' ? (
        <Link
          to="/orders/$orderId"
          params={{ orderId }}
          search={readOrdersSearch}
          resetScroll={false}
          className="font-medium text-cool underline pointer-coarse:inline-flex pointer-coarse:min-h-[44px] pointer-coarse:items-center"
        >
          {orderName(found.order.number)} · {t(`status.${found.order.status}`)}
        </Link>
      ) : (
        '…'
      )}
    </p>
  );
}
