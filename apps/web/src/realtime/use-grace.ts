import { useEffect, useState, useSyncExternalStore } from 'react';

/**
 * How long a connection may be lost before it is shown as lost, in ms: until then another tab may have taken
 * over, or the next try got through.
 */
export const GRACE_MS = 2000;

/**
 * Whether the connection has been lost for long enough to be shown as lost; at once where the device has no
 * network.
 */
export function useGraceOver(live: boolean): boolean {
  const [late, setLate] = useState(false);
  const network = useSyncExternalStore(networkChanges, () => navigator.onLine);
  useEffect(() => {
    if (live) return;
    const timer = setTimeout(() => setLate(true), GRACE_MS);
    return () => {
      clearTimeout(timer);
      setLate(false);
    };
  }, [live]);
  return !live && (late || !network);
}

function networkChanges(changed: () => void): () => void {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}
