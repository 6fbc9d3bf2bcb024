import { expect, test } from 'vitest';
import { readArguments, UsageError } from './arguments.ts';
import { sizeOf } from './size.ts';

test('a large desk is made where the server would look for its data, unless it is told otherwise', () => {
  const none = { kind: 'make', scale: 1, history: 1, seed: 1, databaseUrl: undefined, dataDir: '.almenara' };
  expect(readArguments([], {})).toEqual(none);
  expect(readArguments([], { DATABASE_URL: 'postgresql://there' })).toMatchObject({
    databaseUrl: 'postgresql://there',
  });
  expect(readArguments(['--data-dir', 'here'], { DATABASE_URL: 'postgresql://there' })).toMatchObject({
    databaseUrl: undefined,
    dataDir: 'here',
  });
  expect(readArguments(['-h'], {})).toEqual({ kind: 'help' });
});

test.each(['--scale=0', '--scale=much', '--seed=-1', '--history=', '--size=2', 'here'])(
  'what cannot be meant is refused: %s',
  (argument) => {
    expect(() => readArguments([argument], {})).toThrow(UsageError);
  },
);

test('a desk of any scale has some of everything, and ten histories ten times the past', () => {
  expect(sizeOf(1, 1)).toMatchObject({ zones: 50, products: 100_000, clients: 300_000, openOrders: 100_000 });
  for (const count of Object.values(sizeOf(0.000_001, 0))) expect(count).toBeGreaterThan(2);
  expect(sizeOf(1, 10)).toMatchObject({ openOrders: 100_000, closedOrders: 2_000_000 });
});
