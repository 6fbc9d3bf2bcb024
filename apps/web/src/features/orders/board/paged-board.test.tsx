import type { Order, OrderStatus, TopicView } from '@almenara/events';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../../../testing/fake-client.ts';
import { bar, id, order } from '../../../testing/goods.ts';
import { orderMoved } from '../../../testing/order-moved.ts';
import { renderDesk } from '../../../testing/render.tsx';
import { ordersView } from '../../../testing/views.ts';
import type { OrdersSearch } from '../held/orders-search.ts';
import { OrdersDesk } from '../orders-page.tsx';
// Imported up front, as these tests are not about how long lazy parts take to load.
import '../move/move-dialog.tsx';
import './paged-board.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const numbered = (number: number, change: Partial<Order> = {}): Order =>
  order({ id: id(number), number, ...change });
const held = [numbered(99), numbered(98, { status: 'picking' })];
const COUNTS = { placed: 60, picking: 1, packed: 0, shipped: 0, delivered: 0, cancelled: 0 };
const windowOf = (orders: readonly Order[], counts = COUNTS): TopicView<'orders'> => ({
  orders: [...orders],
  counts,
  total: 61,
  truncated: true,
});

interface Page {
  readonly items: readonly Order[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** A server that lists these by status, one page each. @returns what it was asked */
function serve(pages: Partial<Record<OrderStatus, Page>>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (path: string) => {
    const params = new URL(path, 'http://desk').searchParams;
    asked.push(`${params.get('status')} ${params.get('q') ?? ''}`.trim());
    const [page] = Object.entries(pages).flatMap(([status, one]) =>
      status === params.get('status') ? [one] : [],
    );
    return Promise.resolve(Response.json(page ?? { items: [], nextCursor: null, total: 0 }));
  });
  return asked;
}

async function open(search: OrdersSearch, view = windowOf(held)): Promise<FakeClient> {
  const client = new FakeClient();
  client.show('orders', view);
  client.show('clients', { clients: [bar], total: 1, truncated: false });
  await renderDesk(client, <OrdersDesk search={search} onSearch={() => {}} />);
  return client;
}

/** An order has moved on: the event, and the window with it as the latest. */
const moved = (client: FakeClient, to: Order, from: OrderStatus, view: TopicView<'orders'>): Promise<void> =>
  act(async () => {
    client.show('orders', view);
    client.emit(orderMoved(to, from));
  });

const column = (name: string): HTMLElement => screen.getByRole('region', { name: new RegExp(`^${name}`) });
const numbersIn = (name: string): (string | undefined)[] =>
  within(column(name))
    .queryAllByRole('link')
    .map((link) => /^#\d+/.exec(link.textContent)?.[0]);
const heading = (name: string): string | null => within(column(name)).getByRole('heading').textContent;

test('a column that is not held is read, numbers are those of the whole desk, and what is held is not asked for', async () => {
  const asked = serve({ placed: { items: [numbered(99), numbered(3)], nextCursor: 'c', total: 60 } });
  await open({});
  await waitFor(() => expect(numbersIn('Placed')).toEqual(['#99', '#3']));
  expect(heading('Placed')).toContain('60 orders');
  expect(heading('Picking')).toContain('1 order');
  expect(asked).toEqual(['placed']);
  expect(within(column('Placed')).getByRole('button', { name: 'Show 50 more' })).toBeTruthy();
});

test('an order that was read and is not held moves with its event, once, and stays right when the window forgets it', async () => {
  serve({ placed: { items: [numbered(99), numbered(3)], nextCursor: null, total: 60 } });
  const client = await open({});
  await waitFor(() => expect(numbersIn('Placed')).toEqual(['#99', '#3']));
  const three = numbered(3, { status: 'picking', version: 2 });
  const counts = { ...COUNTS, placed: 59, picking: 2 };
  await moved(client, three, 'placed', windowOf([three, ...held], counts));
  await waitFor(() => expect(numbersIn('Picking')).toEqual(['#98', '#3']));
  expect(numbersIn('Placed')).toEqual(['#99']);
  // Many other orders changed since, and pushed it out of the window.
  await act(async () => client.show('orders', windowOf([numbered(99, { version: 2 })], counts)));
  expect(numbersIn('Placed')).toEqual(['#99']);
  expect(heading('Picking')).toContain('2 orders');
});

test('one’s own move of an order that is not held shows before its answer, in the numbers too', async () => {
  serve({ placed: { items: [numbered(99), numbered(3)], nextCursor: null, total: 60 } });
  await open({});
  await waitFor(() => expect(numbersIn('Placed')).toEqual(['#99', '#3']));
  within(column('Placed')).getByRole('link', { name: /^#3/ }).focus();
  await userEvent.keyboard('m');
  await userEvent.click(await screen.findByRole('button', { name: 'Start picking' }));
  await waitFor(() => expect(numbersIn('Picking')).toEqual(['#98', '#3']));
  expect(heading('Placed')).toContain('59 orders');
  expect(heading('Picking')).toContain('2 orders');
});

test('a search asks for all that is not held, and counts what there is', async () => {
  const asked = serve({ placed: { items: [numbered(3)], nextCursor: 'c', total: 1000 } });
  await open({ q: 'deposit' });
  await waitFor(() => expect(numbersIn('Placed')).toEqual(['#3']));
  expect(asked).toEqual(['placed deposit']);
  expect(heading('Placed')).toContain('1000 orders');
  expect(numbersIn('Picking')).toEqual([]);
});

test('a column that cannot be read says how many are missing, and is read when one tries again', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')));
  await open({});
  expect(await screen.findByText('59 more are on the server only.')).toBeTruthy();
  expect(numbersIn('Placed')).toEqual(['#99']);
  serve({ placed: { items: [numbered(99), numbered(3)], nextCursor: 'c', total: 60 } });
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(numbersIn('Placed')).toEqual(['#99', '#3']));
  expect(screen.queryByText(/on the server only/)).toBeNull();
});

test('a desk that the window holds whole asks for nothing', async () => {
  const asked = serve({});
  await open({ short: true }, ordersView(...held));
  await open({}, ordersView(...held));
  expect(asked).toEqual([]);
});
