import type { QueuedCommand } from '@almenara/client/queue';
import { NOW } from './fake-client.ts';

/** A command that waits in the queue. */
export const queuedCommand = (
  given: Pick<QueuedCommand, 'commandId' | 'name' | 'input' | 'place'>,
): QueuedCommand => ({
  madeAt: Date.parse(NOW),
  state: 'waiting',
  sent: false,
  error: null,
  outcome: null,
  heldBy: null,
  ...given,
});
