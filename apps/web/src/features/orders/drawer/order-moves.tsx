import { isStepBack, type Missing, NEXT_STATUS, type Order, type OrderStatus } from '@almenara/events';
import { useRef, useState } from 'react';
import { CommandError } from '../../../forms/command-error.tsx';
import { withTexts } from '../../../i18n/i18n.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { Button } from '../../../ui/button.tsx';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { toast } from '../../../ui/toast.ts';
import { asksAbout } from '../held/missing.ts';
import { useMoveText } from '../move/use-move-text.ts';

const Confirm = lazyPart(async () => (await import('../../../ui/confirm.tsx')).Confirm);

const MissingDialog = lazyPart(
  withTexts(['order'], async () => (await import('../move/missing-dialog.tsx')).MissingDialog),
);

/** What may happen to an order next: one step on, or back, or out. */
export function OrderMoves({ order }: { order: Order }) {
  const { t } = useTranslation();
  const change = useCommand('change_order_status');
  const [asked, setAsked] = useState<OrderStatus | null>(null);
  const [confirming, setConfirming] = useState(false);
  const [leaving, setLeaving] = useState<'packed' | 'shipped' | null>(null);
  /** The order's version in the answer to the last step: the event with it may reach the page a little later. */
  const answered = useRef(0);
  const textOf = useMoveText();
  const next = NEXT_STATUS[order.status];
  if (next.length === 0 && !change.error) return null;

  const move = async (status: OrderStatus, now = order, missing?: Missing): Promise<void> => {
    setAsked(status);
    const result = await change.run({
      orderId: order.id,
      status,
      expectedVersion: Math.max(now.version, answered.current),
      ...(missing && { missing }),
    });
    // Closes only the question about this step: one about the next step may be open by now.
    if (status === 'cancelled') setConfirming(false);
    setLeaving((asking) => (asking === status ? null : asking));
    if (result?.kind !== 'done') return;
    const { backOrder, order: moved } = result.output;
    answered.current = moved.version;
    toast.success(
      backOrder
        ? t('order.moved_in_two', { number: order.number, other: backOrder.number })
        : t('order.moved', { number: order.number, status: t(`status.${status}`) }),
    );
  };
  const ask = (status: OrderStatus): void => {
    if ((status === 'packed' || status === 'shipped') && asksAbout(order, status)) setLeaving(status);
    else void move(status);
  };
  const button = (status: OrderStatus) => {
    const back = isStepBack(order.status, status);
    return (
      <Button
        key={status}
        look={back ? 'secondary' : 'primary'}
        className={back ? '' : 'max-sm:flex-1'}
        pending={change.pending && asked === status}
        // The step shows at once, but its version is known only from the answer: another step before that would
        // be refused as a conflict.
        aria-disabled={change.pending}
        onClick={() => !change.pending && ask(status)}
      >
        {textOf(order, status)}
      </Button>
    );
  };

  return (
    <div className="flex flex-col gap-2 border-t border-line px-5 pt-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <CommandError error={change.error} />
      <div className="flex flex-wrap justify-between gap-2">
        <div className="flex flex-wrap gap-2">
          {next.includes('cancelled') && (
            <Button look="danger" onClick={() => setConfirming(true)}>
              {t('order.to_status.cancelled')}
            </Button>
          )}
          {next.filter((status) => isStepBack(order.status, status)).map(button)}
        </div>
        {next.filter((status) => status !== 'cancelled' && !isStepBack(order.status, status)).map(button)}
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
      {leaving !== null && (
        <MissingDialog
          order={order}
          to={leaving}
          pending={change.pending}
          onGo={(now, missing) => void move(leaving, now, missing)}
          onClose={() => setLeaving(null)}
        />
      )}
    </div>
  );
}
