import type { Order } from '@almenara/events';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type Peek, useRealtime } from '../../../realtime/index.ts';
import { isWithoutLines } from './missing.ts';

export interface WholeOrders {
  /** With its lines, in the newest version of which they are known; undefined where none is. */
  readonly of: (orderId: string, live: Order | undefined) => Order | undefined;
  readonly learn: (orders: readonly Order[]) => void;
  /** Whether a command about it is pending: the order that is shown is then not the server's. */
  readonly isPending: (orderId: string) => boolean;
}

/**
 * Some orders with all their lines, whether the window holds them (`live`), holds them without lines, or does not hold
 * them: what was asked for, kept true by the events, which tell of whole orders.
 */
export function useWholeOrders(ids: readonly string[]): WholeOrders {
  const { client, pending: pendingStore, topics } = useRealtime();
  const pending = useStore(pendingStore);
  const [known, setKnown] = useState<ReadonlyMap<string, Order>>(new Map());
  const optimism = useOptimism(pending.length > 0);
  const key = ids.join();
  useEffect(() => {
    const wanted = new Set(key.split(','));
    const seen = ({ data: { order } }: { data: { order: Order } }): void => {
      if (wanted.has(order.id)) setKnown((before) => withNewer(before, [order]));
    };
    const stops = [
      client.on('order_created', seen),
      client.on('order_updated', seen),
      client.on('order_status_changed', seen),
      client.on('shortage_reported', seen),
    ];
    return () => stops.forEach((stop) => void stop());
  }, [client, key]);
  return {
    isPending: (orderId) => pending.some(({ input }) => input.orderId === orderId),
    learn: (orders) => setKnown((before) => withNewer(before, orders)),
    of: (orderId, live) => {
      if (live && !isWithoutLines(live)) return live;
      const told = known.get(orderId);
      if (!told) return undefined;
      if (pending.length === 0 || !optimism) return told;
      const peek: Peek = (name, params) => topics.store(name, params).getState().view;
      return optimism.pendingChanges(new Map([[orderId, told]]), pending, peek).get(orderId) ?? told;
    },
  };
}

function withNewer(before: ReadonlyMap<string, Order>, orders: readonly Order[]): ReadonlyMap<string, Order> {
  const newer = orders.filter(({ id, version }) => version > (before.get(id)?.version ?? 0));
  return newer.length === 0 ? before : new Map([...before, ...newer.map((o): [string, Order] => [o.id, o])]);
}

/** The code that shows pending commands, loaded with the first of them; null until it has come. */
function useOptimism(needed: boolean): typeof import('./optimism.ts') | null {
  const [part, setPart] = useState<typeof import('./optimism.ts') | null>(null);
  useEffect(() => {
    if (!needed || part) return;
    import('./optimism.ts').then(setPart, () => {
      // Without this code the command shows once the server has done it.
    });
  }, [needed, part]);
  return part;
}
