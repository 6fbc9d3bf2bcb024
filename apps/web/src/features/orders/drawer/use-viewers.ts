import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { useMe } from '../../../people/me.ts';
import { useRealtime } from '../../../realtime/index.ts';
import { REPEAT_MS, type Viewers, withoutSilent, withSignal } from './viewers.ts';

const NOBODY: Viewers = new Map();

/** Tells others that one looks at an order, and says who else does. */
export function useViewers(orderId: string): readonly { readonly id: string; readonly name: string }[] {
  const { client, session } = useRealtime();
  const { id: me } = useMe();
  const connection = useStore(session, (current) => current?.connectionId);
  const [viewers, setViewers] = useState(NOBODY);
  useEffect(() => {
    let known = NOBODY;
    const show = (next: Viewers): void => {
      known = next;
      setViewers(next);
    };
    const tell = (): void => client.signal('viewing', { orderId });
    const stop = client.onSignal((signal) => {
      if (signal.type === 'user_disconnected')
        return show(new Map([...known].filter(([userId]) => userId !== signal.data.userId)));
      if (signal.type !== 'viewing' || signal.data.userId === me) return;
      const isNew = signal.data.orderId === orderId && !known.has(signal.data.userId);
      show(withSignal(known, signal.data, orderId, Date.now()));
      // Somebody who has just opened the order has not heard of us: they are told at once.
      if (isNew) tell();
    });
    const timer = setInterval(() => {
      tell();
      show(withoutSilent(known, Date.now()));
    }, REPEAT_MS);
    tell();
    return () => {
      stop();
      clearInterval(timer);
      client.signal('viewing', { orderId: null });
      setViewers(NOBODY);
    };
    // Run again for a new connection: the others forgot us with the old one.
  }, [client, me, orderId, connection]);
  return [...viewers].map(([id, { name }]) => ({ id, name }));
}
