import type { Order, TopicView } from '@almenara/events';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useTopicPart } from '../../realtime/index.ts';
import { FakeClient } from '../../testing/fake-client.ts';
import { id, line, order, rice } from '../../testing/goods.ts';
import { orderMoved } from '../../testing/order-moved.ts';
import { renderDesk } from '../../testing/render.tsx';
import { ordersView } from '../../testing/views.ts';
import { Shortages } from './shortages.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const short = (number: number, change: Partial<Order> = {}): Order =>
  order({ id: id(number), number, lines: [{ ...line(number, rice, 4), short: 2 }], ...change });
const large = (orders: readonly Order[]): TopicView<'orders'> => ({
  ...ordersView(...orders),
  counts: { ...ordersView().counts, placed: 5000 },
  total: 5000,
  truncated: true,
});

function Live() {
  return <Shortages view={useTopicPart('orders', (view) => view)} />;
}

async function open(view: TopicView<'orders'>): Promise<FakeClient> {
  const client = new FakeClient();
  client.show('orders', view);
  await renderDesk(client, <Live />);
  return client;
}

const card = () => screen.getByRole('region', { name: /^Shortages/ });
const rows = (): (string | undefined)[] =>
  within(card())
    .queryAllByRole('listitem')
    .map((row) => /^#\d+/.exec(row.textContent)?.[0]);

test('of a large desk the oldest are asked for and all are counted, and the next moves up when one is dealt with', async () => {
  const listed = [1, 2, 3, 4].map((number) => short(number));
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    const params = new URL(path, 'http://desk').searchParams;
    asked.push(`${params.get('sort')} ${params.get('short')} ${params.get('cursor') ?? ''}`.trim());
    const items = params.has('cursor') ? [short(5)] : listed;
    return Promise.resolve(
      Response.json({ items, nextCursor: params.has('cursor') ? null : 'c', total: 37 }),
    );
  });
  const client = await open(large([short(4990)]));
  await waitFor(() => expect(rows()).toEqual(['#1', '#2', '#3', '#4']));
  expect(within(card()).getByRole('heading').textContent).toBe('Shortages37');
  expect(asked).toEqual(['oldest true']);

  const gone = short(2, { status: 'cancelled', version: 2 });
  await act(async () => {
    client.show('orders', large([gone, short(4990)]));
    client.emit(orderMoved(gone, 'placed'));
  });
  await waitFor(() => expect(rows()).toEqual(['#1', '#3', '#4', '#5']));
});

test('an order of many lines says how many are short', async () => {
  await open(ordersView(short(3, { lines: [], lineCount: 80, shortLines: 12 })));
  expect(within(card()).getByText('12 lines are short')).toBeTruthy();
});

test('where the server cannot be asked, the card says that it knows only what is held', async () => {
  const fetches = vi.fn(() => Promise.reject(new TypeError('offline')));
  vi.stubGlobal('fetch', fetches);
  await open(large([]));
  expect(await screen.findByText(/^As far as this device knows/)).toBeTruthy();
  expect(fetches).toHaveBeenCalledTimes(1);
});
