import type { Order } from '@almenara/events';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { PendingMark } from '../../../realtime/index.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Badge } from '../../../ui/badge.tsx';
import { Drawer } from '../../../ui/drawer.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { Skeleton } from '../../../ui/placeholder.tsx';
import { readOrdersSearch } from '../held/orders-search.ts';
import { useOrder } from '../held/use-order.ts';
import { OrderDetails } from './order-details.tsx';

const Confirm = lazyPart(async () => (await import('../../../ui/confirm.tsx')).Confirm);

/** Keeps the height of the line, so that nothing moves when somebody comes. */
const NobodyYet = <div className="min-h-5" />;
const OrderViewers = lazyPart(async () => (await import('./order-viewers.tsx')).OrderViewers, {
  placeholder: NobodyYet,
  quiet: true,
});

const OrderEditor = lazyPart(async () => (await import('../edit/order-editor.tsx')).OrderEditor);

/** /orders/$orderId: the order beside the board. */
export function OrderRoute() {
  const { t } = useTranslation();
  const { orderId } = useParams({ from: '/desk/orders/$orderId' });
  const navigate = useNavigate();
  const found = useOrder(orderId);
  const close = (): void => void navigate({ to: '/orders', search: readOrdersSearch, resetScroll: false });
  if (found.kind === 'found') return <OrderDrawer key={orderId} order={found.order} onClose={close} />;
  return (
    <Drawer title={t('order.loading')} onClose={close}>
      <div className="flex flex-col gap-4 p-5">
        {found.kind === 'failed' && <Alert tone="bad">{found.message}</Alert>}
        {found.kind === 'loading' && (
          <>
            <Skeleton className="h-14" />
            <Skeleton className="h-40" />
            <Skeleton className="h-24" />
          </>
        )}
      </div>
    </Drawer>
  );
}

export function OrderDrawer({ order, onClose }: { order: Order; onClose: () => void }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  // The list of other viewers waits for the server anyway: its code is loaded after the order has been drawn.
  const drawn = useDeferredValue(true, false);
  const [dirty, setDirty] = useState(false);
  const [leaving, setLeaving] = useState<'editor' | 'drawer' | null>(null);
  const leave = (from: 'editor' | 'drawer'): void => {
    setLeaving(null);
    setEditing(false);
    if (from === 'drawer') onClose();
  };
  const title = (
    <span className="flex flex-wrap items-center gap-2">
      {t('orders.number', { number: order.number })}
      <PendingMark id={order.id} labelled />
      {order.status === 'cancelled' && <Badge tone="bad">{t('status.cancelled')}</Badge>}
    </span>
  );
  return (
    <Drawer title={title} onClose={() => (dirty ? setLeaving('drawer') : onClose())}>
      <div className="-mb-3 px-5 pt-2">{drawn ? <OrderViewers orderId={order.id} /> : NobodyYet}</div>
      {editing ? (
        <OrderEditor
          order={order}
          onDone={() => setEditing(false)}
          onCancel={() => (dirty ? setLeaving('editor') : setEditing(false))}
          onDirty={setDirty}
        />
      ) : (
        <OrderDetails order={order} onEdit={() => setEditing(true)} />
      )}
      {leaving !== null && (
        <Confirm
          title={t('order.leave_title')}
          text={t('order.leave_text')}
          confirm={t('order.leave_confirm')}
          keep={t('order.leave_keep')}
          pending={false}
          onConfirm={() => leave(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
    </Drawer>
  );
}
