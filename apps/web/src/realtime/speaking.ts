import { type Browser, Leadership } from '@almenara/client/shared';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Part } from './parts.ts';

/** One tab of a user shows the toasts: the one that was looked at last, and another when it is closed. */
export function speaking(browser: Browser | null, user: string): { speaks: StoreApi<boolean>; part: Part } {
  const speaks = createStore<boolean>(() => browser === null);
  if (!browser) return { speaks, part: () => () => {} };
  const turn = new Leadership(browser.locks, `almenara/speaks/${user}`, () => {
    speaks.setState(true, true);
    return () => speaks.setState(false, true);
  });
  const part: Part = () => {
    const focused = (): void => turn.steal();
    turn.start();
    if (document.hasFocus()) focused();
    window.addEventListener('focus', focused);
    return () => {
      window.removeEventListener('focus', focused);
      turn.stop();
    };
  };
  return { speaks, part };
}
