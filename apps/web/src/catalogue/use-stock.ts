import type { Level, Zone } from '@almenara/events';
import { useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { useRealtime, useTopicPart, useTopics } from '../realtime/index.ts';
import { type HeldLevel, levelKey, type StockIndex, type StockSummary, stockIndexOf } from './stock-index.ts';

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

/** All levels, followed while the component stands; causes no render by itself. */
export function useStockIndex(): StockIndex {
  const index = stockIndexOf(useRealtime().topics);
  useLayoutEffect(() => index.follow(), [index]);
  return index;
}

/** A part of what is known of all zones together; renders only when that part is another one. */
export const useStockSummary = <P>(select: (summary: StockSummary) => P): P =>
  useStore(useStockIndex().summary, select);

/** One level, and no other; null where the zone does not hold the product. Something must follow the index. */
export function useHeldLevel(zone: string, productId: string): HeldLevel | null {
  const index = stockIndexOf(useRealtime().topics);
  const key = levelKey(zone, productId);
  const subscribe = useMemo(() => (listener: () => void) => index.onLevel(key, listener), [index, key]);
  return useSyncExternalStore(subscribe, () => index.get(key));
}

/** What can still be sold of one product, in all zones together. Something must follow the index. */
export function useAvailableOf(productId: string): number {
  const index = stockIndexOf(useRealtime().topics);
  const subscribe = useMemo(() => (listener: () => void) => index.onChange(listener), [index]);
  return useSyncExternalStore(subscribe, () => index.availableOf(productId));
}

/** The level, followed; an empty one where the zone does not hold the product. */
export function useLevel(zone: string, productId: string): Level {
  useStockIndex();
  return useHeldLevel(zone, productId)?.level ?? { zone, productId, onHand: 0, reserved: 0, reorderPoint: 0 };
}

/** Availability is looked at while typing: it need not be newer than a person can read. */
const AVAILABILITY_MS = 250;

/** What can still be sold of each product, in all zones together. */
export function useAvailability(): ReadonlyMap<string, number> {
  const index = useStockIndex();
  const [sums, setSums] = useState(() => index.availability());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useLayoutEffect(() => {
    const read = (): void => {
      timer.current = null;
      setSums(index.availability());
    };
    read();
    const stop = index.onChange((rowsChanged) => {
      if (rowsChanged) read();
      else timer.current ??= setTimeout(read, AVAILABILITY_MS);
    });
    return () => {
      stop();
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = null;
    };
  }, [index]);
  return sums;
}
