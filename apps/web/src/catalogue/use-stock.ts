import type { Level, Zone } from '@almenara/events';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { query } from '../http/request.ts';
import { useRealtime, useTopicPart, useTopics } from '../realtime/index.ts';
import type { Realtime } from '../realtime/realtime.ts';
import { type HeldLevel, levelKey } from './level-book.ts';
import { StockIndex, type StockSummary } from './stock-index.ts';
import type { StockServer } from './stock-server.ts';

const NO_ZONES: readonly Zone[] = [];

/** Every zone by code, or null until they have arrived. */
export const useZones = (): readonly Zone[] | null => useTopicPart('zones', (view) => view.zones);

/** The levels of all zones, live; null until every zone has arrived. Renders with each change: rows use `useLevel`. */
export function useLevels(): readonly Level[] | null {
  const zones = useZones();
  const params = useMemo(() => (zones ?? NO_ZONES).map(({ code }) => ({ zone: code })), [zones]);
  const views = useTopics('inventory', params);
  return useMemo(() => {
    if (zones === null || views.some((view) => view === null)) return null;
    return views.flatMap((view) => view?.levels ?? []);
  }, [zones, views]);
}

const server: StockServer = {
  levelsOf: async (productIds) => {
    const levels: Level[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await query('list_levels', {
        productIds: productIds.join(','),
        limit: 200,
        ...(cursor && { cursor }),
      });
      levels.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return levels;
  },
  figures: () => query('get_stock_figures', {}),
};

const indexes = new WeakMap<Realtime['topics'], StockIndex>();

/** The one index of a desk. */
function stockIndexOf({ client, topics }: Realtime): StockIndex {
  const index = indexes.get(topics) ?? new StockIndex(client, topics, server);
  indexes.set(topics, index);
  return index;
}

/** Every change of stock is heard of while the component stands; causes no render by itself. */
export function useStockIndex(): StockIndex {
  const index = stockIndexOf(useRealtime());
  useLayoutEffect(() => index.follow(), [index]);
  return index;
}

/** What a zone holds, as far as its topic does, is followed while the component stands; nothing, for null. */
export function useZoneFollowed(zone: string | null): void {
  const index = useStockIndex();
  useLayoutEffect(() => (zone === null ? undefined : index.followZone(zone)), [index, zone]);
}

/** A part of what is known of all zones together; renders only when that part is another one. */
export const useStockSummary = <P>(select: (summary: StockSummary) => P): P =>
  useStore(useStockIndex().summary, select);

/**
 * One level: renders only when that one changes. Null where the zone does not hold the product, or while that
 * is not known. Another component must keep the index listening.
 */
export function useHeldLevel(zone: string, productId: string): HeldLevel | null {
  const index = stockIndexOf(useRealtime());
  const key = levelKey(zone, productId);
  const subscribe = useMemo(() => (listener: () => void) => index.onLevel(key, listener), [index, key]);
  return useSyncExternalStore(subscribe, () => index.get(key));
}

/** The levels of these products are here, and followed, while the component stands, or soon. */
export function useWanted(productIds: readonly string[]): void {
  const index = useStockIndex();
  const names = productIds.join(' ');
  useEffect(() => (names === '' ? undefined : index.asked.want(names.split(' '))), [index, names]);
}

/** What can still be sold of one product, in all zones together; null until it is known. */
export function useAvailableOf(productId: string): number | null {
  const index = stockIndexOf(useRealtime());
  useWanted([productId]);
  const subscribe = useMemo(
    () => (listener: () => void) => {
      const stops = [index.onChange(listener), index.asked.onKnown(listener)];
      return () => stops.forEach((stop) => void stop());
    },
    [index],
  );
  return useSyncExternalStore(subscribe, () => index.availableOf(productId));
}

/** The level, followed; an empty one where the zone does not hold the product, or until it is known. */
export function useLevel(zone: string, productId: string): Level {
  useWanted(productId === '' ? [] : [productId]);
  return useHeldLevel(zone, productId)?.level ?? { zone, productId, onHand: 0, reserved: 0, reorderPoint: 0 };
}

/** How often availability is read again while somebody types, in ms: nobody reads faster. */
const AVAILABILITY_MS = 250;

/** What can still be sold of each of these products, in all zones together; not there until it is known. */
export function useAvailability(productIds: readonly string[]): ReadonlyMap<string, number> {
  const index = useStockIndex();
  useWanted(productIds);
  const names = productIds.join(' ');
  const [sums, setSums] = useState<ReadonlyMap<string, number>>(() => new Map());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLayoutEffect(() => {
    const read = (): void => {
      timer.current = null;
      const known = names === '' ? [] : names.split(' ').map((id) => [id, index.availableOf(id)] as const);
      setSums(new Map(known.flatMap(([id, sum]) => (sum === null ? [] : [[id, sum]]))));
    };
    read();
    const stops = [
      index.onChange((rowsChanged) => {
        if (rowsChanged) read();
        else timer.current ??= setTimeout(read, AVAILABILITY_MS);
      }),
      index.asked.onKnown(read),
    ];
    return () => {
      for (const stop of stops) stop();
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [index, names]);
  return sums;
}
