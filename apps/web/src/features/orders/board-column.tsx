import { isClosed, type Order, type OrderStatus } from '@almenara/events';
import { clsx } from 'clsx';
import { memo, useRef, useState } from 'react';
import { useTranslation } from '../../i18n/use-translation.ts';
import { Button } from '../../ui/button.tsx';
import { useGliding } from '../../ui/use-gliding.ts';
import { BoardCard } from './board-card.tsx';
import { COLUMN_WIDTH } from './board-skeleton.tsx';
import { useDrawn } from './use-drawn.ts';

const FIRST_OPEN = 50;
const FIRST_CLOSED = 15;

interface BoardColumnProps {
  readonly status: OrderStatus;
  readonly orders: readonly Order[];
  readonly names: ReadonlyMap<string, string>;
  /** Whether the card under the pointer may be put down here; null while none is carried. */
  readonly takes: boolean | null;
  readonly isOver: boolean;
  /** Of the card under way, where it is one of these. */
  readonly carriedId: string | null;
  /** Of the order in the drawer, where it is one of these. */
  readonly openId: string | null;
  readonly filters: string;
  readonly onMenu: ((order: Order) => void) | null;
  /** Null while nothing is being selected. */
  readonly selected: ReadonlySet<string> | null;
  readonly onSelect: (orderId: string) => void;
  /** The place of the order that the focus follows; -1 if it is not here. */
  readonly followed: number;
}

export const BoardColumn = memo(function BoardColumn({
  status,
  orders,
  names,
  takes,
  isOver,
  carriedId,
  openId,
  filters,
  onMenu,
  selected,
  onSelect,
  followed,
}: BoardColumnProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(isClosed(status) ? FIRST_CLOSED : FIRST_OPEN);
  const hidden = orders.length - shown;
  const { drawn, end } = useDrawn(Math.min(shown, orders.length));
  const list = useRef<HTMLUListElement>(null);
  useGliding(list, orders);
  const headingId = `column-${status}`;
  return (
    <section
      aria-labelledby={headingId}
      data-status={status}
      data-takes={takes ?? undefined}
      className={clsx(
        COLUMN_WIDTH,
        'flex snap-start flex-col rounded-xl bg-sunken outline-2 -outline-offset-2 outline-transparent transition-[outline-color,opacity]',
        takes === true && 'outline-dashed outline-edge!',
        takes === true && isOver && 'bg-signal-wash outline-solid outline-signal!',
        takes === false && 'opacity-55',
      )}
    >
      <h2 id={headingId} className="flex items-center justify-between gap-2 px-3 pt-2.5 pb-2 font-semibold">
        <span className="truncate">{t(`status.${status}`)}</span>
        <span className="text-sm font-medium text-soft" aria-hidden>
          {takes === true ? t('orders.drop_here') : orders.length}
        </span>
        <span className="sr-only">{t('orders.column_count', { count: orders.length })}</span>
      </h2>
      <ul ref={list} className="flex flex-1 flex-col gap-2 px-2 pb-2">
        {orders.slice(0, Math.max(drawn, Math.min(shown, followed + 1))).map((order) => (
          <li key={order.id}>
            <BoardCard
              order={order}
              carried={order.id === carriedId}
              assignee={order.assigneeId === null ? null : (names.get(order.assigneeId) ?? null)}
              isOpen={order.id === openId}
              filters={filters}
              onMenu={isClosed(status) ? null : onMenu}
              selected={selected === null ? null : selected.has(order.id)}
              onSelect={onSelect}
            />
          </li>
        ))}
        {orders.length === 0 && (
          <li className="px-2 py-6 text-center text-sm text-soft">{t('orders.empty_column')}</li>
        )}
        <li ref={end} aria-hidden className="-mt-2" />
        {hidden > 0 && (
          <li>
            <Button look="ghost" className="w-full" onClick={() => setShown(shown + FIRST_OPEN)}>
              {t('orders.more', { count: Math.min(hidden, FIRST_OPEN) })}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
});
