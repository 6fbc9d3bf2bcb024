import type { Client } from '@almenara/client';
import { type ReactNode, useEffect, useState } from 'react';
import { RealtimeContext } from './context.ts';
import type { Overlays } from './optimism.ts';
import { plainRealtime, type Realtime } from './realtime.ts';

type WebSocketProviderProps = { readonly children: ReactNode } & (
  | { readonly realtime: Realtime }
  /** A client by itself, as tests have it. */
  | { readonly client: Client; readonly overlays?: Overlays }
);

/** Connects while it stands. */
export function WebSocketProvider(props: WebSocketProviderProps) {
  const [realtime] = useState(() =>
    'realtime' in props
      ? props.realtime
      : plainRealtime(props.client, props.client.session.get()?.userId ?? '', props.overlays),
  );
  useEffect(() => realtime.start(), [realtime]);
  return <RealtimeContext value={realtime}>{props.children}</RealtimeContext>;
}
