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
  // Counted in rows instead of pixels, so that the state changes only when another row comes into sight. Read
  // on scroll and resize, and not after each render: at the end of a list a render moves the window, and the
  // two would go on correcting each other.
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
