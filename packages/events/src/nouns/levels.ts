import type { Level, Movement } from './inventory.ts';

export const available = (level: Pick<Level, 'onHand' | 'reserved'>): number => level.onHand - level.reserved;

/** A level is low when what is available has come down to its reorder point; a point of 0 asks for no watching. */
export const isLow = (level: Level): boolean =>
  level.reorderPoint > 0 && available(level) <= level.reorderPoint;

/** The level as it was before `movement` made it `level`. */
export const levelBefore = (level: Level, movement: Movement): Level => ({
  ...level,
  onHand: level.onHand - movement.onHandDelta,
  reserved: level.reserved - movement.reservedDelta,
  reorderPoint: level.reorderPoint - movement.reorderPointDelta,
});
