import { CommandFailed } from '@almenara/client';
import type { Order } from '@almenara/events';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { FakeClient, refuse } from '../../../testing/fake-client.ts';
import { id, line, oil, order, rice } from '../../../testing/goods.ts';
import { queuedCommand } from '../../../testing/queued-command.ts';
import { renderDesk } from '../../../testing/render.tsx';
// Imported up front, as these tests are not about how long lazy parts take to load.
import '../move/missing-dialog.tsx';
import { ordersView } from '../../../testing/views.ts';
import { OrderLines } from '../drawer/order-lines.tsx';
import { OrderMoves } from '../drawer/order-moves.tsx';
import { missingOf } from './missing.ts';
import { pendingOrders } from './optimism.ts';

afterEach(cleanup);

const short = (change: Partial<Order> = {}): Order =>
  order({
    status: 'packed',
    lines: [
      { ...line(41, rice, 5), short: 2, allocations: [{ zone: 'A1', quantity: 3 }] },
      { ...line(42, oil, 1), short: 1, allocations: [] },
    ],
    total: { amount: 5 * 345 + 4650, currency: 'EUR' },
    ...change,
  });
const show = (client: FakeClient, ...orders: Order[]): void => client.show('orders', ordersView(...orders));
const press = (name: string) => userEvent.click(screen.getByRole('button', { name }));

test('[S4] what is missing is said beside the lines, and is reserved by hand; that there is none yet is said, too', async () => {
  const client = new FakeClient();
  await renderDesk(client, <OrderLines order={short()} />);
  expect(screen.getByText('Missing: 2 × Rice 1 kg, 1 × Olive oil 5 l.')).toBeTruthy();
  client.answers.reserve_order = refuse(
    new CommandFailed('x', 'refused', { code: 'out_of_stock', message: '', details: {} }),
  );
  await press('Reserve now');
  expect(await screen.findByText('Nothing of it is available yet.')).toBeTruthy();
  client.answers.reserve_order = () => Promise.resolve({ order: order() });
  await press('Reserve now');
  await waitFor(() => expect(screen.queryByText('Nothing of it is available yet.')).toBeNull());
  expect(client.sent.at(-1)).toMatchObject({ name: 'reserve_order', input: { orderId: id(31) } });
});

test('nothing is missing of an order that is cancelled, and a viewer has nothing to press', async () => {
  expect(missingOf(short({ status: 'cancelled' }))).toEqual([]);
  await renderDesk(new FakeClient('viewer'), <OrderLines order={short()} />);
  expect(screen.getByText(/^Missing:/)).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});

test('[S5] a short order ships after the choice what becomes of the rest, as it is then', async () => {
  const client = new FakeClient();
  const packed = short();
  show(client, packed);
  await renderDesk(client, <OrderMoves order={packed} />);
  client.answers.change_order_status = () =>
    Promise.resolve({ order: short({ status: 'shipped' }), backOrder: order({ number: 8 }) });
  await press('Ship');
  const dialog = await screen.findByRole('dialog', { name: 'Ship order #7 without these?' });
  expect(
    within(dialog)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['2 × Rice 1 kg', '1 × Olive oil 5 l']);
  expect(client.sent).toEqual([]);
  // Some of the missing goods arrive while the dialog asks.
  show(client, short({ version: 2, lines: [{ ...line(41, rice, 5), short: 1 }] }));
  await waitFor(() => expect(within(dialog).getAllByRole('listitem')).toHaveLength(1));
  await press('Ship; cancel the rest');
  await waitFor(() => expect(client.sent).toHaveLength(1));
  expect(client.sent[0]?.input).toEqual({
    orderId: id(31),
    status: 'shipped',
    expectedVersion: 2,
    missing: 'cancel',
  });
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await press('Ship');
  await screen.findByRole('dialog');
  await press('Ship; the rest as a back order');
  await waitFor(() => expect(client.sent[1]?.input).toMatchObject({ missing: 'back_order' }));
});

test('[S5] of an order that lacks everything the desk says that it cannot ship; packed, it only says what is missing', async () => {
  const client = new FakeClient();
  const none = short({ lines: [{ ...line(41, rice, 5), short: 5, allocations: [] }] });
  await renderDesk(client, <OrderMoves order={none} />);
  await press('Ship');
  expect(await screen.findByText(/there is nothing to ship/)).toBeTruthy();
  expect(within(screen.getByRole('dialog')).queryByRole('button', { name: /^Ship/ })).toBeNull();
  cleanup();

  await renderDesk(client, <OrderMoves order={short({ status: 'picking' })} />);
  client.answers.change_order_status = () => Promise.resolve({ order: short() });
  await press('Mark as packed');
  await screen.findByRole('dialog', { name: 'Pack order #7 without these?' });
  await press('Pack what is there');
  await waitFor(() =>
    expect(client.sent.at(-1)?.input).toEqual({ orderId: id(31), status: 'packed', expectedVersion: 1 }),
  );
});

test('the next step waits for the answer to the one before', async () => {
  const client = new FakeClient();
  let answer = (): void => {};
  client.answers.change_order_status = () =>
    new Promise((resolve) => {
      answer = () => resolve({ order: order() });
    });
  await renderDesk(client, <OrderMoves order={order({ status: 'picking' })} />);
  await press('Back to: Placed');
  const pack = screen.getByRole('button', { name: 'Mark as packed' });
  await waitFor(() => expect(pack.getAttribute('aria-disabled')).toBe('true'));
  await userEvent.click(pack);
  expect(client.sent).toHaveLength(1);
  answer();
  await waitFor(() => expect(pack.getAttribute('aria-disabled')).toBe('false'));
  await userEvent.click(pack);
  await waitFor(() => expect(client.sent).toHaveLength(2));
});

test('a step back is one press, and is told apart from the step on', async () => {
  const client = new FakeClient();
  client.answers.change_order_status = () => Promise.resolve({ order: order() });
  await renderDesk(client, <OrderMoves order={order({ status: 'picking' })} />);
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual([
    'Cancel order',
    'Back to: Placed',
    'Mark as packed',
  ]);
  await press('Back to: Placed');
  await waitFor(() => expect(client.sent[0]?.input).toMatchObject({ status: 'placed' }));
});

test('[S5] a shipment that waits to be sent shows what will ship and what it will be worth; one that cannot is not shown', () => {
  const ships = queuedCommand({
    commandId: 'c1',
    place: 1,
    name: 'change_order_status',
    input: { orderId: id(31), status: 'shipped' },
  });
  const after = pendingOrders(ordersView(short()), [ships], {}, () => null);
  expect(after.orders).toMatchObject([
    { status: 'shipped', total: { amount: 3 * 345 }, lines: [{ quantity: 3, short: 0 }] },
  ]);
  const none = short({ lines: [{ ...line(41, rice, 5), short: 5, allocations: [] }] });
  expect(pendingOrders(ordersView(none), [ships], {}, () => null).orders).toMatchObject([
    { status: 'packed' },
  ]);
  const less = queuedCommand({
    commandId: 'c2',
    place: 1,
    name: 'edit_order',
    input: { orderId: id(31), expectedVersion: 1, lines: [{ productId: rice.id, quantity: 4 }] },
  });
  expect(pendingOrders(ordersView(short()), [less], {}, () => null).orders[0]?.lines).toMatchObject([
    { quantity: 4, short: 1 },
  ]);
});
