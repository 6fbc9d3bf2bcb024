const SOON_MS = 1000;

/**
 * In a moment in which the page has nothing to do, and after a second in any case. Not every browser tells: there it is
 * when what runs now is done. The returned function calls it off.
 */
export function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const asked = requestIdleCallback(run, { timeout: SOON_MS });
    return () => cancelIdleCallback(asked);
  }
  const timer = setTimeout(run);
  return () => clearTimeout(timer);
}
