import { createStore } from 'zustand/vanilla';

export type Overlay = 'palette' | 'help' | 'new_order' | 'receive' | 'new_client' | 'sign_out';

let ahead = '';
/** What is typed into the palette before it has come. */
export const typeAhead = (key: string): void => {
  ahead += key;
};
export const typedAhead = (): string => ahead;

/** What lies over whichever page, opened by keys or from the palette. */
export const overlay = createStore<Overlay | null>(() => null);
export function openOverlay(which: Overlay): void {
  ahead = '';
  overlay.setState(which, true);
}
export const closeOverlay = (): void => overlay.setState(null, true);
