import { useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { query } from '../../../http/request.ts';
import { useRealtime } from '../../../realtime/index.ts';
import { type PagedList, PagedOrders } from './paged-orders.ts';

/** How long typing has to pause before the server is asked, in ms. */
const PAUSE_MS = 200;

interface Current<K extends string> {
  readonly key: string;
  readonly store: PagedOrders<K>;
}

/** Lists of orders that are not held, for as long as they are `wanted`; null before. `key` stands for the lists. */
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
    const begin = (): void => {
      const store = new PagedOrders(
        { client, ask: (params, signal) => query('list_orders', params, signal) },
        listsNow(),
      );
      stop = store.start();
      setCurrent({ key, store });
    };
    const timer = setTimeout(begin, first.current ? 0 : PAUSE_MS);
    first.current = false;
    return () => {
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
