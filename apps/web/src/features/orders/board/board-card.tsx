import type { Order } from '@almenara/events';
import { clsx } from 'clsx';
import { type MouseEvent, memo } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { OrderCheckbox } from '../held/order-checkbox.tsx';
import { OrderCard } from './order-card.tsx';

interface BoardCardProps {
  readonly order: Order;
  /** The card is being dragged: what is drawn here is the faded card at the place it came from. */
  readonly carried: boolean;
  readonly assignee: string | null;
  readonly isOpen: boolean;
  readonly filters: string;
  /** Opens the choice of where to; null where nothing may be moved. */
  readonly onMenu: ((order: Order) => void) | null;
  /** Null while nothing is being selected. */
  readonly selected: boolean | null;
  readonly onSelect: (orderId: string) => void;
}

/** A card on the board: dragged, or moved with the menu in its corner. */
export const BoardCard = memo(function BoardCard({
  order,
  carried,
  assignee,
  isOpen,
  filters,
  onMenu,
  selected,
  onSelect,
}: BoardCardProps) {
  const { t } = useTranslation();
  return (
    // A grid lays the button over the card: with absolute positions the browser would make a layer of each, and
    // hundreds take long to paint.
    // biome-ignore lint/a11y/noStaticElementInteractions: what is done with the card is done by the link and button in it
    <div
      data-drags={onMenu === null ? undefined : order.id}
      onContextMenu={withoutLongPress}
      className={clsx('grid touch-manipulation *:[grid-area:1/1]', carried && 'opacity-40')}
    >
      <OrderCard order={order} assignee={assignee} isOpen={isOpen} filters={filters} />
      {selected !== null ? (
        <OrderCheckbox
          order={order}
          selected={selected}
          onSelect={onSelect}
          className="self-start justify-self-end"
        />
      ) : (
        onMenu !== null && (
          <button
            type="button"
            // The keyboard has `m` on the card: a second Tab stop at each card would double the way through the
            // board.
            tabIndex={-1}
            aria-label={t('orders.move_menu', { number: order.number })}
            title={t('orders.move_menu', { number: order.number })}
            onClick={() => onMenu(order)}
            className="m-1 grid size-8 place-items-center self-start justify-self-end rounded-md text-soft hover:bg-sunken hover:text-ink pointer-coarse:-m-0.5 pointer-coarse:size-[44px]"
          >
            {/* A character instead of an icon, which would be six more elements on each of hundreds of cards. */}
            <span aria-hidden className="text-lg leading-none font-bold">
              ⋮
            </span>
          </button>
        )
      )}
    </div>
  );
});

/** A long press picks the card up: the browser's own menu for links would open at the same time. */
function withoutLongPress(event: MouseEvent): void {
  if (event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === 'touch')
    event.preventDefault();
}
