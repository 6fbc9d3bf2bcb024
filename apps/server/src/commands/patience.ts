import { isContention, isUniqueViolation } from '../database/sql-error.ts';

/** What a command may take in all. */
export const PATIENCE_MS = 5000;
/** Waits for one lock: of whoever has all the time left, and at least. */
const LOCK_MS = { most: 3000, least: 50 };
const LONGEST_PAUSE_MS = 500;

/** Others were in the way: also who took a code first, which is seen when one looks again. */
const healsForCommands = (error: unknown): boolean => isContention(error) || isUniqueViolation(error);

/**
 * Tries again and again while others are in the way, with growing pauses, until `until` (by `performance.now()`).
 *
 * @param attempt is told how long it may wait for one lock (ms)
 * @param mayHeal whether it makes sense to try again; left out, also where a code was taken by somebody else
 * @throws what the last attempt failed with
 */
export async function patiently<T>(
  random: () => number,
  until: number,
  attempt: (lockMs: number) => Promise<T>,
  mayHeal = healsForCommands,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const left = until - performance.now();
    try {
      return await attempt(Math.min(Math.max(left, LOCK_MS.least), LOCK_MS.most));
    } catch (error) {
      if (!mayHeal(error) || performance.now() > until) throw error;
    }
    const pause = random() * Math.min(10 * 2 ** tries, LONGEST_PAUSE_MS);
    await new Promise<void>((resolve) => void setTimeout(resolve, pause));
  }
}
