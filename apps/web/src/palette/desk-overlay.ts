import { createStore } from 'zustand/vanilla';

export type Overlay = 'palette' | 'help' | 'new_order' | 'receive' | 'new_client';

/** What lies over whichever page, opened by keys or from the palette. */
export const overlay = createStore<Overlay | null>(() => null);
export const openOverlay = (which: Overlay): void => overlay.setState(which, true);
export const closeOverlay = (): void => overlay.setState(null, true);
