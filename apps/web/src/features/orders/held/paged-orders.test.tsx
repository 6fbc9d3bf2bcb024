import type { Order, QueryInput, QueryResult } from '@almenara/events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../../../testing/fake-client.ts';
import { id, order } from '../../../testing/goods.ts';
import { orderMoved } from '../../../testing/order-moved.ts';
import { ORDERINGS } from './order-filter.ts';
import { type PagedList, PagedOrders } from './paged-orders.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const numbered = (number: number, change: Partial<Order> = {}): Order =>
  order({ id: id(number), number, ...change });
const closed = (number: number): Order =>
  numbered(number, {
    status: 'delivered',
    closedAt: `2026-03-01T09:00:${String(number).padStart(2, '0')}.000Z`,
  });
const NOBODY: ReadonlySet<string> = new Set();

const placed: PagedList = {
  fits: ({ status }) => status === 'placed',
  compare: ORDERINGS.newest,
  windowFirst: false,
  params: { status: 'placed' },
  page: 2,
  counted: true,
};
const delivered: PagedList = {
  fits: ({ status }) => status === 'delivered',
  compare: ORDERINGS.closed,
  windowFirst: true,
  params: { status: 'delivered', sort: 'closed' },
  page: 2,
  counted: false,
};

/** A client with a server whose rows are these, by page; what it is asked waits until it is answered. */
function desk(rows: () => readonly Order[], list: PagedList) {
  const client = new FakeClient();
  const resets = new Set<() => void>();
  const asked: QueryInput<'list_orders'>[] = [];
  let fails = false;
  const store = new PagedOrders(
    {
      client: {
        on: client.on.bind(client),
        onReset: (handler) => {
          const handle = (): void => handler({ topic: 'orders', reason: 'expired', seq: 9 });
          resets.add(handle);
          return () => void resets.delete(handle);
        },
      },
      ask: async (params): Promise<QueryResult<'list_orders'>> => {
        asked.push(params);
        if (fails) throw new TypeError('offline');
        const from = Number(params.cursor ?? 0);
        const to = from + Number(params.limit);
        const all = rows();
        return {
          items: all.slice(from, to),
          nextCursor: to < all.length ? String(to) : null,
          total: all.length,
        };
      },
    },
    new Map([['all', list]]),
  );
  const stop = store.start();
  return {
    client,
    store,
    asked,
    stop,
    reset: () => resets.forEach((handle) => void handle()),
    cut: (now: boolean) => {
      fails = now;
    },
    shown: (window: readonly Order[] = []) =>
      store
        .shown('all', store.merged(window), new Set(window.map((each) => each.id)))
        .map(({ number }) => number),
  };
}
const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

test('pages that bring only what the window holds are passed over', async () => {
  const rows = [9, 8, 7, 6, 5, 4].map(closed);
  const { store, asked, shown } = desk(() => rows, delivered);
  const window = rows.slice(0, 4);
  expect(shown(window)).toEqual([9, 8, 7, 6]);
  store.more('all', new Set(window.map((each) => each.id)));
  await settle();
  expect(asked).toHaveLength(3);
  expect(shown(window)).toEqual([9, 8, 7, 6, 5, 4]);
  expect(store.state('all').whole).toBe(true);
});

test('after a gap all that was read is read anew: events may have been passed over', async () => {
  let rows = [numbered(3), numbered(2), numbered(1)];
  const { store, shown, reset } = desk(() => rows, placed);
  store.more('all', NOBODY);
  await settle();
  expect(shown()).toEqual([3, 2]);
  rows = [numbered(1)];
  reset();
  await settle();
  expect(shown()).toEqual([1]);
});

test('what is not read to its end is counted anew after events, a while apart', async () => {
  let rows = [5, 4, 3, 2, 1].map((number) => numbered(number));
  const { client, store, asked } = desk(() => rows, placed);
  store.more('all', NOBODY);
  await settle();
  expect(store.state('all').total).toBe(5);
  for (let gone = 1; gone <= 3; gone += 1) {
    rows = rows.slice(0, -1);
    client.emit(orderMoved(numbered(gone, { status: 'picking', version: 2 }), 'placed'));
  }
  await vi.advanceTimersByTimeAsync(500);
  expect(store.state('all').total).toBe(2);
  expect(asked).toHaveLength(2);
  client.emit(orderMoved(numbered(5, { version: 2 }), 'picking'));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked).toHaveLength(3);
});

test('what could not be read is asked for again, and what was read stays', async () => {
  const rows = [numbered(3), numbered(2), numbered(1)];
  const { store, cut, shown } = desk(() => rows, placed);
  store.more('all', NOBODY);
  await settle();
  cut(true);
  store.more('all', NOBODY);
  await settle();
  expect(store.state('all').problem).toBeInstanceOf(TypeError);
  expect(shown()).toEqual([3, 2]);
  cut(false);
  store.again({ failed: true });
  await settle();
  expect(shown()).toEqual([3, 2, 1]);
  expect(store.state('all')).toMatchObject({ whole: true, problem: null });
});

test('whoever leaves is told nothing any more, and no timer is left', async () => {
  const { client, store, stop } = desk(() => [3, 2, 1].map((number) => numbered(number)), placed);
  store.more('all', NOBODY);
  await settle();
  client.emit(orderMoved(numbered(3, { status: 'picking', version: 2 }), 'placed'));
  stop();
  expect(vi.getTimerCount()).toBe(0);
  expect(client.handlers.size).toBe(0);
});
