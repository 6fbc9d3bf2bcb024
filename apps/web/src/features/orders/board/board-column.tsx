import { isClosed, type Order, type OrderStatus } from '@almenara/events';
import { clsx } from 'clsx';
import { memo, useRef, useState } from 'react';
import { useFormats } from '../../../i18n/format.ts';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { Alert } from '../../../ui/alert.tsx';
import { Button } from '../../../ui/button.tsx';
import { useGliding } from '../../../ui/use-gliding.ts';
import { FIRST_CLOSED } from '../held/board-columns.ts';
import { BoardCard } from './board-card.tsx';
import { COLUMN_WIDTH } from './board-skeleton.tsx';
import { useDrawn } from './use-drawn.ts';

const FIRST_OPEN = 50;

interface BoardColumnProps {
  readonly status: OrderStatus;
  readonly orders: readonly Order[];
  /** How many it has in all, here or not; null while that is not known. */
  readonly count: number | null;
  /** There may be more than `count`. */
  readonly isAtLeast: boolean;
  /** More of it is on the way. */
  readonly loading: boolean;
  /** Why more of it could not be read. */
  readonly problem: string | null;
  readonly onMore: ((status: OrderStatus) => void) | undefined;
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
  count,
  isAtLeast,
  loading,
  problem,
  onMore,
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
  const formats = useFormats();
  const [shown, setShown] = useState(isClosed(status) ? FIRST_CLOSED : FIRST_OPEN);
  const here = Math.min(shown, orders.length);
  const hidden = Math.max(count ?? 0, orders.length) - here;
  const number = count === null ? '…' : `${formats.number(count)}${isAtLeast ? '+' : ''}`;
  const more = (): void => {
    setShown(here + FIRST_OPEN);
    if (here + FIRST_OPEN > orders.length) onMore?.(status);
  };
  const { drawn, end } = useDrawn(here);
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
          {takes === true ? t('orders.drop_here') : number}
        </span>
        <span className="sr-only">
          {count === null
            ? t('orders.loading_more')
            : isAtLeast
              ? t('orders.column_at_least', { count })
              : t('orders.column_count', { count })}
        </span>
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
        {orders.length === 0 && !loading && problem === null && count === 0 && (
          <li className="px-2 py-6 text-center text-sm text-soft">{t('orders.empty_column')}</li>
        )}
        <li ref={end} aria-hidden className="-mt-2" />
        {problem !== null && here === orders.length && (
          <li>
            <Alert tone="warn">{hidden > 0 ? t('orders.rest_unread', { count: hidden }) : problem}</Alert>
          </li>
        )}
        {(hidden > 0 || loading || problem !== null) && (
          <li>
            <Button
              look="ghost"
              className="w-full"
              pending={loading && here === orders.length}
              onClick={more}
            >
              {problem !== null
                ? t('action.retry')
                : hidden > 0
                  ? t('orders.more', { count: Math.min(hidden, FIRST_OPEN) })
                  : t('orders.loading_more')}
            </Button>
          </li>
        )}
      </ul>
    </section>
  );
});
