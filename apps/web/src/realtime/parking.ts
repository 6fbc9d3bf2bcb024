import type { Client, CommandQueue } from '@almenara/client';
import type { Part } from './parts.ts';

/** A tab that nobody has looked at for this long lets go of its topics. It is caught up when it is looked at again. */
export const PARK_AFTER_MS = 5 * 60_000;

/** A hidden tab costs nothing for long: its client is stopped, unless it has commands to send. */
export const parking =
  (client: Pick<Client, 'start' | 'stop'>, queue: Pick<CommandQueue, 'entries'>): Part =>
  () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const hasWork = (): boolean => queue.entries.get().some(({ state }) => state === 'waiting');
    const park = (): void => {
      if (hasWork()) timer = setTimeout(park, PARK_AFTER_MS);
      else client.stop();
    };
    const seen = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') timer = setTimeout(park, PARK_AFTER_MS);
      else client.start();
    };
    const queued = queue.entries.subscribe(() => {
      // Given in another tab that is gone by now.
      if (hasWork()) client.start();
    });
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      queued();
      document.removeEventListener('visibilitychange', seen);
    };
  };
