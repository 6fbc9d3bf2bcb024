import type { z } from 'zod';
import { defineTopic, type EventOf } from './define.ts';
import { byText, type Entities } from './entities.ts';
import type { inventoryEvents, inventorySnapshot, Level } from './inventory.ts';
import { ALL_ROLES } from './roles.ts';

interface ZoneState {
  readonly zone: string;
  /** By product. */
  readonly levels: Entities<Level>;
}

export const inventoryTopic = defineTopic<
  ZoneState,
  z.infer<typeof inventorySnapshot>,
  EventOf<typeof inventoryEvents>
>({
  pattern: 'inventory:{zone}',
  namespace: '/desk',
  summary: 'What a zone holds.',
  access: { roles: ALL_ROLES },
  empty: ({ zone = '' }) => ({ zone, levels: new Map() }),
  fold: (state, events) => {
    const levels = new Map(state.levels);
    for (const event of events) {
      if (event.type === 'inventory_updated') levels.set(event.data.level.productId, event.data.level);
    }
    return { ...state, levels };
  },
  view: ({ zone, levels }) => ({
    zone,
    levels: [...levels.values()].sort((a, b) => byText(a.productId, b.productId)),
  }),
  load: ({ zone, levels }) => ({
    zone,
    levels: new Map(levels.map((level) => [level.productId, level])),
  }),
});
