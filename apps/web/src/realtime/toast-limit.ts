/** At most this many toasts in a window; what is beyond is counted and told as one. */
export const TOASTS_PER_WINDOW = 3;
export const WINDOW_MS = 8000;

export type Verdict = { readonly kind: 'show' } | { readonly kind: 'fold'; readonly hidden: number };

/** Decides what to show of a stream, so that an import or a long absence does not flood the screen. Pure but for its memory. */
export function toastLimit() {
  let shown: number[] = [];
  let hidden = 0;
  return (now: number): Verdict => {
    shown = shown.filter((at) => at > now - WINDOW_MS);
    if (shown.length < TOASTS_PER_WINDOW) {
      shown.push(now);
      hidden = 0;
      return { kind: 'show' };
    }
    hidden += 1;
    return { kind: 'fold', hidden };
  };
}
