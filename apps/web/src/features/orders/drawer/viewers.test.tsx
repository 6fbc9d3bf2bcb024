import { expect, test } from 'vitest';
import { FORGET_MS, type Viewers, withoutSilent, withSignal } from './viewers.ts';

const NOBODY: Viewers = new Map();
const rosa = { userId: 'rosa', name: 'Rosa' };

test('a person with several tabs is one viewer, and another order in one of them changes nothing', () => {
  const first = withSignal(NOBODY, { ...rosa, orderId: 'a' }, 'a', 0);
  const again = withSignal(first, { ...rosa, orderId: 'a' }, 'a', 5);
  expect([...again]).toEqual([['rosa', { name: 'Rosa', at: 5 }]]);
  expect(withSignal(again, { ...rosa, orderId: 'b' }, 'a', 6)).toBe(again);
});

test('who says goodbye is gone at once, who falls silent after a while', () => {
  const looking = withSignal(NOBODY, { ...rosa, orderId: 'a' }, 'a', 0);
  expect(withSignal(looking, { ...rosa, orderId: null }, 'a', 1).size).toBe(0);
  expect(withoutSilent(looking, FORGET_MS - 1)).toBe(looking);
  expect(withoutSilent(looking, FORGET_MS).size).toBe(0);
});
