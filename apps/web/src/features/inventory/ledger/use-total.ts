import type { Zone } from '@almenara/events';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { levelKey } from '../../../catalogue/level-book.ts';
import { useStockIndex, useWanted } from '../../../catalogue/use-stock.ts';

export interface Total {
  readonly onHand: number;
  readonly reserved: number;
}

/** What there is of a product now, in one zone or (null) in all. */
export function useTotal(productId: string, zones: readonly Zone[], zone: string | null): Total {
  const index = useStockIndex();
  useWanted([productId]);
  const subscribe = useCallback((listener: () => void) => index.onChange(listener), [index]);
  const read = (): string => {
    const of = zones.filter(({ code }) => zone === null || zone === code);
    const levels = of.map(({ code }) => index.get(levelKey(code, productId))?.level);
    const onHand = levels.reduce((sum, level) => sum + (level?.onHand ?? 0), 0);
    return `${onHand}/${levels.reduce((sum, level) => sum + (level?.reserved ?? 0), 0)}`;
  };
  // Compared as text, so that an equal total does not cause a render.
  const total = useSyncExternalStore(subscribe, read);
  return useMemo(() => {
    const [onHand = 0, reserved = 0] = total.split('/').map(Number);
    return { onHand, reserved };
  }, [total]);
}
