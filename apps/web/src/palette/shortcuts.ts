import { createStore } from 'zustand/vanilla';
import { stored } from '../settings/stored.ts';
import { type Action, allActions } from './actions.ts';
import { closeOverlay, keyAhead, openOverlay, overlay } from './desk-overlay.ts';

/** How long a key waits for the next one of its sequence. */
const NEXT_KEY_MS = 1200;

const kept = stored('almenara.shortcuts', ['on', 'off']);

/** Whether single keys do anything (WCAG 2.1.4): who dictates, or bumps keys, switches them off. */
export const shortcutsOn = createStore<boolean>(() => kept.get() !== 'off');

export function switchShortcuts(on: boolean): void {
  kept.set(on ? 'on' : 'off');
  shortcutsOn.setState(on, true);
}

/** Follows keys of a sequence, as `g` and then `o`. */
export class KeySequence {
  #pressed: string[] = [];
  #lastAt = Number.NEGATIVE_INFINITY;

  /** The action that this key completes, or null. */
  press(key: string, now: number, actions: readonly Action[]): Action | null {
    if (now - this.#lastAt > NEXT_KEY_MS) this.#pressed = [];
    this.#lastAt = now;
    const pressed = [...this.#pressed, key].join(' ');
    const begins = (keys: string): boolean => keys === pressed || keys.startsWith(`${pressed} `);
    if (!actions.some(({ keys }) => keys !== undefined && begins(keys))) {
      // The keys so far lead nowhere: they are dropped, and this key may begin a sequence of its own.
      const again = this.#pressed.length > 0;
      this.#pressed = [];
      return again ? this.press(key, now, actions) : null;
    }
    const found = actions.findLast(({ keys }) => keys === pressed) ?? null;
    this.#pressed = found ? [] : [...this.#pressed, key];
    return found;
  }
}

const TYPED_INTO =
  'input, textarea, select, [contenteditable]:not([contenteditable="false"]), [role="combobox"]';
const PALETTE = '[data-palette]';
const COVERED_BY = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** Keys belong to who types, to an open dialog, and to the browser where a modifier is held. */
function isFree(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  if (event.target instanceof Element && event.target.closest(TYPED_INTO)) return false;
  return document.querySelector(COVERED_BY) === null;
}

/** Listens until the returned function is called. */
export function listenForShortcuts(): () => void {
  const sequence = new KeySequence();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (
      event.key.toLowerCase() === 'k' &&
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      !event.shiftKey
    ) {
      event.preventDefault();
      openOverlay('palette');
      return;
    }
    if (!isFree(event) || overlay.getState() !== null) return;
    if (!shortcutsOn.getState()) return;
    const action = sequence.press(event.key, event.timeStamp, allActions());
    if (!action) return;
    event.preventDefault();
    action.run();
  };
  // While the palette is loading, keys are kept for it instead of going into the field that has the focus.
  const onKeyAhead = (event: KeyboardEvent): void => {
    if (overlay.getState() !== 'palette' || event.isComposing) return;
    if (document.activeElement?.closest(PALETTE)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') closeOverlay();
    else if (!keyAhead(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener('keydown', onKeyAhead, true);
  document.addEventListener('keydown', onKeyDown);
  return () => {
    document.removeEventListener('keydown', onKeyAhead, true);
    document.removeEventListener('keydown', onKeyDown);
  };
}
