import { available, type Level } from '@almenara/events';

/** What there is of each product that is watched, in all zones together, against the sum of its reorder points. */
export function overAllZones(levels: readonly Level[]): Map<string, { available: number; point: number }> {
  const sums = new Map<string, { available: number; point: number }>();
  for (const level of levels) {
    const { available: more = 0, point = 0 } = sums.get(level.productId) ?? {};
    sums.set(level.productId, { available: more + available(level), point: point + level.reorderPoint });
  }
  for (const [productId, { point }] of sums) if (point === 0) sums.delete(productId);
  return sums;
}

/** How many products have to be ordered: where only one zone is low, goods can come from another. */
export const lowOverAllZones = (levels: readonly Level[]): number =>
  [...overAllZones(levels).values()].filter((sum) => sum.available <= sum.point).length;
