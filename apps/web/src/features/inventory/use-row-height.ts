import { useSyncExternalStore } from 'react';

const WIDE = '(min-width: 48rem)';
/** In rem: they grow with the reader's letters. Every row of a width is as high, so that nothing has to be measured. */
const HEIGHTS = { wide: 3.5, narrow: 5.75 };

const subscribe = (listener: () => void): (() => void) => {
  const media = window.matchMedia(WIDE);
  media.addEventListener('change', listener);
  window.addEventListener('resize', listener);
  return () => {
    media.removeEventListener('change', listener);
    window.removeEventListener('resize', listener);
  };
};

const read = (): number => {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  return Math.round(rem * (window.matchMedia(WIDE).matches ? HEIGHTS.wide : HEIGHTS.narrow));
};

/** The height of a row of stock, in px. */
export const useRowHeight = (): number => useSyncExternalStore(subscribe, read);
