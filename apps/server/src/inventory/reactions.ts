import { type EventData, isLow, type Level, levelBefore, topicName } from '@almenara/events';
import type { Reaction } from '../commands/handler.ts';

/**
 * Tells once when a level comes down to its reorder point, and once when it is above it again. A command may move a
 * level several times; what counts is where it was before and where it is after.
 */
export const tellLowStock: Reaction = (record, events) => {
  const places = new Map<string, { before: Level; after: Level }>();
  for (const event of events) {
    if (event.type !== 'inventory_updated') continue;
    const { level, movement } = event.data as EventData<'inventory_updated'>;
    const key = `${level.zone} ${level.productId}`;
    places.set(key, { before: places.get(key)?.before ?? levelBefore(level, movement), after: level });
  }
  for (const { before, after } of places.values()) {
    if (isLow(before) === isLow(after)) continue;
    const type = isLow(after) ? 'stock_low' : 'stock_recovered';
    record(type, topicName('inventory', { zone: after.zone }), { level: after });
  }
};
