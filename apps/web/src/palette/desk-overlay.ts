import { createStore } from 'zustand/vanilla';

export type Overlay = 'palette' | 'help' | 'new_order' | 'receive' | 'new_client' | 'sign_out';

/** What was given to the palette before it has come, and whether Enter was. */
export interface Ahead {
  readonly typed: string;
  readonly entered: boolean;
}

const NONE: Ahead = { typed: '', entered: false };
let ahead = NONE;
/** The key pressed last since the palette was opened: repeats of another key began before that. */
let held: string | null = null;

/**
 * Keeps a key for the palette, whose code is still loading; false where the palette has no use for the key.
 * Repeats of a key that was held down before, as of the one that opened the palette, are swallowed.
 */
export function keyAhead({ key, repeat }: Pick<KeyboardEvent, 'key' | 'repeat'>): boolean {
  if (key !== 'Enter' && key !== 'Backspace' && key.length !== 1) return false;
  if (repeat && key !== held) return true;
  held = key;
  if (key === 'Enter') ahead = { ...ahead, entered: true };
  else if (key === 'Backspace') ahead = { typed: ahead.typed.slice(0, -1), entered: false };
  else ahead = { typed: ahead.typed + key, entered: false };
  return true;
}
export const givenAhead = (): Ahead => ahead;

/** The dialog that lies over the page, opened by keys or from the palette. */
export const overlay = createStore<Overlay | null>(() => null);
export function openOverlay(which: Overlay): void {
  ahead = NONE;
  held = null;
  overlay.setState(which, true);
}
export const closeOverlay = (): void => overlay.setState(null, true);
