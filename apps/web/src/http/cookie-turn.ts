/**
 * The longest that a request waits for its turn, in ms: an answer that never comes must not keep somebody from
 * signing in.
 */
const PATIENCE_MS = 4000;

/**
 * Requests whose answers may set or clear the cookie of the session, one after the other over all tabs of the browser.
 * Answered late, a look at the session of before (or its sign-out) would take away the cookie of the sign-in that has
 * followed it. `look` goes beside others of its kind, `change` alone. Without Web Locks (plain HTTP from another
 * machine) there is no such order.
 */
export function inCookieTurn<T>(kind: 'look' | 'change', ask: () => Promise<T>): Promise<T> {
  if (typeof navigator === 'undefined' || !('locks' in navigator)) return ask();
  let asked: Promise<T> | null = null;
  const askOnce = (): Promise<T> => {
    asked ??= ask();
    return asked;
  };
  const turn = navigator.locks.request(
    'almenara/cookie',
    { mode: kind === 'look' ? 'shared' : 'exclusive', signal: AbortSignal.timeout(PATIENCE_MS) },
    askOnce,
  );
  // Asks without a turn where the lock was not granted in time, or not at all. If `ask` has run, its own answer
  // or error counts.
  return turn.then(
    (answer) => answer,
    () => askOnce(),
  );
}
