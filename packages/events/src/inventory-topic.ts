import type { z } from 'zod';
import { defineTopic, type EventOf } from './define.ts';
import { byText } from './entities.ts';
import type { inventoryEvents, inventorySnapshot, Level } from './inventory.ts';
import { ALL_ROLES } from './roles.ts';

/** The levels by product id: an array costs one short copy a batch and nothing to view, whatever its length. */
export interface ZoneState {
  readonly zone: string;
  /** Never changed in place: a view hands it out as it is. */
  readonly levels: Level[];
}

const byProduct = (a: Level, b: Level): number => byText(a.productId, b.productId);

/** Where a product's level is, or would be. */
function placeOf(levels: readonly Level[], productId: string): number {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((levels[middle]?.productId ?? '') < productId) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Keeps the order; only a product that the zone did not hold before makes it find its order anew. */
function withLevels(levels: Level[], changed: readonly Level[]): Level[] {
  if (changed.length === 0) return levels;
  const next = [...levels];
  const fresh = new Map<string, Level>();
  for (const level of changed) {
    const at = placeOf(levels, level.productId);
    if (levels[at]?.productId === level.productId) next[at] = level;
    else fresh.set(level.productId, level);
  }
  return fresh.size === 0 ? next : [...next, ...fresh.values()].sort(byProduct);
}

export const zoneState = (zone: string, levels: readonly Level[]): ZoneState => ({
  zone,
  levels: levels.toSorted(byProduct),
});

export const inventoryTopic = defineTopic<
  ZoneState,
  z.infer<typeof inventorySnapshot>,
  EventOf<typeof inventoryEvents>
>({
  pattern: 'inventory:{zone}',
  namespace: '/desk',
  summary: 'What a zone holds.',
  access: { roles: ALL_ROLES },
  empty: ({ zone = '' }) => ({ zone, levels: [] }),
  fold: (state, events) => {
    const changed: Level[] = [];
    for (const event of events) if (event.type === 'inventory_updated') changed.push(event.data.level);
    return changed.length === 0 ? state : { ...state, levels: withLevels(state.levels, changed) };
  },
  view: ({ zone, levels }) => ({ zone, levels }),
  load: ({ zone, levels }) => zoneState(zone, levels),
});
