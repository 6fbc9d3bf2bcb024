import { ORDER_STATUSES, type Order, type OrderStatus } from '@almenara/events';
import { act, cleanup, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { order } from '../../../testing/goods.ts';
import type { Columns } from '../held/board-columns.ts';
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
const NOTHING_ASKED: { columns: Columns; asked?: string } = { columns: EMPTY };
const start = () =>
  renderHook(({ columns, asked }: typeof NOTHING_ASKED) => useInTurn(columns, asked), {
    initialProps: NOTHING_ASKED,
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
  // The columns that were drawn change again, but the others still get their turn.
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

test('what was done here is drawn at once when it comes, whatever is drawn before and changes with it', () => {
  const { result, rerender } = start();
  const mine = order({ status: 'picking' });
  act(() => result.current.drawWith(mine.id, 'picking'));
  let columns = filled(EMPTY, 'placed', 'packed', 'shipped');
  rerender({ columns });
  expect(same(result.current.drawn, columns)).toBe(3);
  columns = { ...filled(columns, 'placed', 'packed'), picking: [mine] };
  rerender({ columns });
  expect(result.current.drawn).toEqual(columns);
  // The next change is drawn in turn again.
  columns = filled(columns, ...ORDER_STATUSES);
  rerender({ columns });
  expect(same(result.current.drawn, columns)).toBe(0);
});

test('what one asks for oneself, as by a filter, is drawn at once', () => {
  const { result, rerender } = start();
  const columns = filled(EMPTY, ...ORDER_STATUSES);
  rerender({ columns, asked: '?q=deli' });
  expect(result.current.drawn).toEqual(columns);
});
