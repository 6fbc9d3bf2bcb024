import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useMe } from '../../../people/me.ts';
import { useRealtime } from '../../../realtime/index.ts';

interface Viewer {
  readonly userId: string;
  readonly name: string;
}
const NOBODY: readonly Viewer[] = [];

/** Said again in this rhythm, in ms, as long as somebody looks: the server forgets after 45 s who has fallen silent. */
const REPEAT_MS = 20_000;

/** Tells the server that one looks at an order, and says who else does: the server has the list. */
export function useViewers(orderId: string): readonly Viewer[] {
  const { client, session } = useRealtime();
  const { id: me } = useMe();
  const connection = useStore(session, (current) => current?.connectionId);
  const [viewers, setViewers] = useState(NOBODY);
  useEffect(() => {
    const stop = client.onSignal(({ type, data }) => {
      // Who writes in a field of it looks at it as well, and says so apart.
      if (type !== 'viewing' || data.orderId !== orderId || data.field !== undefined) return;
      setViewers(data.users.filter(({ userId }) => userId !== me));
    });
    const tell = (): void => client.signal('viewing', { orderId });
    const timer = setInterval(tell, REPEAT_MS);
    tell();
    return () => {
      stop();
      clearInterval(timer);
      client.signal('viewing', { orderId, left: true });
      setViewers(NOBODY);
    };
    // A new connection is told anew.
  }, [client, me, orderId, connection]);
  return viewers;
}
