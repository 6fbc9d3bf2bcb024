import type { QueuedCommand } from '@almenara/client/queue';
import type { CommandName, TopicKey, TopicView } from '@almenara/events';
import { expect, test } from 'vitest';
import type { Peek } from '../realtime/index.ts';
import { bar, hotel, id, rice } from '../testing/goods.ts';
import { queuedCommand } from '../testing/queued-command.ts';
import { ordersView } from '../testing/views.ts';
import { overlays } from './overlays.ts';

const queued = (name: CommandName, place: number, input: Record<string, unknown>): QueuedCommand =>
  queuedCommand({ commandId: id(place), name, input, place });
const added = queued('create_client', 1, { clientId: id(61), name: 'Casa Nueva ' });
const placed = queued('place_order', 2, {
  orderId: id(71),
  clientId: id(61),
  lines: [{ productId: rice.id, quantity: 2 }],
});
const clients = { clients: [bar, hotel], total: 2, truncated: false };
/** What the clients' topic shows: the server has not added the pending client yet. */
const views: { readonly [K in TopicKey]?: TopicView<K> } = {
  clients,
  products: { products: [rice], total: 1, truncated: false },
};
const peek: Peek = (key) => views[key] ?? null;

test('an order for a client that is not added yet has its name, whichever of the two views is asked first', () => {
  const none = ordersView();
  expect(overlays.orders?.(none, [added, placed], {}, peek)?.orders).toMatchObject([
    { id: id(71), clientName: 'Casa Nueva', lines: [{ productId: rice.id, quantity: 2 }] },
  ]);
});

test('a client that is not added yet is in its place in the list, and there once when it has come', () => {
  const shown = overlays.clients?.(clients, [added], {}, peek);
  expect(shown?.clients.map(({ name }) => name)).toEqual(['Bar La Farola', 'Casa Nueva', 'Hotel Miramar']);
  expect(shown?.total).toBe(3);
  const changed = queued('update_client', 3, { clientId: id(61), expectedVersion: 1, phone: '600 000 000' });
  expect(overlays.clients?.(clients, [added, changed], {}, peek)?.clients[1]).toMatchObject({
    name: 'Casa Nueva',
    phone: '600 000 000',
  });
  expect(shown && overlays.clients?.(shown, [added], {}, peek)).toBe(shown);
});
