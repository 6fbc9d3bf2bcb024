import type { TopicHandle } from '@almenara/client';
import type { TopicKey } from '@almenara/events';
import { whenIdle } from '../when-idle.ts';
import type { KeptDatabase } from './database.ts';
import { BUILD, type KeptTopics } from './kept-topics.ts';
import { roughBytes } from './rough-bytes.ts';

/** How old what is kept may get while a topic changes, in ms. A tab that does not lead leaves it to the one that does. */
const LEADER_MS = 5000;
const OTHERS_MS = 20_000;
/**
 * Copying a large view for the storage blocks the page. The time between two copies is this many times as long
 * as a copy takes.
 */
const REST = 500;

/** How long after the start what is kept for nothing goes, and how often from then on, in ms. */
const PRUNE_SOON_MS = 60_000;
const PRUNE_EVERY_MS = 3_600_000;

type Handle = Pick<TopicHandle<TopicKey>, 'name' | 'view' | 'cursor'>;

interface Keeping {
  readonly handle: Handle;
  readonly stop: () => void;
}

/** Keeps what the followed topics hold, so that it can be read without network and need not be loaded again. */
export class TopicKeeper {
  readonly #db: KeptDatabase;
  readonly #user: string;
  readonly #topics: KeptTopics;
  readonly #leads: () => boolean;
  readonly #kept = new Map<string, Keeping>();
  readonly #changed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing = false;
  #over = false;
  /** The longest that one of the last views took to hand over, in ms. */
  #cost = 0;

  constructor(db: KeptDatabase, user: string, topics: KeptTopics, leads: () => boolean) {
    this.#db = db;
    this.#user = user;
    this.#topics = topics;
    this.#leads = leads;
  }

  /** Until the returned function is called. */
  keep(handle: Handle): () => void {
    const stop = handle.view.subscribe(() => {
      this.#changed.add(handle.name);
      this.#soon();
    });
    this.#kept.set(handle.name, { handle, stop });
    return () => {
      stop();
      this.#kept.delete(handle.name);
    };
  }

  start(): () => void {
    const leaving = (): void => {
      if (document.visibilityState === 'hidden') void this.#write();
    };
    document.addEventListener('visibilitychange', leaving);
    const prune = (): void => {
      whenIdle(() => void this.#topics.prune((topic) => this.#kept.has(topic)));
      pruning = setTimeout(prune, PRUNE_EVERY_MS);
    };
    let pruning = setTimeout(prune, PRUNE_SOON_MS);
    return () => {
      document.removeEventListener('visibilitychange', leaving);
      clearTimeout(pruning);
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  /** Stops keeping anything: the user's data is about to be removed. */
  end(): void {
    this.#over = true;
  }

  #soon(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        whenIdle(() => void this.#write());
      },
      Math.max(this.#leads() ? LEADER_MS : OTHERS_MS, this.#cost * REST),
    );
  }

  async #write(): Promise<void> {
    if (this.#writing) return this.#soon();
    this.#writing = true;
    const names = [...this.#changed];
    this.#changed.clear();
    this.#cost = 0;
    try {
      // One topic after the other, so that the page is never blocked for all of them at once.
      for (const name of names) {
        const handle = this.#kept.get(name)?.handle;
        if (handle) await this.#writeOne(handle);
      }
    } catch {
      // The storage is full or closed. Only the kept copy is affected, not what is on the screen.
    } finally {
      this.#writing = false;
    }
  }

  async #writeOne(handle: Handle): Promise<void> {
    if (this.#over) return;
    const user = this.#user;
    const tx = this.#db.transaction(['topics', 'cursors'], 'readwrite');
    const { name } = handle;
    const before = await tx.objectStore('cursors').get([user, name]);
    // View and cursor are read in the same turn: an event between them would be in the view and, by the cursor,
    // come once more.
    const shown = handle.view.get();
    const { cursor } = handle;
    const isKnown =
      before?.build === BUILD && before.cursor.epoch === cursor?.epoch && before.cursor.seq >= cursor.seq;
    const now = Date.now();
    const start = performance.now();
    const writes = [
      ...(cursor === null || shown === null
        ? // The user may no longer read this topic, so the copy is removed.
          [tx.objectStore('topics').delete([user, name]), tx.objectStore('cursors').delete([user, name])]
        : isKnown
          ? []
          : [
              tx.objectStore('topics').put({ user, topic: name, view: shown }),
              tx.objectStore('cursors').put({
                user,
                topic: name,
                cursor,
                build: BUILD,
                savedAt: now,
                usedAt: now,
                bytes: roughBytes(shown),
              }),
            ]),
      tx.done,
    ];
    this.#cost = Math.max(this.#cost, performance.now() - start);
    await Promise.all(writes);
  }
}
