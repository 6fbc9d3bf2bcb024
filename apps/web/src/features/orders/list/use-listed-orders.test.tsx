import type { Order, OrderCounts, TopicView } from '@almenara/events';
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../../../testing/fake-client.ts';
import { id, order } from '../../../testing/goods.ts';
import { renderDesk } from '../../../testing/render.tsx';
import { ordersView } from '../../../testing/views.ts';
import type { OrdersSearch } from '../held/orders-search.ts';
import { useListedOrders } from './use-listed-orders.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const numbered = (number: number, change: Partial<Order> = {}): Order =>
  order({ id: id(number), number, ...change });

/** A desk of which the window holds these and no others. */
const windowOf = (live: readonly Order[], counts: Partial<OrderCounts>): TopicView<'orders'> => {
  const all = { ...ordersView(...live).counts, ...counts };
  return { orders: [...live], counts: all, total: 100, truncated: true };
};

function Listed({ view, search }: { view: TopicView<'orders'>; search: OrdersSearch }) {
  const { orders, more, loading, total } = useListedOrders(view, search);
  return (
    <>
      <p>{orders.map(({ number, notes }) => `${number}${notes ?? ''}`).join(' ')}</p>
      <p>of {total}</p>
      {!loading && (
        <button type="button" onClick={() => more?.()}>
          {more ? 'more' : 'all'}
        </button>
      )}
    </>
  );
}

function serve(
  pages: Readonly<Record<string, { items: readonly Order[]; nextCursor: string | null }>>,
): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    asked.push(path);
    const cursor = new URL(path, 'http://desk').searchParams.get('cursor') ?? '';
    return Promise.resolve(Response.json({ total: 4, ...pages[cursor] }));
  });
  return asked;
}

test('what the window does not hold comes page by page, the newest version wins, and nothing is put in between what one reads', async () => {
  const asked = serve({
    '': { items: [numbered(9), numbered(5)], nextCursor: 'c' },
    c: { items: [numbered(2)], nextCursor: null },
  });
  // The window holds an old order that was changed lately: it shows only once its page has been read.
  const view = windowOf([numbered(9, { notes: ' live' }), numbered(3)], { placed: 4 });
  await renderDesk(new FakeClient(), <Listed view={view} search={{}} />);
  const more = await screen.findByRole('button', { name: 'more' });
  expect(screen.getByText('9 live 5')).toBeTruthy();
  expect(screen.getByText('of 4')).toBeTruthy();
  await act(async () => more.click());
  await screen.findByRole('button', { name: 'all' });
  expect(screen.getByText('9 live 5 3 2')).toBeTruthy();
  expect(asked).toHaveLength(2);
});

test('what the window holds all of is answered by it alone', async () => {
  const asked = serve({});
  const view = windowOf([numbered(9), numbered(3, { status: 'shipped' }), numbered(2)], { shipped: 40 });
  await renderDesk(new FakeClient(), <Listed view={view} search={{ status: ['placed'], sort: 'oldest' }} />);
  expect(screen.getByText('2 9')).toBeTruthy();
  expect(asked).toEqual([]);
});

test('an order whose lines are not held is found by what the server says of them', async () => {
  const many = numbered(4, { lines: [], lineCount: 60, shortLines: 0 });
  const asked = serve({ '': { items: [many], nextCursor: null } });
  const view = ordersView(numbered(9), many);
  await renderDesk(new FakeClient(), <Listed view={view} search={{ q: 'capers' }} />);
  await screen.findByRole('button', { name: 'all' });
  expect(screen.getByText('4')).toBeTruthy();
  expect(asked).toHaveLength(1);
});
