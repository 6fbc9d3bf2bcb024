export const SCREENS = ['board', 'stock', 'overview'] as const;
export type ScreenName = (typeof SCREENS)[number];

export type ToScreenServer =
  | { readonly kind: 'load'; readonly screen: ScreenName; readonly rate: number; readonly seconds: number }
  | { readonly kind: 'stop' };

export type FromScreenServer =
  | { readonly kind: 'ready'; readonly url: string }
  /** All events have been handed over; `last` is a text that the screen shows once it has applied them all. */
  | { readonly kind: 'loaded'; readonly events: number; readonly seconds: number; readonly last: string };
