import { type RefObject, useEffect, useRef, useState } from 'react';

const AT_ONCE = 12;
/** About three cards: a larger margin would draw more cards in every column that nobody sees. */
const MARGIN = '300px';

/**
 * How many of a long list are drawn: those in sight and some more, and the next ones before they come into sight. What
 * nobody sees costs nothing when it changes. @returns the number, and a ref for what stands at the end of the list
 */
export function useDrawn(count: number): { drawn: number; end: RefObject<HTMLLIElement | null> } {
  const end = useRef<HTMLLIElement>(null);
  const [drawn, setDrawn] = useState(
    typeof IntersectionObserver === 'undefined' ? Number.POSITIVE_INFINITY : AT_ONCE,
  );
  const more = drawn < count;
  useEffect(() => {
    if (!more || !end.current) return;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setDrawn(drawn + AT_ONCE);
      },
      { rootMargin: MARGIN },
    );
    watch.observe(end.current);
    return () => watch.disconnect();
  }, [drawn, more]);
  return { drawn: Math.min(drawn, count), end };
}
