import { useSyncExternalStore } from 'react';

/** As sonner and the styles (`sm`) tell a phone. */
const NARROW = '(max-width: 600px)';

const subscribe = (listener: () => void): (() => void) => {
  const media = window.matchMedia(NARROW);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
};

export const useNarrow = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
