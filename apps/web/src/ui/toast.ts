import type { ExternalToast, toast as sonnerToast } from 'sonner';
import { createStore } from 'zustand/vanilla';

type Sonner = typeof sonnerToast;
type Show = (toast: Sonner) => void;

const waiting: Show[] = [];
let standing: Sonner | null = null;

/** Whether there has been anything to say: the toaster is loaded then, not with the page. */
export const toasterWanted = createStore<boolean>(() => false);

/** The toaster is on the page: it shows what has waited, and from now on everything at once. */
export function toasterStands(toast: Sonner): void {
  standing = toast;
  for (const show of waiting.splice(0)) show(toast);
}

function show(what: Show): void {
  if (standing) what(standing);
  else if (waiting.push(what) === 1) toasterWanted.setState(true, true);
}

/** Says something for a while. As sonner's `toast`, which is loaded with the first. */
export const toast = {
  success: (text: string, options?: ExternalToast): void => show((sonner) => sonner.success(text, options)),
  info: (text: string, options?: ExternalToast): void => show((sonner) => sonner.info(text, options)),
  warning: (text: string, options?: ExternalToast): void => show((sonner) => sonner.warning(text, options)),
  error: (text: string, options?: ExternalToast): void => show((sonner) => sonner.error(text, options)),
  dismiss: (id: string | number): void => show((sonner) => void sonner.dismiss(id)),
};
