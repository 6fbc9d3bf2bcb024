import type { LucideIcon } from 'lucide-react';
import { useEffect } from 'react';
import { createStore } from 'zustand/vanilla';

/** Something that can be done from anywhere: offered in the palette and, where it has keys, by them. */
export interface Action {
  readonly id: string;
  readonly group: 'page' | 'action';
  readonly label: string;
  /** Other words that it is found by. */
  readonly words?: string;
  /** Pressed one after the other, as `g o`. */
  readonly keys?: string;
  readonly icon?: LucideIcon;
  readonly run: () => void;
}

/** What is offered now, by who contributed it: outside React, so that any page can add to it. */
const contributions = createStore<readonly (readonly Action[])[]>(() => []);

/** Offers actions until the returned function is called. */
export function contribute(actions: readonly Action[]): () => void {
  contributions.setState((before) => [...before, actions], true);
  return () => contributions.setState((before) => before.filter((one) => one !== actions), true);
}

/** Everything that is offered; of two with the same keys the later one has them. */
export const allActions = (): readonly Action[] => contributions.getState().flat();

/** Offers actions while a page stands. The list has to stay the same between renders where nothing changed. */
export function useActions(actions: readonly Action[]): void {
  useEffect(() => contribute(actions), [actions]);
}
