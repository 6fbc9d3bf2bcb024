import { type RefObject, useLayoutEffect, useState, useSyncExternalStore } from 'react';

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

/** Of a long list in a page that scrolls, the rows that the window shows. `body` is what holds them. */
export function useRowsInSight(
  body: RefObject<HTMLElement | null>,
  { count, height, beyond }: Rows,
): RowsInSight {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    if (body.current) setTop(Math.round(body.current.getBoundingClientRect().top + window.scrollY));
  }, [body]);
  // Numbers of rows, not of pixels: what is read stays the same until another row comes into sight.
  const firstSeen = useSyncExternalStore(subscribe, () => Math.floor((window.scrollY - top) / height));
  const seen = useSyncExternalStore(subscribe, () => Math.ceil(window.innerHeight / height));
  const first = Math.min(Math.max(0, firstSeen - beyond), Math.max(0, count - seen));
  const end = Math.max(first, Math.min(count, firstSeen + seen + 1 + beyond));
  return {
    indexes: Array.from({ length: end - first }, (_, i) => first + i),
    before: first * height,
    after: (count - end) * height,
  };
}
