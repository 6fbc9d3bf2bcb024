import { useEffect } from 'react';
import { useRealtime } from '../../realtime/index.ts';

const EVERY_MS = 30_000;

/**
 * Accounts, keys and sign-ins are no topics. Whoever comes or goes may have changed them; what nothing tells of, as a
 * sign-in that was refused, is asked for now and then while somebody looks.
 */
export function useKeptFresh(reload: () => void): void {
  const { client } = useRealtime();
  useEffect(
    () =>
      client.onSignal(({ type }) => {
        if (type === 'user_connected' || type === 'user_disconnected') reload();
      }),
    [client, reload],
  );
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [reload]);
}
