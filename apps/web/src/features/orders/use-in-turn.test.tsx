import { ORDER_STATUSES, type Order, type OrderStatus } from '@almenara/events';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { order } from '../../testing/goods.ts';
import type { Columns } from './board-columns.ts';
import { useInTurn } from './use-in-turn.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const EMPTY: Columns = {
  placed: [],
  picking: [],
  packed: [],
  shipped: [],
  delivered: [],
  cancelled: [],
};
const filled = (before: Columns, ...statuses: readonly OrderStatus[]): Columns => ({
  ...before,
  ...Object.fromEntries(statuses.map((status): [OrderStatus, Order[]] => [status, [order({ status })]])),
});
const start = () =>
  renderHook(({ columns }: { columns: Columns }) => useInTurn(columns), {
    initialProps: { columns: EMPTY },
  });
const same = (drawn: Columns, columns: Columns): number =>
  ORDER_STATUSES.filter((status) => drawn[status] === columns[status]).length;

test('what one move changes is drawn in one picture', () => {
  const { result, rerender } = start();
  const columns = filled(EMPTY, 'placed', 'picking');
  rerender({ columns });
  expect(result.current.drawn).toEqual(columns);
});

test('where many columns change, one is drawn after the other, also while more changes come', () => {
  const { result, rerender } = start();
  let columns = filled(EMPTY, ...ORDER_STATUSES);
  rerender({ columns });
  expect(same(result.current.drawn, columns)).toBe(0);
  act(() => void vi.advanceTimersToNextTimer());
  expect(same(result.current.drawn, columns)).toBe(1);
  // Those that were drawn change again: the others have their turn all the same.
  for (let turn = 0; turn < ORDER_STATUSES.length; turn += 1) {
    columns = filled(columns, 'placed');
    rerender({ columns });
    act(() => void vi.advanceTimersToNextTimer());
  }
  expect(same(result.current.drawn, columns)).toBeGreaterThanOrEqual(ORDER_STATUSES.length - 1);
  act(() => void vi.runAllTimers());
  expect(result.current.drawn).toEqual(columns);
  expect(vi.getTimerCount()).toBe(0);
});

test('what was done here is drawn at once, whatever else changes', () => {
  const { result, rerender } = start();
  act(() => result.current.drawAtOnce());
  const columns = filled(EMPTY, ...ORDER_STATUSES);
  rerender({ columns });
  expect(result.current.drawn).toEqual(columns);
});
