import type { Client, ConnectionState } from '@almenara/client';
import type { AuthSuccess } from '@almenara/events';
import { createContext, use } from 'react';
import { useStore } from 'zustand';
import type { Realtime } from './realtime.ts';

export const RealtimeContext = createContext<Realtime | null>(null);

/** The stores. They never change while the provider stands, so this alone causes no render. */
export function useRealtime(): Realtime {
  const realtime = use(RealtimeContext);
  if (!realtime) throw new Error('Used outside WebSocketProvider');
  return realtime;
}

export interface WebSocketContext {
  readonly client: Client;
  readonly status: ConnectionState;
  readonly session: AuthSuccess | null;
  retryNow(): void;
}

/** The client and the state of its connection; renders anew when that changes. */
export function useWebSocketContext(): WebSocketContext {
  const { client, connection, session } = useRealtime();
  return {
    client,
    status: useStore(connection),
    session: useStore(session),
    retryNow: () => client.retryNow(),
  };
}
