import { useEffect } from 'react';
import { useStore } from 'zustand';
import { lazyPart } from './lazy-part.tsx';
import { toasterWanted } from './toast.ts';

const Toaster = lazyPart(async () => (await import('./toaster.tsx')).Toaster, { quiet: true });
/** When the toaster is loaded without being needed, in ms: if the network is lost later, it has to say so. */
const EARLY_MS = 3000;

/** Where toasts stand; loaded with the first, or when the page has long come. */
export function DeskToaster() {
  useEffect(() => {
    const timer = setTimeout(Toaster.preload, EARLY_MS);
    return () => clearTimeout(timer);
  }, []);
  return useStore(toasterWanted) && <Toaster />;
}
