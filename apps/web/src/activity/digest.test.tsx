import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { APART_MS, type Counts, Digest } from './digest.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a burst is told in one go, and the next word comes ten seconds later at the earliest', () => {
  const told: Counts[] = [];
  const digest = new Digest((counts) => void told.push(counts));
  for (let i = 0; i < 30; i += 1) digest.add('orders');
  digest.add('stock');
  vi.advanceTimersByTime(2000);
  expect(told).toEqual([{ orders: 30, stock: 1 }]);
  digest.add('stock');
  vi.advanceTimersByTime(APART_MS / 2);
  expect(told).toHaveLength(1);
  digest.add('stock');
  vi.advanceTimersByTime(APART_MS / 2);
  expect(told).toEqual([{ orders: 30, stock: 1 }, { stock: 2 }]);
});
