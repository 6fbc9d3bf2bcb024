import { useEffect, useRef } from 'react';
import { usePeople } from '../../people/people.tsx';
import { useRealtime } from '../../realtime/index.ts';

const EVERY_MS = 30_000;
/** How long to gather connections before asking, in ms: after a server's restart everybody connects at once. */
const GATHER_MS = 1000;

/**
 * Keeps what administrators see of accounts fresh: it is read anew when the topic `people` says that somebody is new or
 * may do something else, and when somebody connects, as a sign-in is not in it. What nothing tells of, as a sign-in
 * that was refused, is asked for now and then while somebody looks.
 */
export function useKeptFresh(reload: () => void): void {
  const { client } = useRealtime();
  const people = usePeople();
  const known = useRef(people);
  useEffect(() => {
    if (known.current === people) return;
    known.current = people;
    reload();
  }, [people, reload]);
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
