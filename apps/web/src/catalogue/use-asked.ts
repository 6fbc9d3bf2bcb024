import { useHttpQuery } from '../http/use-http-query.ts';

const PAUSE_MS = 250;

/**
 * What the server finds for a text, once typing pauses; empty before that, and where it need not be asked (null). Where it
 * does not answer, what the live list holds can still be picked.
 */
export function useAsked<T>(
  text: string | null,
  ask: (text: string, signal: AbortSignal) => Promise<readonly T[]>,
): readonly T[] {
  const wanted = text ?? '';
  const options = { on: text !== null, pauseMs: PAUSE_MS };
  return useHttpQuery(wanted, (signal) => ask(wanted, signal), options).value ?? NOTHING;
}

const NOTHING: readonly never[] = [];
