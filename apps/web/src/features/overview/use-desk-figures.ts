import type { DeskFigures } from '@almenara/events';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { query } from '../../http/request.ts';
import { useHttpQuery } from '../../http/use-http-query.ts';
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
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const { value, error, reload } = useHttpQuery(
    'figures',
    (signal) => query('get_desk_figures', { ...span, ...(bucket !== undefined && { bucket }) }, signal),
    { on: connectionId !== undefined, again: `${connectionId} ${from} ${to} ${bucket}` },
  );
  const [refresher, setRefresher] = useState<Refresher | null>(null);
  useEffect(() => {
    const next = new Refresher({ isHidden: () => document.hidden, read: reload });
    const looked = (): void => next.looked();
    document.addEventListener('visibilitychange', looked);
    setRefresher(next);
    return () => {
      document.removeEventListener('visibilitychange', looked);
      next.stop();
    };
  }, [connectionId, from, to, bucket, reload]);
  const changed = (): void => refresher?.changed();
  useWebSocket('order_created', changed);
  useWebSocket('order_updated', changed);
  useWebSocket('order_status_changed', changed);
  // Without a connection there is nobody to ask.
  return { figures: value, failed: error !== null || (lost && value === null) };
}
