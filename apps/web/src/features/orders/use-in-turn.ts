import { ORDER_STATUSES, type OrderStatus } from '@almenara/events';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Columns } from './board-columns.ts';

/** A move changes two columns, and those are drawn together. */
const TOGETHER = 2;
/** Between one column and the next: each gets a picture of its own, and the pictures between are for whoever works here. */
const TURN_MS = 60;

const staleOf = (shown: Columns, columns: Columns): OrderStatus[] =>
  ORDER_STATUSES.filter((status) => shown[status] !== columns[status]);

/**
 * What the board draws of columns that change. Where many change at once, one is drawn after the other: all in one
 * picture take several pictures' time, in which nothing moves. @returns the columns to draw, and a call after which the
 * next change is drawn whole, as what somebody has just done here
 */
export function useInTurn(columns: Columns): { drawn: Columns; drawAtOnce: () => void } {
  const [drawn, setDrawn] = useState(columns);
  const atOnce = useRef(false);
  const drawAtOnce = useCallback(() => {
    atOnce.current = true;
  }, []);
  const stale = staleOf(drawn, columns);
  const inTurn = stale.length > TOGETHER;
  const now = useRef({ columns, drawn });
  useLayoutEffect(() => {
    now.current = { columns, drawn };
    if (stale.length === 0 || (inTurn && !atOnce.current)) return;
    atOnce.current = false;
    setDrawn(columns);
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
  return { drawn, drawAtOnce };
}
