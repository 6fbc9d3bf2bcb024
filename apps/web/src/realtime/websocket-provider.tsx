import { type Client, createClient } from '@almenara/client';
import { type ReactNode, useEffect, useState } from 'react';
import { RealtimeContext } from './context.ts';
import { createRealtime } from './realtime.ts';

interface WebSocketProviderProps {
  readonly children: ReactNode;
  /** For tests; by default one that connects to where the page came from. */
  readonly client?: Client;
}

/** Connects while it stands. */
export function WebSocketProvider({ children, client }: WebSocketProviderProps) {
  const [realtime] = useState(() => createRealtime(client ?? createClient()));
  useEffect(() => realtime.start(), [realtime]);
  return <RealtimeContext value={realtime}>{children}</RealtimeContext>;
}
