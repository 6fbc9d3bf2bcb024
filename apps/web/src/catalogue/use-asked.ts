import { useEffect, useEffectEvent, useState } from 'react';

const PAUSE_MS = 250;

/** What the server finds for a text, once typing pauses; empty before that, and where it need not be asked (null). */
export function useAsked<T>(
  text: string | null,
  ask: (text: string, signal: AbortSignal) => Promise<readonly T[]>,
): readonly T[] {
  const [answer, setAnswer] = useState<{ text: string; found: readonly T[] } | null>(null);
  const question = useEffectEvent(ask);
  useEffect(() => {
    if (text === null) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      question(text, leaving.signal).then(
        (found) => setAnswer({ text, found }),
        () => {
          // What the live list holds can still be picked.
        },
      );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [text]);
  return answer !== null && answer.text === text ? answer.found : NOTHING;
}

const NOTHING: readonly never[] = [];
