import { useState } from 'react';
import { Problem } from './problem.ts';
import { useProblemText } from './problem-text.ts';
import { type FieldErrors, serverFieldErrors } from './server-fields.ts';
import { isFields } from './shape.ts';

export interface Call {
  readonly pending: boolean;
  /** Why it failed, in the user's words. */
  readonly error: string | null;
  /** The fields that the server names, in its words. */
  readonly fields: FieldErrors;
  /** What the server told beside. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
  /** What came of it, or null where it failed. */
  run<T>(work: () => Promise<T>): Promise<T | null>;
  reset(): void;
}

const reasonOf = (details: unknown): string | null =>
  isFields(details) && typeof details.reason === 'string' ? details.reason : null;

/** A request at the press of a button. `texts` say more than the code of an error, by the reason it gives. */
export function useRequest(texts: Readonly<Record<string, string>> = {}): Call {
  const problemText = useProblemText();
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const details = problem instanceof Problem ? problem.details : undefined;
  const reason = reasonOf(details);
  return {
    pending,
    error: problem === null ? null : ((reason && texts[reason]) ?? problemText(problem)),
    fields: serverFieldErrors(details),
    details,
    run: async (work) => {
      setPending(true);
      setProblem(null);
      try {
        return await work();
      } catch (failure) {
        setProblem(failure);
        return null;
      } finally {
        setPending(false);
      }
    },
    reset: () => setProblem(null),
  };
}
