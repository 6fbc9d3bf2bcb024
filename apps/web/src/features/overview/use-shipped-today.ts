import type { Money } from '@almenara/events';
import { useEffect, useState } from 'react';
import { eventsBefore } from '../../activity/index.ts';
import { useRealtime, useTopicPart, useWebSocket } from '../../realtime/index.ts';
import { type Sum, sumOf } from './today.ts';

const PAGE = 250;
/** A day that has more events than this is told as "at least". */
const PAGES = 12;

type Shipped = ReadonlyMap<string, { readonly total: Money }>;

/** What left the house since `start`: from the log, then live. Null until the log has been read. */
export function useShippedToday(start: Date): Sum | null {
  const { topics } = useRealtime();
  const loaded = useTopicPart('orders', () => true);
  const [past, setPast] = useState<{ start: Date; shipped: Shipped; complete: boolean } | null>(null);
  const [live, setLive] = useState<Shipped>(new Map());
  useWebSocket('order_status_changed', ({ data }) => {
    if (data.to === 'shipped') setLive((before) => new Map(before).set(data.order.id, data.order));
  });
  useEffect(() => {
    const { status } = topics.store('orders').getState();
    if (!loaded || status.kind === 'loading' || status.kind === 'refused') return;
    let current = true;
    setLive(new Map());
    shippedSince(start, status.seq).then(
      (found) => current && setPast({ start, ...found }),
      () => {
        // Not reached: the figure stays out until the page is opened again.
      },
    );
    return () => {
      current = false;
    };
  }, [loaded, start, topics]);
  if (past?.start !== start) return null;
  return sumOf(new Map([...past.shipped, ...live]).values(), past.complete);
}

/** Reads the log backwards until before `start`. */
async function shippedSince(start: Date, head: number): Promise<{ shipped: Shipped; complete: boolean }> {
  const from = start.toISOString();
  const shipped = new Map<string, { total: Money }>();
  let seq = head;
  for (let page = 0; page < PAGES && seq > 0; page += 1) {
    const events = await eventsBefore('orders', seq, Math.min(PAGE, seq));
    for (const event of events) {
      if (event.type === 'order_status_changed' && event.data.to === 'shipped' && event.timestamp >= from) {
        shipped.set(event.data.order.id, event.data.order);
      }
    }
    const first = events[0];
    if (!first || first.timestamp < from) return { shipped, complete: true };
    seq = first.seq - 1;
  }
  return { shipped, complete: seq <= 0 };
}
