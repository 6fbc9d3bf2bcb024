import { isClosed, type Order } from '@almenara/events';
import { Pencil } from 'lucide-react';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { BeaconTrail } from '../../../ui/beacon-trail.tsx';
import { Button } from '../../../ui/button.tsx';
import { OrderAssignee } from './order-assignee.tsx';
import { OrderHistory } from './order-history.tsx';
import { OrderLines } from './order-lines.tsx';
import { OrderMoves } from './order-moves.tsx';
import { OrderPair } from './order-pair.tsx';
import { OrderPapers } from './order-papers.tsx';

export function OrderDetails({ order, onEdit }: { order: Order; onEdit: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const canWrite = useCanWrite();
  return (
    <>
      <div className="flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto p-5">
        {order.status !== 'cancelled' && <BeaconTrail status={order.status} />}
        <section>
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <h3 className="text-sm text-soft">{t('order.client')}</h3>
              <p className="text-lg leading-snug font-semibold break-words">{order.clientName}</p>
              {order.reference !== null && (
                <p className="text-sm text-soft">{t('orders.reference', { reference: order.reference })}</p>
              )}
              <OrderPair order={order} />
            </div>
            {canWrite && !isClosed(order.status) && (
              <Button icon={<Pencil aria-hidden className="size-4" />} onClick={onEdit}>
                {t('action.edit')}
              </Button>
            )}
          </div>
        </section>
        <OrderLines order={order} />
        <OrderPapers order={order} />
        <OrderAssignee order={order} />
        <section>
          <h3 className="text-sm text-soft">{t('order.notes')}</h3>
          <p className="break-words whitespace-pre-wrap">
            {order.notes || <span className="text-soft">{t('order.notes_empty')}</span>}
          </p>
        </section>
        <OrderHistory order={order} />
        <p className="mt-auto flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
          <span>{t('order.placed_at', { when: formats.dateTime(order.createdAt) })}</span>
          <span>{t('order.updated_at', { when: formats.dateTime(order.updatedAt) })}</span>
          {order.closedAt !== null && (
            <span>{t('order.closed_at', { when: formats.dateTime(order.closedAt) })}</span>
          )}
          <span>{t('order.version', { version: order.version })}</span>
        </p>
      </div>
      {canWrite && <OrderMoves order={order} />}
    </>
  );
}
