import { useStore } from 'zustand';
import { lazyPart } from './lazy-part.tsx';
import { toasterWanted } from './toast.ts';

const Toaster = lazyPart(async () => (await import('./toaster.tsx')).Toaster, { quiet: true });

/** Where toasts stand; loaded with the first. */
export function DeskToaster() {
  return useStore(toasterWanted) && <Toaster />;
}
