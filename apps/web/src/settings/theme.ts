import { createStore } from 'zustand/vanilla';
import { stored } from './stored.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const kept = stored('almenara.theme', THEMES);

/** The chosen theme. `public/theme.js` reads the same key before the first paint. */
export const theme = createStore<Theme>(() => kept.get() ?? 'system');

export function chooseTheme(choice: Theme): void {
  kept.set(choice);
  theme.setState(choice, true);
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}
