import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KeptCursor } from './database.ts';
import { type KeptLimits, toPrune } from './pruning.ts';
import { roughBytes } from './rough-bytes.ts';

const LIMITS: KeptLimits = { ageMs: 100, topics: 4, bytes: 1000 };
const NOW = 1_000;

const rows = fc.uniqueArray(
  fc.record({
    user: fc.constantFrom('ana', 'bea'),
    topic: fc.string({ minLength: 1, maxLength: 2 }),
    cursor: fc.constant({ epoch: 'E1', seq: 1 }),
    build: fc.constantFrom('now', 'now', 'now', 'before'),
    savedAt: fc.constant(NOW - 10),
    usedAt: fc.integer({ min: NOW - 150, max: NOW }),
    bytes: fc.integer({ min: 0, max: 400 }),
  }),
  { maxLength: 12, selector: ({ user, topic }) => `${user} ${topic}` },
);

test('what stays is within the limits, is ours and not old, and was used after all that went for room', () => {
  fc.assert(
    fc.property(rows, fc.func(fc.boolean()), (all, used) => {
      const inUse = (row: KeptCursor): boolean => used(row.topic);
      const gone = new Set(toPrune(all, { now: NOW, build: 'now', inUse }, LIMITS));
      const stays = all.filter((row) => !gone.has(row));
      expect(all.filter(inUse).every((row) => stays.includes(row))).toBe(true);
      const idle = stays.filter((row) => !inUse(row));
      expect(idle.every(({ build, usedAt }) => build === 'now' && NOW - usedAt <= LIMITS.ageMs)).toBe(true);
      if (idle.length > 0) {
        expect(stays.length).toBeLessThanOrEqual(LIMITS.topics);
        expect(stays.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThanOrEqual(LIMITS.bytes);
      }
      const forRoom = [...gone].filter(
        (row) => row.build === 'now' && NOW - (row.usedAt ?? 0) <= LIMITS.ageMs,
      );
      const youngest = Math.max(...forRoom.map((row) => row.usedAt ?? 0));
      expect(idle.every(({ usedAt }) => usedAt >= youngest)).toBe(true);
    }),
  );
});

test('the size of a view is told from a few of its rows', () => {
  const levels = Array.from({ length: 5000 }, (_, i) => ({
    productId: String(i).padStart(36, '0'),
    onHand: i % 10,
  }));
  const view = { zone: 'A1', levels };
  const exact = JSON.stringify(view).length;
  expect(roughBytes(view) / exact).toBeGreaterThan(0.95);
  expect(roughBytes(view) / exact).toBeLessThan(1.05);
  expect(roughBytes({ levels: [] })).toBe(0);
  expect(roughBytes(null)).toBe(0);
});
