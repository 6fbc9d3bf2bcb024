import { isConnected } from '@almenara/client';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useRealtime } from '../../realtime/index.ts';

/** Commands that are answered sooner than this, in ms, are not shown as waiting. */
const SLOW_MS = 1500;

/** How many commands wait; with a connection, only once they have waited for a while. */
export function useWaitingCount(): number {
  const { queued, connection } = useRealtime();
  const connected = useStore(connection, isConnected);
  const count = useStore(queued, (commands) => commands.filter(({ state }) => state === 'waiting').length);
  const [slow, setSlow] = useState(false);
  const some = count > 0;
  useEffect(() => {
    if (!some) return;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => {
      clearTimeout(timer);
      setSlow(false);
    };
  }, [some]);
  return slow || !connected ? count : 0;
}
