import type { Client } from '@almenara/client';
import type { CommandQueue } from '@almenara/client/queue';
import type { Part } from './parts.ts';

/** A tab that nobody has looked at for this long lets go of its topics. It is caught up when it is looked at again. */
const PARK_AFTER_MS = 5 * 60_000;
/** After this long a command that still waits has no tab that sends it, in ms. */
const LEFT_BEHIND_MS = 10_000;

/** Stops the client of a tab that has been hidden for long, unless it has commands to send. */
export const parking =
  (client: Pick<Client, 'start' | 'stop'>, queue: Pick<CommandQueue, 'entries'>): Part =>
  () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let late: ReturnType<typeof setTimeout> | undefined;
    let parked = false;
    const hasWork = (): boolean => queue.entries.get().some(({ state }) => state === 'waiting');
    const park = (): void => {
      if (hasWork()) {
        timer = setTimeout(park, PARK_AFTER_MS);
        return;
      }
      parked = true;
      client.stop();
    };
    const wake = (): void => {
      parked = false;
      client.start();
    };
    const seen = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') timer = setTimeout(park, PARK_AFTER_MS);
      else wake();
    };
    // The command was given in another tab, which sends it. If it still waits, that tab is gone, and this one
    // wakes up to send it.
    const look = (): void => {
      late = undefined;
      if (!parked || !hasWork()) return;
      wake();
      timer = setTimeout(park, PARK_AFTER_MS);
    };
    const queued = queue.entries.subscribe(() => {
      if (parked && hasWork()) late ??= setTimeout(look, LEFT_BEHIND_MS);
    });
    // The tab may have been opened in the background.
    seen();
    document.addEventListener('visibilitychange', seen);
    return () => {
      clearTimeout(timer);
      clearTimeout(late);
      queued();
      document.removeEventListener('visibilitychange', seen);
    };
  };
