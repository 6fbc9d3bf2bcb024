const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** The wait before the `attempt`-th retry (1, 2, 3 …): doubling, anywhere between half of it and all of it. */
export function backoffMs(attempt: number, roll: number): number {
  const ceiling = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 16));
  return Math.round(ceiling / 2 + (roll * ceiling) / 2);
}

/** A wait the server asked for: never shorter, and spread over a quarter more so that clients do not return as one. */
const spreadMs = (retryAfterMs: number, roll: number): number =>
  Math.round(retryAfterMs + (roll * retryAfterMs) / 4);

/** What the server asked for, or else the backoff. */
export const waitMs = (attempt: number, retryAfterMs: number | undefined, roll: number): number =>
  retryAfterMs === undefined ? backoffMs(attempt, roll) : spreadMs(retryAfterMs, roll);
