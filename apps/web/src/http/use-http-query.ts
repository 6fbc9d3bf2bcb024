import { useCallback, useEffect, useEffectEvent, useState } from 'react';

export interface HttpQuery<T> {
  /** What the server told last of this key; null before the first. */
  readonly value: T | null;
  /** Why the last try failed, or null. What was told before it stays. */
  readonly error: unknown;
  reload(): void;
}

export interface HttpQueryOptions {
  /** While it is false nothing is asked, and what was told stays. */
  readonly on?: boolean;
  /** Another value asks again: of a connection, as events may have been missed before it; of a version; of a span. */
  readonly again?: string | number | null | undefined;
  /** How long to wait before asking, in ms, for what is typed: only where typing pauses the server is asked. */
  readonly pauseMs?: number;
  /** How old an answer may get while the page is in front, in ms. */
  readonly everyMs?: number | undefined;
  /** Asks again when the page or its window comes back to the front. */
  readonly onFront?: boolean;
}

interface Told<T> {
  readonly key: string;
  readonly value: T | null;
  readonly error: unknown;
}

/**
 * Asks the server by HTTP, as long as what asks is on the page. `key` says what is asked for: an answer shows only
 * under the key that it was asked with. An answer that is overtaken, by another question or by leaving, is dropped: its
 * request ends, and `signal` says so to what `load` may do besides.
 */
export function useHttpQuery<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  { on = true, again, pauseMs = 0, everyMs, onFront = false }: HttpQueryOptions = {},
): HttpQuery<T> {
  const [told, setTold] = useState<Told<T> | null>(null);
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((n) => n + 1), []);

  const ask = useEffectEvent((signal: AbortSignal): void => {
    load(signal).then(
      (value) => {
        if (!signal.aborted) setTold({ key, value, error: null });
      },
      (error: unknown) => {
        if (signal.aborted) return;
        setTold((before) => ({ key, value: before?.key === key ? before.value : null, error }));
      },
    );
  });
  useEffect(() => {
    if (!on) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    const pause = pauseMs > 0 ? setTimeout(() => ask(signal), pauseMs) : undefined;
    if (pause === undefined) ask(signal);
    return () => {
      clearTimeout(pause);
      leaving.abort();
    };
  }, [key, on, again, turn, pauseMs]);

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const look = (): void => {
      if (document.visibilityState === 'visible') reload();
    };
    const timer = everyMs === undefined ? undefined : setInterval(look, everyMs);
    if (onFront) {
      document.addEventListener('visibilitychange', look, { signal });
      // Another window may have covered this one, which hides nothing from the browser.
      window.addEventListener('focus', look, { signal });
    }
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [everyMs, onFront, reload]);

  const current = told?.key === key ? told : null;
  return { value: current?.value ?? null, error: current?.error ?? null, reload };
}
