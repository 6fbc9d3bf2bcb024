import type { DeskFigures } from '@almenara/events';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../../http/request.ts';
import { useRealtime, useWebSocket } from '../../realtime/index.ts';
import { Refresher } from './refresher.ts';
import type { Span } from './spans.ts';

interface Read {
  readonly figures: DeskFigures | null;
  /** The last read did not succeed; what is shown is of before. */
  readonly failed: boolean;
}

/** The desk's figures of a span, read again as orders change. They are computed where the whole of it is known. */
export function useDeskFigures({ from, to }: Span, bucket?: number): Read {
  const { session, connection } = useRealtime();
  const connectionId = useStore(session, (current) => current?.connectionId);
  const lost = useStore(connection, (state) => state.kind === 'offline' && state.reason !== 'not_started');
  const [read, setRead] = useState<Read>({ figures: null, failed: false });
  const [refresher, setRefresher] = useState<Refresher | null>(null);
  // Without a connection there is nobody to ask.
  useEffect(() => {
    if (lost) setRead((before) => (before.figures === null ? { figures: null, failed: true } : before));
  }, [lost]);
  useEffect(() => {
    if (connectionId === undefined) return;
    let leaving = new AbortController();
    const next = new Refresher({
      isHidden: () => document.hidden,
      read: () => {
        leaving.abort();
        leaving = new AbortController();
        const { signal } = leaving;
        const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
        query('get_desk_figures', { ...span, ...(bucket !== undefined && { bucket }) }, signal).then(
          (figures) => setRead({ figures, failed: false }),
          () => !signal.aborted && setRead((before) => ({ ...before, failed: true })),
        );
      },
    });
    const looked = (): void => next.looked();
    document.addEventListener('visibilitychange', looked);
    next.readNow();
    setRefresher(next);
    return () => {
      document.removeEventListener('visibilitychange', looked);
      next.stop();
      leaving.abort();
    };
  }, [connectionId, from, to, bucket]);
  const changed = (): void => refresher?.changed();
  useWebSocket('order_created', changed);
  useWebSocket('order_updated', changed);
  useWebSocket('order_status_changed', changed);
  return read;
}
