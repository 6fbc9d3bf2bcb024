import { useEffect } from 'react';
import { useRealtime } from '../../realtime/index.ts';

const EVERY_MS = 30_000;
/** How long to gather connections before asking, in ms: after a server's restart everybody connects at once. */
const GATHER_MS = 1000;

/**
 * Accounts, keys and sign-ins are no topics. Whoever comes or goes may have changed them; what nothing tells of, as a
 * sign-in that was refused, is asked for now and then while somebody looks.
 */
export function useKeptFresh(reload: () => void): void {
  const { client } = useRealtime();
  useEffect(() => {
    let soon: ReturnType<typeof setTimeout> | undefined;
    const stop = client.onSignal(({ type }) => {
      if (type !== 'user_connected' && type !== 'user_disconnected') return;
      soon ??= setTimeout(() => {
        soon = undefined;
        reload();
      }, GATHER_MS);
    });
    return () => {
      stop();
      clearTimeout(soon);
    };
  }, [client, reload]);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
}
