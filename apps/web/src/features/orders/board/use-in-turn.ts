import { ORDER_STATUSES, type OrderStatus } from '@almenara/events';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Columns, hasArrived, type OwnMove } from '../held/board-columns.ts';

/** A move changes two columns: those are drawn together. */
const TOGETHER = 2;
/**
 * The time between two columns. Each is drawn in a frame of its own, and the frames between are free for
 * whoever works here.
 */
const TURN_MS = 60;

interface InTurn {
  /** The columns to draw. */
  readonly drawn: Columns;
  /** For the user's own moves: once the order has reached that column, all columns are drawn at once. */
  readonly drawWith: (orderId: string, to: OrderStatus) => void;
}

const staleOf = (shown: Columns, columns: Columns): OrderStatus[] =>
  ORDER_STATUSES.filter((status) => shown[status] !== columns[status]);

/**
 * What the board draws of columns that change. Where others change many at once, one is drawn after the other: all in
 * one picture take several pictures' time, in which nothing moves. `asked`: what the columns are of; other ones are
 * drawn at once.
 */
export function useInTurn(columns: Columns, asked: unknown): InTurn {
  const [drawn, setDrawn] = useState(columns);
  const awaited = useRef<OwnMove | null>(null);
  const drawWith = useCallback((orderId: string, to: OrderStatus) => {
    awaited.current = { orderId, to };
  }, []);
  const stale = staleOf(drawn, columns);
  const inTurn = stale.length > TOGETHER;
  const now = useRef({ columns, drawn, asked });
  useLayoutEffect(() => {
    const isOther = now.current.asked !== asked;
    now.current = { columns, drawn, asked };
    const own = awaited.current;
    const hasCome = own !== null && hasArrived(columns, own);
    if (hasCome) awaited.current = null;
    if (stale.length > 0 && (!inTurn || hasCome || isOther)) setDrawn(columns);
  });
  useEffect(() => {
    if (!inTurn) return;
    let last = -1;
    const turn = setInterval(() => {
      const waiting = staleOf(now.current.drawn, now.current.columns);
      const next = waiting.find((status) => ORDER_STATUSES.indexOf(status) > last) ?? waiting[0];
      if (next === undefined) return;
      last = ORDER_STATUSES.indexOf(next);
      setDrawn({ ...now.current.drawn, [next]: now.current.columns[next] });
    }, TURN_MS);
    return () => clearInterval(turn);
  }, [inTurn]);
  return { drawn, drawWith };
}
