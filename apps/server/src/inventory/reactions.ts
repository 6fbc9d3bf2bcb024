import { isLow, levelBefore, topicName } from '@almenara/events';
import type { Reactions } from '../commands/handler.ts';

/** Tells once when a level comes down to its reorder point, and once when it is above it again. */
export const inventoryReactions: Reactions = {
  inventory_updated: [
    async (tx, { data: { level, movement } }) => {
      const was = isLow(levelBefore(level, movement));
      const is = isLow(level);
      if (was === is) return;
      tx.record(is ? 'stock_low' : 'stock_recovered', topicName('inventory', { zone: level.zone }), {
        level,
      });
    },
  ],
};
