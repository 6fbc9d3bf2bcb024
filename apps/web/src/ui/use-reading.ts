import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react';

/** Whoever has just scrolled a list with a finger goes on reading it for a while after lifting the finger. */
const AFTER_TOUCH_MS = 2500;
/** When a dialog opens from a menu, nothing has the focus for a moment. */
const AFTER_FOCUS_MS = 100;

type Sign = 'mouse' | 'touch' | 'focus';

export interface Reading {
  readonly reading: boolean;
  /** Takes it that nobody reads any more, until there is another sign of it. */
  readonly stop: () => void;
  /** For the element that is read. */
  readonly bind: {
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: (event: PointerEvent) => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: () => void;
  };
}

const signOf = ({ pointerType }: PointerEvent): Sign => (pointerType === 'mouse' ? 'mouse' : 'touch');

/**
 * Whether somebody is reading an element whose contents change: a mouse is over it, a finger is or was just on it, or
 * the keyboard is in it or in a menu or dialog that was opened from it. Where a mouse has clicked does not count: the
 * focus stays there when the mouse has long gone.
 */
export function useReading(): Reading {
  const [reading, setReading] = useState(false);
  const signs = useRef(new Set<Sign>());
  const endings = useRef(new Map<Sign, ReturnType<typeof setTimeout>>());
  const stop = (): void => {
    for (const ending of endings.current.values()) clearTimeout(ending);
    signs.current.clear();
    setReading(false);
  };
  useEffect(
    () => () => {
      for (const ending of endings.current.values()) clearTimeout(ending);
    },
    [],
  );
  const begin = (sign: Sign): void => {
    clearTimeout(endings.current.get(sign));
    signs.current.add(sign);
    setReading(true);
  };
  const end = (sign: Sign): void => {
    signs.current.delete(sign);
    setReading(signs.current.size > 0);
  };
  const endAfter = (sign: Sign, ms: number): void => {
    clearTimeout(endings.current.get(sign));
    endings.current.set(
      sign,
      setTimeout(() => end(sign), ms),
    );
  };
  return {
    reading,
    stop,
    bind: {
      onPointerEnter: (event) => begin(signOf(event)),
      onPointerLeave: (event) =>
        signOf(event) === 'mouse' ? end('mouse') : endAfter('touch', AFTER_TOUCH_MS),
      onFocus: ({ target, currentTarget }) => {
        // React tells of the focus in a menu too, which is drawn elsewhere in the document.
        if (target.matches(':focus-visible') || !currentTarget.contains(target)) begin('focus');
      },
      onBlur: () => endAfter('focus', AFTER_FOCUS_MS),
    },
  };
}
