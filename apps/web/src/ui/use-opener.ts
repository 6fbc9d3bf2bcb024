import { useState } from 'react';

/** What had the focus when this was opened, to give it back; of a menu that closes meanwhile, its button. */
export function useOpener(): (event: Event) => void {
  const [opener] = useState(() => {
    const active = document.activeElement;
    const button = active?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
    return button ? document.getElementById(button) : active;
  });
  return (event) => {
    event.preventDefault();
    if (opener instanceof HTMLElement && opener.isConnected) opener.focus();
  };
}
