import type { CommandQueue } from '@almenara/client/queue';
import { whenIdle } from '../when-idle.ts';
import type { Overlays } from './optimism.ts';
import type { Part } from './parts.ts';
import type { TopicStores } from './topic-stores.ts';

/** By then a page has what it shows. */
const STANDS_MS = 2000;

/** A page is drawn without overlays: they are fetched when a key or a pointer is pressed, which may give a command, or once it stands. */
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
        // Without network before it is kept: the next command tries again, and shows when it is done.
        asked = false;
      }
    };
    const unlisten = pending.subscribe(() => {
      if (pending.get().length > 0) void need();
    });
    const listening = new AbortController();
    const { signal } = listening;
    // What is let go of shows at once where it was put.
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
