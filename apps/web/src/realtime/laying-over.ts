import type { CommandQueue } from '@almenara/client/queue';
import { whenIdle } from '../when-idle.ts';
import type { Overlays } from './optimism.ts';
import type { Part } from './parts.ts';
import type { TopicStores } from './topic-stores.ts';

/** By this time a page has loaded what it shows, in ms. */
const STANDS_MS = 2000;

/**
 * Loads the code that shows pending commands: when a key or pointer is pressed, which may give the first
 * command, or some time after the page has been drawn.
 */
export const layingOver =
  (
    topics: Pick<TopicStores, 'layOver'>,
    { pending }: Pick<CommandQueue, 'pending'>,
    fetchOverlays: () => Promise<Overlays>,
  ): Part =>
  () => {
    let asked = false;
    const need = async (): Promise<void> => {
      if (asked) return;
      asked = true;
      try {
        topics.layOver(await fetchOverlays());
      } catch {
        // No network, and the service worker has not kept this code yet. The next command tries again; until
        // then commands show once they are done.
        asked = false;
      }
    };
    const unlisten = pending.subscribe(() => {
      if (pending.get().length > 0) void need();
    });
    const listening = new AbortController();
    const { signal } = listening;
    // Loaded when a pointer is pressed, so that a card shows in its new column as soon as it is dropped.
    for (const press of ['pointerdown', 'keydown'])
      document.addEventListener(press, () => void need(), { capture: true, signal });
    let callOff = (): void => clearTimeout(timer);
    const timer = setTimeout(() => {
      callOff = whenIdle(() => void need());
    }, STANDS_MS);
    return () => {
      unlisten();
      listening.abort();
      callOff();
    };
  };
