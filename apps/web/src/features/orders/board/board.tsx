import { ORDER_STATUSES, type Order, type OrderStatus } from '@almenara/events';
import { useLocation } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { useCanWrite } from '../../../people/me.ts';
import { lazyPart } from '../../../ui/lazy-part.tsx';
import {
  type ColumnEnds,
  hasArrived,
  NOTHING_BEYOND,
  type OwnMove,
  useColumns,
} from '../held/board-columns.ts';
import type { OrdersSearch } from '../held/orders-search.ts';
import { mayMove, useMoveOrder } from '../move/use-move-order.tsx';
import { BoardColumn } from './board-column.tsx';
import type { Carried, Grab } from './board-dragging.tsx';
import { cardOf, onBoardKey, orderOf } from './board-keys.ts';
import { revealCard } from './reveal-card.ts';
import { useInTurn } from './use-in-turn.ts';
import { useOpenCard } from './use-open-card.ts';

const MoveDialog = lazyPart(async () => (await import('../move/move-dialog.tsx')).MoveDialog);
/** Loaded after the board has been drawn: people look at it before they drag a card. */
const BoardDragging = lazyPart(async () => (await import('./board-dragging.tsx')).BoardDragging, {
  quiet: true,
});

interface BoardProps {
  readonly orders: readonly Order[];
  /** What there is beyond these; left out where these are all. */
  readonly ends?: ColumnEnds;
  readonly onMore?: (status: OrderStatus) => void;
  /** The filters that these orders answer. */
  readonly search: OrdersSearch;
  readonly names: ReadonlyMap<string, string>;
  /** Null while nothing is being selected. */
  readonly selected: ReadonlySet<string> | null;
  readonly onSelect: (orderId: string) => void;
}

export function Board({ orders, ends, onMore, search, names, selected, onSelect }: BoardProps) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const { searchStr } = useLocation();
  const { drawn: columns, drawWith } = useInTurn(useColumns(orders), search);
  const { openId, onClick, onNear } = useOpenCard();
  const board = useRef<HTMLElement>(null);
  const grab = useRef<Grab | null>(null);
  const [said, setSaid] = useState('');
  const sent = useRef<OwnMove | null>(null);
  const { move, underWay } = useMoveOrder({
    say: setSaid,
    onSend: (orderId, to) => {
      drawWith(orderId, to);
      sent.current = { orderId, to };
    },
  });
  // With other filters the moved card may not be on the board at all: the board must not scroll to it later.
  useEffect(() => {
    sent.current = null;
  }, [search]);
  const [carried, setCarried] = useState<Carried | null>(null);
  const [choosing, setChoosing] = useState<string | null>(null);
  // Dragging and the dialog of `m` are loaded once the board is drawn and no drawer lies over it.
  const [drawn, setDrawn] = useState(false);
  useEffect(() => setDrawn(true), []);
  const usable = drawn && openId === undefined;
  useEffect(() => {
    if (usable && canWrite) MoveDialog.preload();
  }, [usable, canWrite]);
  const following = useRef<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  const openMenu = useCallback((order: Order) => setChoosing(order.id), []);
  const byId = useMemo(() => new Map(orders.map((order) => [order.id, order])), [orders]);
  const chosen = choosing === null ? undefined : byId.get(choosing);

  // After a move the board scrolls to the card's new place, and a card that had the focus keeps it in the other
  // column.
  useEffect(() => {
    if (!board.current) return;
    const own = sent.current;
    const hasCome = own !== null && hasArrived(columns, own);
    if (hasCome) sent.current = null;
    const scrolls = hasCome && revealCard(board.current, own.orderId, own.to);
    const { current } = following;
    if (current === null || document.activeElement !== document.body) return;
    // A dialog over the board keeps the focus.
    if (document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
    cardOf(board.current, current)?.focus({ preventScroll: scrolls });
  }, [columns]);

  // When the drawer closes, the board scrolls to its order, which may have been moved on meanwhile.
  const wasOpen = useRef(openId);
  useEffect(() => {
    const before = wasOpen.current;
    wasOpen.current = openId;
    if (openId !== undefined || before === undefined || !board.current) return;
    const order = byId.get(before);
    if (order) revealCard(board.current, order.id, order.status);
  }, [openId, byId]);

  return (
    <>
      <section
        ref={board}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, with the keyboard too
        tabIndex={0}
        aria-label={t('orders.board')}
        aria-describedby="board-keys"
        onKeyDown={(event) =>
          onBoardKey(event, {
            move: (orderId) => {
              const order = byId.get(orderId);
              if (canWrite && order) setChoosing(orderId);
            },
            select: onSelect,
          })
        }
        onClick={onClick}
        onMouseOver={onNear}
        onMouseDown={(event) => grab.current?.(event)}
        onTouchStart={(event) => grab.current?.(event)}
        onFocus={(event) => {
          onNear(event);
          following.current = orderOf(event.target);
          setFollowed(following.current);
        }}
        className="relative -mx-4 flex flex-1 snap-x scroll-px-4 gap-2.5 overflow-x-auto px-4 pb-2 lg:mx-0 lg:px-0"
      >
        {ORDER_STATUSES.map((status) => (
          <BoardColumn
            key={status}
            status={status}
            orders={columns[status]}
            {...(ends?.[status] ?? { count: columns[status].length, ...NOTHING_BEYOND })}
            onMore={onMore}
            names={names}
            takes={
              carried === null || carried.order.status === status ? null : mayMove(carried.order, status)
            }
            isOver={carried?.over === status}
            carriedId={carried?.order.status === status ? carried.order.id : null}
            filters={searchStr}
            openId={columns[status].find(({ id }) => id === openId)?.id ?? null}
            onMenu={canWrite ? openMenu : null}
            selected={selected}
            onSelect={onSelect}
            followed={columns[status].findIndex(({ id }) => id === followed)}
          />
        ))}
      </section>
      <p id="board-keys" hidden>
        {t('orders.board_keys')}
      </p>
      <output className="sr-only" aria-live="polite">
        {said}
      </output>
      {usable && canWrite && (
        <BoardDragging
          board={board}
          grab={grab}
          orders={byId}
          names={names}
          onCarry={setCarried}
          onDrop={move}
        />
      )}
      {chosen && (
        <MoveDialog
          order={chosen}
          onMove={(to) => {
            setChoosing(null);
            move(chosen, to);
          }}
          onClose={() => setChoosing(null)}
        />
      )}
      {underWay}
    </>
  );
}
