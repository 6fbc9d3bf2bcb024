import { useEffect } from 'react';
import { focusHeading } from './focus-heading.ts';

/** In this time what had the focus may come back in another place, as a card does that goes to another column. */
const MOVES_MS = 200;

/** A list of which only the rows in sight are drawn: one that is scrolled away has not gone, and the browser goes on from its place. */
const PARTLY_DRAWN = '[data-partly-drawn]';

/** Where what had the focus goes away, as a form whose work is done or a row that is withdrawn, the page's heading has it. */
export function useFocusKept(): void {
  useEffect(() => {
    let last: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = (): boolean =>
      last !== null && !last.isConnected && document.activeElement === document.body;
    const onFocus = ({ target }: FocusEvent): void => {
      last = target instanceof Element && !target.closest(PARTLY_DRAWN) ? target : null;
    };
    // Pressed beside everything: the focus was let go of, and not lost.
    const onPress = (): void =>
      void setTimeout(() => {
        if (last?.isConnected && document.activeElement === document.body) last = null;
      });
    const look = new MutationObserver(() => {
      if (!isLost() || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        if (isLost()) focusHeading();
      }, MOVES_MS);
    });
    document.addEventListener('focusin', onFocus);
    document.addEventListener('pointerdown', onPress);
    look.observe(document.body, { childList: true, subtree: true });
    return () => {
      clearTimeout(timer);
      look.disconnect();
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('pointerdown', onPress);
    };
  }, []);
}
