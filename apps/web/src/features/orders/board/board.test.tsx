import { CommandFailed } from '@almenara/client';
import { ORDER_STATUSES, type Order, type TopicView } from '@almenara/events';
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';

import { afterEach, expect, test, vi } from 'vitest';
import { useTopicPart } from '../../../realtime/index.ts';
import { FakeClient, refuse } from '../../../testing/fake-client.ts';
import { hotel, id, order } from '../../../testing/goods.ts';
import { renderDesk } from '../../../testing/render.tsx';
import { DeskToaster } from '../../../ui/desk-toaster.tsx';
import { sameOrder } from '../held/board-columns.ts';
import { Board } from './board.tsx';
import { useBoardOrders } from './use-board-orders.ts';
// Imported up front, as these tests are not about how long lazy parts take to load.
import './board-dragging.tsx';
import '../move/move-dialog.tsx';
import '../../../ui/confirm.tsx';
import '../../../ui/toaster.tsx';
import { ordersView } from '../../../testing/views.ts';

const drawn = vi.hoisted((): number[] => []);
vi.mock('./card-face.tsx', async (original) => {
  const { CardFace } = await original<typeof import('./card-face.tsx')>();
  return {
    CardFace: (props: { order: Order; assignee: string | null }) => {
      drawn.push(props.order.number);
      return CardFace(props);
    },
  };
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  drawn.length = 0;
});

const NAMES = new Map<string, string>();
const EVERYTHING = {};
const ignore = (): void => {};

function Live() {
  const view = useTopicPart('orders', (all) => all);
  return view && <Held view={view} />;
}

function Held({ view }: { view: TopicView<'orders'> }) {
  const { orders, ends, more } = useBoardOrders(view, EVERYTHING);
  return (
    <>
      <Board
        orders={orders}
        ends={ends}
        onMore={more}
        search={EVERYTHING}
        names={NAMES}
        selected={null}
        onSelect={ignore}
      />
      <DeskToaster />
    </>
  );
}

const seven = order();
const eight = order({ id: id(32), number: 8, clientId: hotel.id, clientName: hotel.name });
const nine = order({ id: id(33), number: 9, status: 'picking' });

const show = (client: FakeClient, orders: readonly Order[]): void =>
  client.show('orders', ordersView(...orders));

async function open(): Promise<FakeClient> {
  const client = new FakeClient();
  show(client, [nine, eight, seven]);
  await renderDesk(client, <Live />);
  return client;
}

const column = (name: string): HTMLElement => screen.getByRole('region', { name: new RegExp(`^${name}`) });
const card = (number: number): HTMLElement => screen.getByRole('link', { name: new RegExp(`^#${number}`) });

test('of many orders, those near the sight are drawn, and only the one that changed is drawn anew', async () => {
  const client = new FakeClient();
  const many = Array.from({ length: 40 }, (_, i) => order({ id: id(100 + i), number: 100 + i }));
  show(client, many);
  await renderDesk(client, <Live />);
  expect(drawn).toHaveLength(12);
  drawn.length = 0;
  // As a snapshot would: all orders are new objects, but only one has changed.
  await act(async () =>
    show(
      client,
      many.map((each) => (each.number === 137 ? { ...each, version: 2, notes: 'x' } : { ...each })),
    ),
  );
  expect(drawn).toEqual([137]);
});

test('a card is moved with the keyboard alone, and the focus goes along with it', async () => {
  const client = await open();
  const moved = { ...seven, version: 2, status: 'picking' as const };
  client.answers.change_order_status = () => Promise.resolve({ order: moved });
  card(7).focus();
  await userEvent.keyboard('m');
  const dialog = await screen.findByRole('dialog', { name: 'Move order #7' });
  expect(within(dialog).getByRole('button', { name: 'Start picking' })).toBe(document.activeElement);
  await userEvent.keyboard('{Enter}');
  expect(client.sent).toMatchObject([
    { name: 'change_order_status', input: { orderId: seven.id, status: 'picking', expectedVersion: 1 } },
  ]);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await act(async () => show(client, [nine, eight, moved]));
  expect(within(column('Picking')).getByRole('link', { name: /^#7/ })).toBe(document.activeElement);
  expect(screen.getByText('Order #7 of Bar La Farola is now: Picking.')).toBeTruthy();
});

/** As on a phone: one column and a piece of the next. @returns what is scrolled to */
function narrow() {
  vi.spyOn(HTMLElement.prototype, 'getBoundingClientRect').mockImplementation(function (this: HTMLElement) {
    const at = ORDER_STATUSES.map(String).indexOf(this.dataset.status ?? '');
    return at < 0 ? new DOMRect(0, 0, 390, 800) : new DOMRect(15 + at * 313, 0, 304, 800);
  });
  return vi.spyOn(HTMLElement.prototype, 'scrollIntoView');
}

test('the board scrolls to where one moved a card, focus and all, and not after a card that somebody else moves', async () => {
  const scrolling = narrow();
  const client = await open();
  const theirs = { ...eight, version: 2, status: 'packed' as const };
  await act(async () => show(client, [nine, theirs, seven]));
  expect(scrolling).not.toHaveBeenCalled();

  const moved = { ...seven, version: 2, status: 'picking' as const };
  client.answers.change_order_status = () => Promise.resolve({ order: moved });
  await userEvent.click(screen.getByRole('button', { name: 'Move order #7' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Start picking' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await act(async () => show(client, [nine, theirs, moved]));
  expect(scrolling.mock.contexts).toEqual([card(7)]);
  expect(scrolling).toHaveBeenCalledWith({ inline: 'start', block: 'nearest', behavior: 'smooth' });
  expect(card(7)).toBe(document.activeElement);
});

test('arrows walk from card to card and from column to column', async () => {
  await open();
  card(8).focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(card(7)).toBe(document.activeElement);
  await userEvent.keyboard('{ArrowRight}');
  expect(card(9)).toBe(document.activeElement);
  await userEvent.keyboard('{ArrowLeft}');
  expect(card(8)).toBe(document.activeElement);
});

test('a refused move is told with its reason, and what the order is now', async () => {
  const client = await open();
  client.answers.change_order_status = refuse(
    new CommandFailed('x', 'refused', {
      code: 'conflict',
      message: '',
      details: {
        current: { order: { ...seven, version: 2, status: 'cancelled', closedAt: seven.updatedAt } },
      },
    }),
  );
  card(7).focus();
  await userEvent.keyboard('m');
  await screen.findByRole('dialog');
  await userEvent.keyboard('{Enter}');
  const reason = 'Somebody changed it meanwhile. It is now: Cancelled.';
  expect(await screen.findByText(reason)).toBeTruthy();
  expect(screen.getByText(`Order #7 was not moved to Picking. ${reason}`)).toBeTruthy();
});

test('cancelling from the board asks first', async () => {
  const client = await open();
  card(7).focus();
  await userEvent.keyboard('m');
  await screen.findByRole('dialog');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(client.sent).toEqual([]);
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel order' }));
  expect(client.sent).toMatchObject([{ input: { status: 'cancelled' } }]);
});

test('a viewer can look at the board and move nothing', async () => {
  const client = new FakeClient('viewer');
  show(client, [seven]);
  await renderDesk(client, <Live />, 'viewer');
  card(7).focus();
  await userEvent.keyboard('m');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(screen.queryByRole('button', { name: /Move order/ })).toBeNull();
});

test('what a card says of its client counts, also where nothing else is another', () => {
  expect(sameOrder(order(), order())).toBe(true);
  expect(sameOrder(order(), order({ clientName: 'Hotel Miramar' }))).toBe(false);
});
