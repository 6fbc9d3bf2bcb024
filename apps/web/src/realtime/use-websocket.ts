import type { EnvelopeOf, EventType } from '@almenara/events';
import { useEffect, useEffectEvent } from 'react';
import { useRealtime } from './context.ts';

/** Calls the handler for each event of a type on the followed topics. It may be another one at each render. */
export function useWebSocket<T extends EventType>(type: T, handler: (envelope: EnvelopeOf<T>) => void): void {
  const { client } = useRealtime();
  const latest = useEffectEvent(handler);
  useEffect(() => client.on(type, (envelope) => latest(envelope)), [client, type]);
}
