import { expect, test } from 'vitest';
import { level, oil, rice } from '../../testing/goods.ts';
import { lowOverAllZones, overAllZones } from './attention.ts';

test('a product is low over all zones where what is there of it has come down to the sum of its reorder points', () => {
  const inB = (one: ReturnType<typeof level>) => ({ ...one, zone: 'B2' });
  // Low in A1, but B2 has plenty: goods have to be moved, not ordered.
  const moved = [level(rice, 3, 1, 5), inB(level(rice, 40))];
  expect(lowOverAllZones(moved)).toBe(0);
  expect(overAllZones(moved).get(rice.id)).toEqual({ available: 42, point: 5 });
  // One zone is just above its reorder point and one just below: together they are exactly at the sum.
  expect(lowOverAllZones([level(rice, 6, 0, 5), inB(level(rice, 9, 0, 10))])).toBe(1);
  // The oil has no reorder point.
  expect(lowOverAllZones([level(oil, 0), level(rice, 6, 0, 5)])).toBe(0);
});
