import { type RefObject, useLayoutEffect, useState } from 'react';

interface Rows {
  readonly count: number;
  /** Of every row, in px: rows that are as high as each other need no measuring, and no library that measures. */
  readonly height: number;
  /** How many are drawn beyond the edges of the window, so that a quick scroll does not outrun them. */
  readonly beyond: number;
}

interface RowsInSight {
  /** The rows to draw. */
  readonly indexes: readonly number[];
  /** The height of those before and after them, which are not there. */
  readonly before: number;
  readonly after: number;
}

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener('scroll', listener, { passive: true });
  window.addEventListener('resize', listener);
  return () => {
    window.removeEventListener('scroll', listener);
    window.removeEventListener('resize', listener);
  };
};

const rowsSeen = (height: number): number => Math.ceil(window.innerHeight / height);

/** Of a long list in a page that scrolls, the rows that the window shows. `body` is what holds them. */
export function useRowsInSight(
  body: RefObject<HTMLElement | null>,
  { count, height, beyond }: Rows,
): RowsInSight {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setTop(Math.round(body.current.getBoundingClientRect().top + window.scrollY));
  }, [body]);
  // Numbers of rows, not of pixels: what is read stays the same until another row comes into sight. It is read when the
  // window tells, and not after each drawing: at the end of a list what is drawn moves the window, and the two would go
  // on correcting each other within one turn.
  const [{ firstSeen, seen }, setSight] = useState({ firstSeen: 0, seen: rowsSeen(height) });
  useLayoutEffect(() => {
    const look = (): void => {
      const now = { firstSeen: Math.floor((window.scrollY - top) / height), seen: rowsSeen(height) };
      setSight((before) => (before.firstSeen === now.firstSeen && before.seen === now.seen ? before : now));
    };
    look();
    return subscribe(look);
  }, [top, height]);
  const first = Math.min(Math.max(0, firstSeen - beyond), Math.max(0, count - seen));
  const end = Math.max(first, Math.min(count, firstSeen + seen + 1 + beyond));
  return {
    indexes: Array.from({ length: end - first }, (_, i) => first + i),
    before: first * height,
    after: (count - end) * height,
  };
}
