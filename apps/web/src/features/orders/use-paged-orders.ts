import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { query } from '../../http/request.ts';
import { useRealtime } from '../../realtime/index.ts';
import type { PagedList, PagedOrders } from './paged-orders.ts';

/** While somebody types, the question of a moment ago is of no use any more. In ms. */
const PAUSE_MS = 200;

interface Current<K extends string> {
  readonly key: string;
  readonly store: PagedOrders<K>;
}

/**
 * Lists of orders that are not held, for as long as they are `wanted`; null before, and until what reads them has been
 * loaded. `key` stands for the lists.
 */
export function usePagedOrders<K extends string>(
  wanted: boolean,
  key: string,
  lists: () => ReadonlyMap<K, PagedList>,
): PagedOrders<K> | null {
  const { client, session } = useRealtime();
  const connection = useStore(session, (now) => now?.connectionId);
  const [current, setCurrent] = useState<Current<K> | null>(null);
  const first = useRef(true);
  const listsNow = useEffectEvent(lists);
  useEffect(() => {
    if (!wanted) return;
    let stop: (() => void) | null = null;
    let left = false;
    const begin = async (): Promise<void> => {
      const { PagedOrders } = await import('./paged-orders.ts');
      if (left) return;
      const store = new PagedOrders(
        { client, ask: (params, signal) => query('list_orders', params, signal) },
        listsNow(),
      );
      stop = store.start();
      setCurrent({ key, store });
    };
    // Should it not come, the window is what there is: the next search or connection tries again.
    const timer = setTimeout(() => void begin().catch(() => {}), first.current ? 0 : PAUSE_MS);
    first.current = false;
    return () => {
      left = true;
      clearTimeout(timer);
      stop?.();
    };
  }, [wanted, key, client]);

  const store = wanted && current?.key === key ? current.store : null;
  useEffect(() => {
    if (connection !== undefined) store?.again({ failed: true });
  }, [store, connection]);
  useSyncExternalStore(store?.subscribe ?? ignore, () => store?.version() ?? 0);
  return store;
}

const ignore = () => (): void => {};
