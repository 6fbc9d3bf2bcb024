import { type RefObject, useLayoutEffect, useRef } from 'react';

const GLIDE_MS = 180;
/**
 * With more changes than this in `IN_MS`, rows would never stop gliding, and each that does costs a layer: they
 * jump instead.
 */
const MOST_CHANGES = 4;
const IN_MS = 500;
/** With more new rows than this, it is another list, in which nobody follows single rows. */
const MOST_NEW = 3;

type Places = ReadonlyMap<HTMLElement, number>;

const placesIn = (list: HTMLElement): Places =>
  new Map([...list.children].flatMap((one) => (one instanceof HTMLElement ? [[one, one.offsetTop]] : [])));

export const wantsStillness = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/**
 * What stands in a list glides to its new place when something is put in or taken out above it: eyes and pointers can
 * follow, where a jump would lose them. `items`: what the list shows; another value is another list.
 */
export function useGliding(list: RefObject<HTMLElement | null>, items: unknown): void {
  const places = useRef<Places | null>(null);
  const changes = useRef<readonly number[]>([]);
  useLayoutEffect(() => {
    const { current } = list;
    if (!current || typeof current.animate !== 'function') return undefined;
    const now = performance.now();
    changes.current = [...changes.current.filter((at) => now - at < IN_MS), now];
    if (changes.current.length > MOST_CHANGES) {
      places.current = null;
      const calm = setTimeout(() => {
        places.current = placesIn(current);
      }, IN_MS);
      return () => clearTimeout(calm);
    }
    const before = places.current;
    const after = placesIn(current);
    places.current = after;
    if (before !== null && !wantsStillness()) glide(before, after);
    return undefined;
  }, [items]);
}

function glide(before: Places, after: Places): void {
  const fresh = [...after.keys()].filter((one) => !before.has(one)).length;
  if (fresh > MOST_NEW) return;
  for (const [one, top] of after) {
    const from = before.get(one);
    if (from === undefined || from === top) continue;
    one.animate([{ transform: `translateY(${from - top}px)` }, { transform: 'none' }], {
      duration: GLIDE_MS,
      easing: 'ease-out',
      // Adds up with an animation that is still running.
      composite: 'add',
    });
  }
}
