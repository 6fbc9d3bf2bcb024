import { type FocusEvent, type PointerEvent, useState } from 'react';

export interface Held<T> {
  /** What to show: what is live, or what was when the hold began. */
  readonly shown: T;
  readonly held: boolean;
  /** Held until it is let go by hand. */
  readonly paused: boolean;
  readonly setPaused: (paused: boolean) => void;
  /** Goes on to what is live now, and holds that. */
  readonly catchUp: () => void;
  /** For the element whose readers hold it. */
  readonly bind: {
    readonly onPointerEnter: (event: PointerEvent) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: (event: FocusEvent) => void;
    readonly onBlur: (event: FocusEvent) => void;
  };
}

/** Holds still what is being read: while a mouse is over it, the keyboard is in it, or it was paused. */
export function useHeld<T>(live: T): Held<T> {
  const [over, setOver] = useState(false);
  const [inside, setInside] = useState(false);
  const [paused, setPaused] = useState(false);
  const [kept, setKept] = useState({ value: live });
  const held = over || inside || paused;
  if (!held && kept.value !== live) setKept({ value: live });
  return {
    shown: held ? kept.value : live,
    held,
    paused,
    setPaused,
    catchUp: () => setKept({ value: live }),
    bind: {
      // A finger that passes by leaves no mouse behind.
      onPointerEnter: (event) => event.pointerType !== 'touch' && setOver(true),
      onPointerLeave: () => setOver(false),
      onFocus: (event) => event.target.matches(':focus-visible') && setInside(true),
      onBlur: (event) => !event.currentTarget.contains(event.relatedTarget) && setInside(false),
    },
  };
}
