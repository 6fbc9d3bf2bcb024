import { ORDER_STATUSES, type Order, type OrderStatus } from '@almenara/events';
import {
  type Announcements,
  DndContext,
  DragOverlay,
  MouseSensor,
  pointerWithin,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import { type RefObject, type SyntheticEvent, useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTranslation } from '../../../i18n/use-translation.ts';
import { mayMove } from '../move/use-move-order.tsx';
import { CardFace } from './card-face.tsx';

/** The card under way, and the column that it is over. */
export interface Carried {
  readonly order: Order;
  readonly over: OrderStatus | null;
}

/** What the board does where a card is pressed. */
export type Grab = (event: SyntheticEvent<HTMLElement>) => void;

interface BoardDraggingProps {
  readonly board: RefObject<HTMLElement | null>;
  /** The board calls what is put here when a card is pressed: it is drawn before this part has been loaded. */
  readonly grab: RefObject<Grab | null>;
  readonly orders: ReadonlyMap<string, Order>;
  readonly names: ReadonlyMap<string, string>;
  readonly onCarry: (carried: Carried | null) => void;
  readonly onDrop: (order: Order, to: OrderStatus) => void;
}

const statusOf = (id: unknown): OrderStatus | null => ORDER_STATUSES.find((status) => status === id) ?? null;

/** Makes the cards of a board that stands draggable. It draws nothing itself but the card under way. */
export function BoardDragging({ board, grab, orders, names, onCarry, onDrop }: BoardDraggingProps) {
  const [carried, setCarried] = useState<Order | null>(null);
  const pressed = useRef<Order | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    // A finger has to rest before it picks a card up: one that moves at once scrolls.
    useSensor(TouchSensor, { activationConstraint: { delay: 250, tolerance: 8 } }),
  );
  const announcements = useAnnouncements(pressed);
  const end = (): void => {
    setCarried(null);
    onCarry(null);
  };
  // This part is removed when a drawer opens over the board: a card that is being dragged is then put back.
  const letGo = useEffectEvent(() => onCarry(null));
  useEffect(() => () => letGo(), []);
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={pointerWithin}
      accessibility={{ announcements, screenReaderInstructions: { draggable: '' } }}
      onDragStart={() => {
        setCarried(pressed.current);
        onCarry(pressed.current && { order: pressed.current, over: null });
      }}
      onDragOver={({ over }) =>
        onCarry(pressed.current && { order: pressed.current, over: statusOf(over?.id) })
      }
      onDragEnd={({ over }) => {
        end();
        const to = statusOf(over?.id);
        if (pressed.current && to) onDrop(pressed.current, to);
      }}
      onDragCancel={end}
    >
      <Card
        grab={grab}
        onPress={(id) => {
          pressed.current = orders.get(id) ?? null;
        }}
      />
      {ORDER_STATUSES.map((status) => (
        <Column
          key={status}
          board={board}
          status={status}
          takes={carried !== null && carried.status !== status && mayMove(carried, status)}
        />
      ))}
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
    </DndContext>
  );
}

interface CardProps {
  readonly grab: BoardDraggingProps['grab'];
  readonly onPress: (orderId: string) => void;
}

/**
 * One draggable for all cards, which stands for the pressed one: hundreds would have to be set up for the one
 * that is dragged.
 */
function Card({ grab, onPress }: CardProps): null {
  const { setNodeRef, listeners } = useDraggable({ id: 'card' });
  useEffect(() => {
    grab.current = (event) => {
      if (!(event.target instanceof Element)) return;
      const card = event.target.closest<HTMLElement>('[data-drags]');
      if (!card?.dataset.drags) return;
      setNodeRef(card);
      onPress(card.dataset.drags);
      listeners?.[event.type === 'touchstart' ? 'onTouchStart' : 'onMouseDown']?.(event);
    };
    return () => {
      grab.current = null;
    };
  });
  return null;
}

interface ColumnProps {
  readonly board: BoardDraggingProps['board'];
  readonly status: OrderStatus;
  readonly takes: boolean;
}

function Column({ board, status, takes }: ColumnProps): null {
  const { setNodeRef } = useDroppable({ id: status, disabled: !takes });
  useEffect(() => {
    setNodeRef(board.current?.querySelector<HTMLElement>(`[data-status="${status}"]`) ?? null);
  }, [board, status, setNodeRef]);
  return null;
}

/** What dragging says to those who do not see it. */
function useAnnouncements(pressed: RefObject<Order | null>): Announcements {
  const { t } = useTranslation();
  const number = (): number => pressed.current?.number ?? 0;
  return {
    onDragStart: () => t('orders.drag_start', { number: number() }),
    onDragOver: ({ over }) => {
      const status = statusOf(over?.id);
      return status
        ? t('orders.drag_over', { number: number(), status: t(`status.${status}`) })
        : t('orders.drag_nowhere', { number: number() });
    },
    // A drop on a column is announced by the move that follows from it.
    onDragEnd: ({ over }) => (over ? undefined : t('orders.drag_cancelled', { number: number() })),
    onDragCancel: () => t('orders.drag_cancelled', { number: number() }),
  };
}
