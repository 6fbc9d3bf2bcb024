import { createStore } from 'zustand/vanilla';

export type Overlay = 'palette' | 'help' | 'new_order' | 'receive' | 'new_client' | 'sign_out';

/** What was given to the palette before it has come, and whether Enter was. */
export interface Ahead {
  readonly typed: string;
  readonly entered: boolean;
}

const NONE: Ahead = { typed: '', entered: false };
let ahead = NONE;

/** Keeps a key for the palette, which is still on its way; false where the key is nothing to it. */
export function keyAhead(key: string): boolean {
  if (key === 'Enter') ahead = { ...ahead, entered: true };
  else if (key === 'Backspace') ahead = { typed: ahead.typed.slice(0, -1), entered: false };
  else if (key.length === 1) ahead = { typed: ahead.typed + key, entered: false };
  else return false;
  return true;
}
export const givenAhead = (): Ahead => ahead;

/** What lies over whichever page, opened by keys or from the palette. */
export const overlay = createStore<Overlay | null>(() => null);
export function openOverlay(which: Overlay): void {
  ahead = NONE;
  overlay.setState(which, true);
}
export const closeOverlay = (): void => overlay.setState(null, true);
