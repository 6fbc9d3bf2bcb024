import { useState } from 'react';

/**
 * What had the focus when this was opened, to give it back; of a menu that closes meanwhile, its button. A link that is
 * elsewhere by now, as a card in another column, has it there.
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
