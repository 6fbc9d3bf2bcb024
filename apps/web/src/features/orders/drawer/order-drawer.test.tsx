import { CommandFailed } from '@almenara/client';
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useTopicPart } from '../../../realtime/index.ts';
import { FakeClient, refuse } from '../../../testing/fake-client.ts';
import { bar, hotel, level, line, oil, order, rice, zone } from '../../../testing/goods.ts';
import { renderDesk } from '../../../testing/render.tsx';
import { OrderDrawer } from './order-drawer.tsx';
// Imported up front, as these tests are not about how long lazy parts take to load.
import '../../../ui/confirm.tsx';
import '../edit/order-editor.tsx';
import { levelsView, ordersView } from '../../../testing/views.ts';

beforeEach(() => {
  const history = { items: [], nextCursor: null, total: 0, previous: null };
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(history)));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Live() {
  const live = useTopicPart('orders', ({ orders }) => orders[0] ?? null);
  return live ? <OrderDrawer order={live} onClose={() => {}} /> : null;
}

function desk(role: 'operator' | 'viewer' = 'operator'): FakeClient {
  const client = new FakeClient(role);
  client.show('orders', ordersView(order()));
  client.show('clients', { clients: [bar, hotel], total: 2, truncated: false });
  client.show('products', { products: [oil, rice], total: 2, truncated: false });
  client.show('zones', { zones: [zone] });
  client.show('inventory', levelsView(level(rice, 10, 4), level(oil, 5)), { zone: 'A1' });
  return client;
}

test('a conflict shows what changed; taken over, the same edit goes out on top of it', async () => {
  const client = desk();
  await renderDesk(client, <Live />);
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await screen.findByRole('combobox', { name: 'Client' });
  await userEvent.type(await screen.findByLabelText(/Notes/), 'By noon');

  const theirs = order({
    version: 2,
    clientId: hotel.id,
    clientName: hotel.name,
    lines: [line(41, rice, 6)],
  });
  client.answers.edit_order = refuse(
    new CommandFailed('x', 'refused', {
      code: 'conflict',
      message: '',
      details: { current: { order: theirs } },
    }),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Client: Bar La Farola → Hotel Miramar');
  expect(alert.textContent).toContain('Rice 1 kg: 4 → 6');

  client.answers.edit_order = () => Promise.resolve({ order: order({ version: 3 }) });
  await userEvent.click(screen.getByRole('button', { name: 'Take over the new state' }));
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Client' }).value).toBe('Hotel Miramar');
  expect(screen.getByLabelText<HTMLInputElement>('Quantity of Rice 1 kg').value).toBe('6');
  await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
  await waitFor(() => expect(client.sent).toHaveLength(2));
  expect(client.sent[1]?.input).toEqual({ orderId: theirs.id, expectedVersion: 2, notes: 'By noon' });
});

test('a change by somebody else is shown while one edits, before anything is sent', async () => {
  const client = desk();
  await renderDesk(client, <Live />);
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await screen.findByRole('combobox', { name: 'Client' });
  await act(async () => client.show('orders', ordersView(order({ version: 2, status: 'picking' }))));
  expect(screen.getByRole('alert').textContent).toContain('Placed → Picking');
  expect(client.sent).toEqual([]);
});

test('a field that both change is asked about while one types, and the chosen side is saved', async () => {
  const client = desk();
  await renderDesk(client, <Live />);
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await userEvent.type(await screen.findByLabelText(/Notes/), 'By noon');
  const theirs = order({ version: 2, notes: 'Use the back door', lines: [line(41, rice, 6)] });
  await act(async () => client.show('orders', ordersView(theirs)));
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Yours: By noon/ }).checked).toBe(true);
  await userEvent.click(screen.getByRole('radio', { name: /^Theirs: Use the back door/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Go on with these choices' }));
  expect(screen.getByLabelText<HTMLTextAreaElement>(/Notes/).value).toBe('Use the back door');
  expect(screen.getByLabelText<HTMLInputElement>('Quantity of Rice 1 kg').value).toBe('6');
  expect(screen.queryByRole('alert')).toBeNull();
});

test('what is typed and not saved is not lost by closing', async () => {
  await renderDesk(desk(), <Live />);
  await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
  await userEvent.type(await screen.findByLabelText(/Notes/), 'By noon');
  await userEvent.keyboard('{Escape}');
  await userEvent.click(await screen.findByRole('button', { name: 'Go on editing' }));
  expect(screen.getByLabelText<HTMLTextAreaElement>(/Notes/).value).toBe('By noon');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(await screen.findByRole('button', { name: 'Discard changes' }));
  expect(screen.queryByLabelText(/Notes/)).toBeNull();
});

test('moves on with the version it shows', async () => {
  const client = desk();
  client.answers.change_order_status = () =>
    Promise.resolve({ order: order({ version: 2, status: 'picking' }) });
  await renderDesk(client, <Live />);
  await userEvent.click(screen.getByRole('button', { name: 'Start picking' }));
  expect(client.sent[0]?.input).toEqual({ orderId: order().id, status: 'picking', expectedVersion: 1 });
});

test('cancelling asks first', async () => {
  const client = desk();
  client.answers.change_order_status = () =>
    Promise.resolve({ order: order({ version: 2, status: 'cancelled' }) });
  await renderDesk(client, <Live />);
  await userEvent.click(screen.getByRole('button', { name: 'Cancel order' }));
  expect(client.sent).toEqual([]);
  await screen.findByRole('alertdialog');
  await userEvent.click(screen.getByRole('button', { name: 'Cancel order' }));
  await waitFor(() => expect(client.sent[0]?.input).toMatchObject({ status: 'cancelled' }));
});

test('a viewer sees the order and nothing to change it with', async () => {
  await renderDesk(desk('viewer'), <Live />, 'viewer');
  expect(screen.getByText('Rice 1 kg')).toBeTruthy();
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual(['Close']);
  expect(screen.queryByRole('combobox')).toBeNull();
});
