import { type Missing, NEXT_STATUS, type Order, type OrderStatus } from '@almenara/events';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useErrorText } from '../../../forms/command-error.tsx';
import { withTexts } from '../../../i18n/i18n.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCommand } from '../../../realtime/index.ts';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import { toast } from '../../../ui/toast.ts';
import { asksAbout } from '../held/missing.ts';
import { orderInAnswer } from './conflict-answer.ts';

const Confirm = lazyPart(async () => (await import('../../../ui/confirm.tsx')).Confirm);
const MissingDialog = lazyPart(
  withTexts(['order'], async () => (await import('./missing-dialog.tsx')).MissingDialog),
);

export const mayMove = (order: Order, to: OrderStatus): boolean => NEXT_STATUS[order.status].includes(to);

interface Move {
  readonly key: number;
  readonly order: Order;
  readonly to: OrderStatus;
  readonly missing?: Missing | undefined;
}

export interface OrderMover {
  /** Moves an order on or back; asks first where that cannot be taken back, or goods are missing. Does nothing where the step is not allowed. */
  readonly move: (order: Order, to: OrderStatus) => void;
  /** The dialogs and announcements of the moves: to be put on the page once. */
  readonly underWay: ReactNode;
}

interface MoveListeners {
  /** Called when a move is sent. */
  readonly onSend: (orderId: string, to: OrderStatus) => void;
  /** Says the result aloud, for people who do not see the card move. */
  readonly say: (text: string) => void;
}

/** Moves of any orders, several at once. */
export function useMoveOrder({ onSend, say }: MoveListeners): OrderMover {
  const { t } = useTranslation();
  const [moves, setMoves] = useState<readonly Move[]>([]);
  const [asking, setAsking] = useState<{ order: Order; to: 'packed' | 'shipped' | 'cancelled' } | null>(null);
  const next = useRef(0);

  const send = (order: Order, to: OrderStatus, missing?: Missing): void => {
    next.current += 1;
    const key = next.current;
    onSend(order.id, to);
    setMoves((before) => [...before, { key, order, to, missing }]);
  };
  const move = (order: Order, to: OrderStatus): void => {
    if (!mayMove(order, to)) return;
    if (to === 'cancelled' || ((to === 'packed' || to === 'shipped') && asksAbout(order, to)))
      setAsking({ order, to });
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
      {asking?.to === 'cancelled' && (
        <Confirm
          title={t('order.cancel_title', { number: asking.order.number })}
          text={t('order.cancel_text')}
          confirm={t('order.cancel_confirm')}
          keep={t('order.cancel_keep')}
          pending={false}
          onConfirm={() => {
            send(asking.order, 'cancelled');
            setAsking(null);
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking !== null && asking.to !== 'cancelled' && (
        <MissingDialog
          order={asking.order}
          to={asking.to}
          onGo={(order, missing) => {
            send(order, asking.to, missing);
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
function MoveUnderWay({ move: { order, to, missing }, say, onSettled }: MoveUnderWayProps): null {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const change = useCommand('change_order_status');
  const sent = useRef(false);

  const begin = useEffectEvent(async () => {
    const result = await change.run({
      orderId: order.id,
      status: to,
      expectedVersion: order.version,
      ...(missing && { missing }),
    });
    if (!result) return;
    const moved = { number: order.number, client: order.clientName, status: t(`status.${to}`) };
    const backOrder = result.kind === 'done' ? result.output.backOrder : undefined;
    if (backOrder) toast.success(t('order.moved_in_two', { number: order.number, other: backOrder.number }));
    say(t('orders.moved', moved));
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
