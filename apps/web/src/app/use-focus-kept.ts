import { useEffect } from 'react';
import { focusHeading } from './focus-heading.ts';

/** How long to wait for an element that lost the focus to come back elsewhere, as a card does in another column. */
const MOVES_MS = 200;

/**
 * Lists that draw only the rows in sight. A row that is scrolled out of sight still exists, and Tab goes on
 * from where it was: the focus is left alone there.
 */
const PARTLY_DRAWN = '[data-partly-drawn]';

/**
 * When the element with the focus is removed, as a form that is done or a row that is withdrawn, the page's
 * heading gets the focus; the browser would start again at the top of the page.
 */
export function useFocusKept(): void {
  useEffect(() => {
    let last: Element | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = (): boolean =>
      last !== null && !last.isConnected && document.activeElement === document.body;
    const onFocus = ({ target }: FocusEvent): void => {
      last = target instanceof Element && !target.closest(PARTLY_DRAWN) ? target : null;
    };
    // Somebody pressed an empty place: they left the element themselves, so the focus stays on the page.
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
