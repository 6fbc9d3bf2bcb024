import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AT_MOST_EVERY_MS, Refresher } from './refresher.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a storm of changes is read once in a while, the last of them for certain, and none while nobody looks', () => {
  let reads = 0;
  const read = (): void => {
    reads += 1;
  };
  let hidden = false;
  const refresher = new Refresher({ read, isHidden: () => hidden });
  for (let i = 0; i < 100; i += 1) {
    refresher.changed();
    vi.advanceTimersByTime(100);
  }
  expect(reads).toBe(10_000 / AT_MOST_EVERY_MS);
  refresher.changed();
  vi.advanceTimersByTime(AT_MOST_EVERY_MS);
  expect(reads).toBe(1 + 10_000 / AT_MOST_EVERY_MS);

  hidden = true;
  refresher.changed();
  vi.advanceTimersByTime(60_000);
  expect(reads).toBe(3);
  hidden = false;
  refresher.looked();
  expect(reads).toBe(4);
});
