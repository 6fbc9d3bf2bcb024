import { useState } from 'react';

/**
 * Gives the focus back, on close, to the element that had it when a dialog was opened. For an entry of a menu,
 * which is gone by then, that is the menu's button. For a link that was removed it is the link with the same
 * address, as of a card that is in another column by now.
 */
export function useOpener(): (event: Event) => void {
  const [opener] = useState(() => {
    const active = document.activeElement;
    const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
    return button ? document.getElementById(button) : active;
  });
  return (event) => {
    event.preventDefault();
    if (!(opener instanceof HTMLElement)) return;
    const address = opener.getAttribute('href');
    const there =
      opener.isConnected || address === null
        ? opener
        : document.querySelector<HTMLElement>(`a[href="${CSS.escape(address)}"]`);
    there?.focus();
  };
}
