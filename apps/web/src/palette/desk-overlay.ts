import { createStore } from 'zustand/vanilla';

export type Overlay = 'palette' | 'help' | 'new_order' | 'receive' | 'new_client' | 'sign_out';

/** What was given to the palette before it has come, and whether Enter was. */
export interface Ahead {
  readonly typed: string;
  readonly entered: boolean;
}

const NONE: Ahead = { typed: '', entered: false };
let ahead = NONE;
/** The key pressed last since the palette was asked for. */
let held: string | null = null;

/**
 * Keeps a key for the palette, which is still on its way; false where the key is nothing to it. One that is held down
 * since before, as the one that asked for the palette, is for nobody: it is taken, and not kept.
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

/** What lies over whichever page, opened by keys or from the palette. */
export const overlay = createStore<Overlay | null>(() => null);
export function openOverlay(which: Overlay): void {
  ahead = NONE;
  held = null;
  overlay.setState(which, true);
}
export const closeOverlay = (): void => overlay.setState(null, true);
