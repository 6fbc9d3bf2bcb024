import { useEffect, useState, useSyncExternalStore } from 'react';

/** So long a loss may last before it is called one, in ms: the next tab takes over, or the next try gets through. */
export const GRACE_MS = 2000;

/** Whether what is not live has been so for long enough to be told as lost; at once where the device has no network. */
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
