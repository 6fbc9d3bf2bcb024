import type { QueuedCommand } from '@almenara/client/queue';
import type { Realtime } from '../../realtime/index.ts';

/** The version that what a command is about has now; null where that is not known here, or does not matter to it. */
export function currentVersion({ topics }: Pick<Realtime, 'topics'>, command: QueuedCommand): number | null {
  const { orderId, clientId, productId, expectedVersion } = command.input;
  if (typeof expectedVersion !== 'number') return null;
  const found =
    typeof orderId === 'string'
      ? topics.state('orders').view?.orders.find(({ id }) => id === orderId)
      : typeof clientId === 'string'
        ? topics.state('clients').view?.clients.find(({ id }) => id === clientId)
        : topics.state('products').view?.products.find(({ id }) => id === productId);
  return found?.version ?? null;
}
