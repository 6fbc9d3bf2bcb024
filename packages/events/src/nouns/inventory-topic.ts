import type { z } from 'zod';
import { defineTopic, type EventOf, type FoldEvent } from '../base/define.ts';
import { byText } from '../base/entities.ts';
import { later } from '../base/moments.ts';
import { ALL_ROLES } from '../base/roles.ts';
import { lowest } from '../base/window.ts';
import type { inventoryEvents, inventorySnapshot, Level } from './inventory.ts';
import { levelBefore } from './levels.ts';

/** How many levels a zone's live snapshot holds; the others are found by `GET /api/inventory`. */
export const LEVELS_IN_SNAPSHOT = 5000;

/** The levels by product id: an array costs one short copy a batch and nothing to view, whatever its length. */
interface ZoneState {
  readonly zone: string;
  /** Never changed in place: a view hands it out as it is. */
  readonly levels: Level[];
  /** How many the zone has in all, held or not. */
  readonly total: number;
}

type InventoryEvent = EventOf<typeof inventoryEvents>;
type LevelChanged = Extract<FoldEvent<InventoryEvent>, { type: 'inventory_updated' }>['data'];

const byProduct = (a: Level, b: Level): number => byText(a.productId, b.productId);
const changedAt = ({ updatedAt = '' }: Level): string => updatedAt;
const lowestFirst = (a: Level, b: Level): number => byText(changedAt(a), changedAt(b)) || byProduct(a, b);

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

/** Events of before levels said when they changed do not say which ones are new, either: the ledger tells both. */
function asToday({ level, movement, created }: LevelChanged, held: Level | undefined) {
  if (level.updatedAt !== undefined) return { level, isNew: created === true };
  const { onHand, reserved, reorderPoint } = levelBefore(level, movement);
  return {
    level: { ...level, updatedAt: later(held?.updatedAt ?? '', movement.at) },
    isNew: held === undefined && onHand === 0 && reserved === 0 && reorderPoint === 0,
  };
}

/** Keeps the order; only a product that was not held before makes the levels find their order, and their bound, anew. */
function withLevels(state: ZoneState, changed: readonly LevelChanged[], limit: number): ZoneState {
  if (changed.length === 0) return state;
  const next = [...state.levels];
  const fresh = new Map<string, Level>();
  let { total } = state;
  for (const change of changed) {
    const { productId } = change.level;
    const at = placeOf(state.levels, productId);
    const held = next[at]?.productId === productId ? next[at] : fresh.get(productId);
    const { level, isNew } = asToday(change, held);
    if (isNew) total += 1;
    if (next[at]?.productId === productId) next[at] = level;
    else fresh.set(productId, level);
  }
  if (fresh.size === 0) return { ...state, levels: next, total };
  const levels = [...next, ...fresh.values()].sort(byProduct);
  const leaving = new Set(lowest(levels, levels.length - limit, lowestFirst));
  return {
    ...state,
    levels: leaving.size > 0 ? levels.filter((level) => !leaving.has(level)) : levels,
    total,
  };
}

/** The topic with a window of this many levels; tests look at small ones. */
export function inventoryTopicOf(limit: number) {
  return defineTopic<ZoneState, z.infer<typeof inventorySnapshot>, InventoryEvent>({
    pattern: 'inventory:{zone}',
    namespace: '/desk',
    access: { roles: ALL_ROLES },
    empty: ({ zone = '' }) => ({ zone, levels: [], total: 0 }),
    fold: (state, events) => {
      const changed = events.flatMap((event) => (event.type === 'inventory_updated' ? [event.data] : []));
      return withLevels(state, changed, limit);
    },
    view: ({ zone, levels, total }) => ({ zone, levels, total, truncated: total > levels.length }),
    load: ({ zone, levels, total }) => ({ zone, levels: levels.toSorted(byProduct), total }),
  });
}

export const inventoryTopic = inventoryTopicOf(LEVELS_IN_SNAPSHOT);
