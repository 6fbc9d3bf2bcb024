import { useCallback, useEffect, useEffectEvent, useState } from 'react';

export interface Loaded<T> {
  /** What came last; null before the first. */
  readonly value: T | null;
  /** Why the last try failed, or null. */
  readonly error: unknown;
  reload(): void;
}

/** What is asked of the server by HTTP, again when the page or its window comes back to the front. `load` must stay the same. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ value: T | null; error: unknown }>({ value: null, error: null });
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((n) => n + 1), []);
  useEffect(() => {
    const leaving = new AbortController();
    load(leaving.signal).then(
      (value) => setState({ value, error: null }),
      (error: unknown) => {
        if (!leaving.signal.aborted) setState((last) => ({ ...last, error }));
      },
    );
    return () => leaving.abort();
    // `turn` asks again.
  }, [load, turn]);
  const onFront = useEffectEvent(() => {
    if (document.visibilityState === 'visible') reload();
  });
  useEffect(() => {
    const listener = (): void => onFront();
    document.addEventListener('visibilitychange', listener);
    // Another window may have covered this one, which hides nothing from the browser.
    window.addEventListener('focus', listener);
    return () => {
      document.removeEventListener('visibilitychange', listener);
      window.removeEventListener('focus', listener);
    };
  }, []);
  return { ...state, reload };
}
