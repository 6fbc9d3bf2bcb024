import { useSyncExternalStore } from 'react';

const subscribe = (listener: () => void): (() => void) => {
  const media = window.matchMedia('(prefers-color-scheme: dark)');
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
};

/** Whether the system asks for dark colours. */
export const useDark = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia('(prefers-color-scheme: dark)').matches);
