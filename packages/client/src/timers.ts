export type Cancel = () => void;

/** Time and what happens after it. It comes in from outside, so that a test says when it passes. */
export interface Timers {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs once after `ms`, unless cancelled. Cancelling twice, or late, does nothing. */
  setTimeout(run: () => void, ms: number): Cancel;
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  setTimeout: (run, ms) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
