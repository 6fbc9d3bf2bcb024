import { useEffect, useEffectEvent } from 'react';
import { type Burst, hear } from './scan.ts';

interface Scanner {
  readonly isCode: (text: string) => boolean;
  readonly onScan: (code: string) => void;
}

/**
 * Listens for a barcode scanner while it stands, wherever the focus is: the code does not stay in the field that
 * happened to have it, and the scanner's Enter presses nothing.
 */
export function useScanner({ isCode, onScan }: Scanner): void {
  const check = useEffectEvent(isCode);
  const scanned = useEffectEvent(onScan);
  useEffect(() => {
    let burst: Burst | null = null;
    let before: { field: HTMLInputElement | HTMLTextAreaElement; value: string } | null = null;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
      const heard = hear(burst, event.key, event.timeStamp);
      if (heard.burst?.code.length === 1) before = fieldOf(event.target);
      burst = heard.burst;
      if (heard.code === null || !check(heard.code)) return;
      // Stops every other listener, so that the scanner's Enter presses no button and sends no form.
      event.preventDefault();
      event.stopImmediatePropagation();
      if (before) putBack(before.field, before.value);
      before = null;
      scanned(heard.code);
    };
    document.addEventListener('keydown', onKeyDown, true);
    return () => document.removeEventListener('keydown', onKeyDown, true);
  }, []);
}

const fieldOf = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement
    ? { field: target, value: target.value }
    : null;

/** Restores a field's value through the DOM's own setter and an input event, which React treats like typing. */
function putBack(field: HTMLInputElement | HTMLTextAreaElement, value: string): void {
  const own = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), 'value');
  own?.set?.call(field, value);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  // Losing the focus closes what the code opened, as a list of suggestions.
  field.blur();
  field.focus();
}
