import { NEXT_STATUS, type Order, type OrderStatus } from '@almenara/events';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useErrorText } from '../../forms/command-error.tsx';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useCommand } from '../../realtime/index.ts';
import { lazyPart } from '../../ui/lazy-part.tsx';
import { toast } from '../../ui/toast.ts';
import { orderInAnswer } from './conflict-answer.ts';

const Confirm = lazyPart(async () => (await import('../../ui/confirm.tsx')).Confirm);

export const mayMove = (order: Order, to: OrderStatus): boolean => NEXT_STATUS[order.status].includes(to);

interface Move {
  readonly key: number;
  readonly order: Order;
  readonly to: OrderStatus;
}

export interface OrderMover {
  /** Moves an order on; asks first where that cannot be taken back. Does nothing where the step is not allowed. */
  readonly move: (order: Order, to: OrderStatus) => void;
  /** What sends, asks and tells: belongs on the page once. */
  readonly underWay: ReactNode;
}

interface MoveListeners {
  /** A move goes out. */
  readonly onSend: (orderId: string, to: OrderStatus) => void;
  /** Told what happened, for those who do not see it. */
  readonly say: (text: string) => void;
}

/** Moves of any orders, several at once. */
export function useMoveOrder({ onSend, say }: MoveListeners): OrderMover {
  const { t } = useTranslation();
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [asking, setAsking] = useState<Order | null>(null);
  const next = useRef(0);

  const send = (order: Order, to: OrderStatus): void => {
    next.current += 1;
    const key = next.current;
    onSend(order.id, to);
    setMoves((before) => [...before, { key, order, to }]);
  };
  const move = (order: Order, to: OrderStatus): void => {
    if (!mayMove(order, to)) return;
    if (to === 'cancelled') setAsking(order);
    else send(order, to);
  };
  const underWay = (
    <>
      {moves.map((each) => (
        <MoveUnderWay
          key={each.key}
          move={each}
          say={say}
          onSettled={() => setMoves((before) => before.filter(({ key }) => key !== each.key))}
        />
      ))}
      {asking !== null && (
        <Confirm
          title={t('order.cancel_title', { number: asking.number })}
          text={t('order.cancel_text')}
          confirm={t('order.cancel_confirm')}
          keep={t('order.cancel_keep')}
          pending={false}
          onConfirm={() => {
            send(asking, 'cancelled');
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  );
  return { move, underWay };
}

interface MoveUnderWayProps {
  readonly move: Move;
  readonly say: (text: string) => void;
  readonly onSettled: () => void;
}

/** Each move under way is a command of its own: the next card can be moved before the first has its answer. */
function MoveUnderWay({ move: { order, to }, say, onSettled }: MoveUnderWayProps): null {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const change = useCommand('change_order_status');
  const sent = useRef(false);

  const begin = useEffectEvent(async () => {
    const result = await change.run({ orderId: order.id, status: to, expectedVersion: order.version });
    if (!result) return;
    say(t('orders.moved', { number: order.number, client: order.clientName, status: t(`status.${to}`) }));
    onSettled();
  });
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    void begin();
  }, []);

  const { error } = change;
  const tell = useEffectEvent(() => {
    if (!error) return;
    const title = t('orders.not_moved', { number: order.number, status: t(`status.${to}`) });
    const now = orderInAnswer(error);
    const reason = now
      ? `${errorText(error)} ${t('orders.now_status', { status: t(`status.${now.status}`) })}`
      : errorText(error);
    toast.error(title, { description: reason });
    say(`${title} ${reason}`);
    onSettled();
  });
  useEffect(() => tell(), [error]);
  return null;
}
