import { NEXT_STATUS, type Order, type OrderStatus } from '@almenara/events';
import { useState } from 'react';
import { CommandError } from '../../forms/command-error.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCommand } from '../../realtime/index.ts';
import { Button } from '../../ui/button.tsx';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { toast } from '../../ui/toast.ts';

const Confirm = lazyPart(async () => (await import('../../ui/confirm.tsx')).Confirm);

/** What may happen to an order next: one step on, or out. */
export function OrderMoves({ order }: { order: Order }) {
  const { t } = useTranslation();
  const change = useCommand('change_order_status');
  const [asked, setAsked] = useState<OrderStatus | null>(null);
  const [confirming, setConfirming] = useState(false);
  const next = NEXT_STATUS[order.status];
  if (next.length === 0 && !change.error) return null;

  const move = async (status: OrderStatus): Promise<void> => {
    setAsked(status);
    const result = await change.run({ orderId: order.id, status, expectedVersion: order.version });
    setConfirming(false);
    if (result?.kind === 'done')
      toast.success(t('order.moved', { number: order.number, status: t(`status.${status}`) }));
  };

  return (
    <div className="flex flex-col gap-2 border-t border-line px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <CommandError error={change.error} />
      <div className="flex flex-wrap justify-between gap-2">
        {next.includes('cancelled') ? (
          <Button look="danger" onClick={() => setConfirming(true)}>
            {t('order.to_status.cancelled')}
          </Button>
        ) : (
          <span />
        )}
        {next
          .filter((status) => status !== 'cancelled')
          .map((status) => (
            <Button
              key={status}
              look="primary"
              pending={change.pending && asked === status}
              onClick={() => void move(status)}
            >
              {t(`order.to_status.${status}`)}
            </Button>
          ))}
      </div>
      {confirming && (
        <Confirm
          title={t('order.cancel_title', { number: order.number })}
          text={t('order.cancel_text')}
          confirm={t('order.cancel_confirm')}
          keep={t('order.cancel_keep')}
          pending={change.pending}
          onConfirm={() => void move('cancelled')}
          onClose={() => setConfirming(false)}
        />
      )}
    </div>
  );
}
