import type { Order } from '@almenara/events';
import { act, cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../../testing/fake-client.ts';
import { id, order } from '../../testing/goods.ts';
import { renderDesk } from '../../testing/render.tsx';
import type { OrdersSearch } from './orders-search.ts';
import { useListedOrders } from './use-listed-orders.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const numbered = (number: number, change: Partial<Order> = {}): Order =>
  order({ id: id(number), number, ...change });

function Listed({ live, search }: { live: readonly Order[]; search: OrdersSearch }) {
  const { orders, more, loading } = useListedOrders(live, true, search);
  return (
    <>
      <p>{orders.map(({ number, notes }) => `${number}${notes ?? ''}`).join(' ')}</p>
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

test('older orders come page by page, the live ones win, and nothing is put in between what one reads', async () => {
  const asked = serve({
    '': { items: [numbered(9), numbered(5)], nextCursor: 'c' },
    c: { items: [numbered(2)], nextCursor: null },
  });
  // The live topic holds an old one that was closed lately: it waits for its place.
  const live = [numbered(9, { notes: ' live' }), numbered(3)];
  await renderDesk(new FakeClient(), <Listed live={live} search={{}} />);
  const more = await screen.findByRole('button', { name: 'more' });
  expect(screen.getByText('9 live 5')).toBeTruthy();
  await act(async () => more.click());
  await screen.findByRole('button', { name: 'all' });
  expect(screen.getByText('9 live 5 3 2')).toBeTruthy();
  expect(asked).toHaveLength(2);
});

test('what only open orders can fit is answered by the live topic alone', async () => {
  const asked = serve({});
  const live = [numbered(9), numbered(3, { status: 'shipped' }), numbered(2)];
  await renderDesk(new FakeClient(), <Listed live={live} search={{ status: ['placed'], sort: 'oldest' }} />);
  expect(screen.getByText('2 9')).toBeTruthy();
  expect(asked).toEqual([]);
});
