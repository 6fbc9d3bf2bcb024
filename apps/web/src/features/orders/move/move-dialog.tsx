import { isStepBack, NEXT_STATUS, type Order, type OrderStatus } from '@almenara/events';
import type { KeyboardEvent } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { useMoveText } from './use-move-text.ts';

interface MoveDialogProps {
  readonly order: Order;
  readonly onMove: (to: OrderStatus) => void;
  readonly onClose: () => void;
}

/** Where a card may go, for fingers and keyboards that do not drag. */
export function MoveDialog({ order, onMove, onClose }: MoveDialogProps) {
  const { t } = useTranslation();
  const textOf = useMoveText();
  return (
    <Dialog
      title={t('orders.move_title', { number: order.number })}
      description={t('orders.move_from', { client: order.clientName, status: t(`status.${order.status}`) })}
      onClose={onClose}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows go from button to button, beside Tab */}
      <div className="flex flex-col gap-2 px-5 pt-1 pb-5" onKeyDown={walk}>
        {NEXT_STATUS[order.status].map((status, i) => (
          <Button
            key={status}
            look={
              status === 'cancelled' ? 'danger' : isStepBack(order.status, status) ? 'secondary' : 'primary'
            }
            autoFocus={i === 0}
            onClick={() => onMove(status)}
          >
            {textOf(order, status)}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button.isSameNode(document.activeElement));
  buttons[(at + by + buttons.length) % buttons.length]?.focus();
  event.preventDefault();
}
