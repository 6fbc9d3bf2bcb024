import { ORDER_STATUSES, type Order, OrderStatus } from '@almenara/events';
import {
  type Announcements,
  DndContext,
  type DragEndEvent,
  DragOverlay,
  type DragStartEvent,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCanWrite } from '../../people/me.ts';
import { BoardColumn } from './board-column.tsx';
import { useColumns } from './board-columns.ts';
import { cardOf, onBoardKey } from './board-keys.ts';
import { CardFace } from './card-face.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { mayMove, useMoveOrder } from './use-move-order.tsx';

interface BoardProps {
  readonly orders: readonly Order[];
  readonly names: ReadonlyMap<string, string>;
  /** Null while nothing is being selected. */
  readonly selected: ReadonlySet<string> | null;
  readonly onSelect: (orderId: string) => void;
}

export function Board({ orders, names, selected, onSelect }: BoardProps) {
  const { t } = useTranslation();
  const canWrite = useCanWrite();
  const columns = useColumns(orders);
  const board = useRef<HTMLElement>(null);
  const [said, setSaid] = useState('');
  const { move, underWay } = useMoveOrder(setSaid);
  const [carried, setCarried] = useState<Order | null>(null);
  const [choosing, setChoosing] = useState<string | null>(null);
  const following = useRef<string | null>(null);
  const [followed, setFollowed] = useState<string | null>(null);
  const openMenu = useCallback((order: Order) => setChoosing(order.id), []);
  const byId = useMemo(() => new Map(orders.map((order) => [order.id, order])), [orders]);
  const chosen = choosing === null ? undefined : byId.get(choosing);

  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    // A finger that moves at once scrolls.
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );
  const announcements = useAnnouncements(byId);

  // A card that goes to another column takes the focus along with it.
  useEffect(() => {
    const { current } = following;
    if (current === null || document.activeElement !== document.body || !board.current) return;
    cardOf(board.current, current)?.focus();
  }, [columns]);

  const onDragStart = ({ active }: DragStartEvent): void => setCarried(byId.get(String(active.id)) ?? null);
  const onDragEnd = ({ active, over }: DragEndEvent): void => {
    setCarried(null);
    const order = byId.get(String(active.id));
    const to = OrderStatus.safeParse(over?.id);
    if (order && to.success) move(order, to.data);
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements, screenReaderInstructions: { draggable: '' } }}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragCancel={() => setCarried(null)}
    >
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
        onFocus={(event) => {
          following.current = event.target.dataset.order ?? null;
          setFollowed(following.current);
        }}
        className="relative -mx-4 flex flex-1 snap-x scroll-px-4 gap-2.5 overflow-x-auto px-4 pb-2 lg:mx-0 lg:px-0"
      >
        {ORDER_STATUSES.map((status) => (
          <BoardColumn
            key={status}
            status={status}
            orders={columns[status]}
            names={names}
            takes={carried === null ? null : carried.status === status ? null : mayMove(carried, status)}
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
      <DragOverlay dropAnimation={null}>
        {carried && (
          <div className="rotate-1 cursor-grabbing rounded-lg border border-signal bg-raised px-3 py-2.5 shadow-lift">
            <CardFace
              order={carried}
              assignee={carried.assigneeId === null ? null : (names.get(carried.assigneeId) ?? null)}
            />
          </div>
        )}
      </DragOverlay>
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
    </DndContext>
  );
}

/** What dragging says to those who do not see it. */
function useAnnouncements(orders: ReadonlyMap<string, Order>): Announcements {
  const { t } = useTranslation();
  const number = (id: string | number): number => orders.get(String(id))?.number ?? 0;
  const status = (id: string | number): string => {
    const parsed = OrderStatus.safeParse(id);
    return parsed.success ? t(`status.${parsed.data}`) : '';
  };
  return {
    onDragStart: ({ active }) => t('orders.drag_start', { number: number(active.id) }),
    onDragOver: ({ active, over }) =>
      over
        ? t('orders.drag_over', { number: number(active.id), status: status(over.id) })
        : t('orders.drag_nowhere', { number: number(active.id) }),
    // The move itself says what came of it.
    onDragEnd: ({ active, over }) =>
      over ? undefined : t('orders.drag_cancelled', { number: number(active.id) }),
    onDragCancel: ({ active }) => t('orders.drag_cancelled', { number: number(active.id) }),
  };
}
