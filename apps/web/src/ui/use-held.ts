import { useState } from 'react';
import { type Reading, useReading } from './use-reading.ts';

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
  readonly bind: Reading['bind'];
}

/** Holds still a value that changes while somebody reads what is shown of it, or has paused it. */
export function useHeld<T>(live: T): Held<T> {
  const { reading, bind } = useReading();
  const [paused, setPaused] = useState(false);
  const [kept, setKept] = useState({ value: live });
  const held = reading || paused;
  if (!held && kept.value !== live) setKept({ value: live });
  return {
    shown: held ? kept.value : live,
    held,
    paused,
    setPaused,
    catchUp: () => setKept({ value: live }),
    bind,
  };
}
