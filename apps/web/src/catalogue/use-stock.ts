import { available, type Level, type Zone } from '@almenara/events';
import { useMemo } from 'react';
import { useTopicPart, useTopics } from '../realtime/index.ts';

const NO_ZONES: readonly Zone[] = [];

/** Every zone by code, or null until they have arrived. */
export const useZones = (): readonly Zone[] | null => useTopicPart('zones', (view) => view.zones);

/** The levels of all zones, live; null until every zone has arrived. */
export function useLevels(): readonly Level[] | null {
  const zones = useZones();
  const params = useMemo(() => (zones ?? NO_ZONES).map(({ code }) => ({ zone: code })), [zones]);
  const views = useTopics('inventory', params);
  return useMemo(() => {
    if (zones === null || views.some((view) => view === null)) return null;
    return views.flatMap((view) => view?.levels ?? []);
  }, [zones, views]);
}

/** What can still be sold of each product, in all zones together. */
export function useAvailability(): ReadonlyMap<string, number> {
  const levels = useLevels();
  return useMemo(() => {
    const sums = new Map<string, number>();
    for (const level of levels ?? [])
      sums.set(level.productId, (sums.get(level.productId) ?? 0) + available(level));
    return sums;
  }, [levels]);
}
