/** Somebody who wants to sign in is not held up longer than this by an answer that does not come, in ms. */
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
  // It was not our turn in time, or there are no locks for us: then without. What `ask` says stays said.
  return turn.then(
    (answer) => answer,
    () => askOnce(),
  );
}
