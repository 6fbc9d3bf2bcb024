import { type PointerEvent, useEffect, useRef } from 'react';

/** A finger that has been lifted comes back: so long one still reads. */
const TOUCH_MS = 2500;
const FOCUS_MS = 100;

type Reason = 'mouse' | 'touch' | 'focus';

interface Holdable {
  hold(): void;
  release(): void;
}

/** Holds a list while a mouse is over it, a finger was just on it, or the focus is in it or in a dialog opened from it. */
export function useHoldStill(list: Holdable) {
  const reasons = useRef(new Set<Reason>());
  const timers = useRef(new Map<Reason, ReturnType<typeof setTimeout>>());
  useEffect(
    () => () => {
      for (const timer of timers.current.values()) clearTimeout(timer);
      list.release();
    },
    [list],
  );
  const add = (reason: Reason): void => {
    clearTimeout(timers.current.get(reason));
    reasons.current.add(reason);
    list.hold();
  };
  const drop = (reason: Reason, afterMs: number): void => {
    clearTimeout(timers.current.get(reason));
    const timer = setTimeout(() => {
      reasons.current.delete(reason);
      if (reasons.current.size === 0) list.release();
    }, afterMs);
    timers.current.set(reason, timer);
  };
  return {
    onPointerEnter: ({ pointerType }: PointerEvent) => add(pointerType === 'mouse' ? 'mouse' : 'touch'),
    onPointerLeave: ({ pointerType }: PointerEvent) =>
      pointerType === 'mouse' ? drop('mouse', 0) : drop('touch', TOUCH_MS),
    onFocus: () => add('focus'),
    // Between a menu and the dialog it opens the focus is nowhere for a moment.
    onBlur: () => drop('focus', FOCUS_MS),
  };
}
