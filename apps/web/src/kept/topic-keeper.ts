import type { KeptTopic, TopicHandle } from '@almenara/client';
import type { TopicKey, TopicName } from '@almenara/events';
import { type KeptDatabase, ofUser } from './database.ts';

/** The build that wrote a view: another one may hold other things in it. */
const BUILD = __BUILD__;
/** How old what is kept may get while a topic changes, in ms. A tab that does not lead leaves it to the one that does. */
const LEADER_MS = 5000;
const OTHERS_MS = 20_000;
/** Copying a large view for the storage holds the page up: it is done this many times as seldom as it takes long. */
const REST = 500;

/** In a moment in which the page has nothing to do, if one comes soon. Not every browser tells. */
const whenIdle = (run: () => void): void => {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run, { timeout: 1000 });
  else run();
};

type Handle = Pick<TopicHandle<TopicKey>, 'name' | 'view' | 'cursor'>;

/** All topics that are kept of a user, as they were left. */
export async function readTopics(
  db: KeptDatabase | null,
  user: string,
): Promise<{ topics: ReadonlyMap<TopicName, KeptTopic>; savedAt: number | null }> {
  const none = { topics: new Map<TopicName, KeptTopic>(), savedAt: null };
  if (!db) return none;
  try {
    const tx = db.transaction(['topics', 'cursors']);
    const [rows, cursors] = await Promise.all([
      tx.objectStore('topics').getAll(ofUser(user)),
      tx.objectStore('cursors').getAll(ofUser(user)),
    ]);
    const of = new Map(cursors.filter(({ build }) => build === BUILD).map((row) => [row.topic, row]));
    const topics = new Map<TopicName, KeptTopic>();
    for (const { topic, view } of rows) {
      const cursor = of.get(topic)?.cursor;
      // It was a name of ours when it was written.
      if (cursor) topics.set(topic as TopicName, { view, cursor });
    }
    const times = [...of.values()].map(({ savedAt }) => savedAt);
    return { topics, savedAt: times.length === 0 ? null : Math.max(...times) };
  } catch {
    return none;
  }
}

interface Keeping {
  readonly handle: Handle;
  readonly stop: () => void;
}

/** Keeps what the followed topics hold, so that it can be read without network and need not be loaded again. */
export class TopicKeeper {
  readonly #db: KeptDatabase;
  readonly #user: string;
  readonly #leads: () => boolean;
  readonly #kept = new Map<string, Keeping>();
  readonly #changed = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #writing = false;
  #over = false;
  /** The longest that one of the last views took to hand over, in ms. */
  #cost = 0;

  constructor(db: KeptDatabase, user: string, leads: () => boolean) {
    this.#db = db;
    this.#user = user;
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
    return () => {
      document.removeEventListener('visibilitychange', leaving);
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  /** Keeps nothing any more: what was kept is to go. */
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
      // One after the other: a large view is copied at a time, not all of them.
      for (const name of names) {
        const handle = this.#kept.get(name)?.handle;
        if (handle) await this.#writeOne(handle);
      }
    } catch {
      // Storage is full or was closed. What is on the screen is right all the same.
    } finally {
      this.#writing = false;
    }
  }

  async #writeOne({ name, view, cursor }: Handle): Promise<void> {
    if (this.#over) return;
    const user = this.#user;
    const tx = this.#db.transaction(['topics', 'cursors'], 'readwrite');
    const before = await tx.objectStore('cursors').get([user, name]);
    const shown = view.get();
    const isKnown =
      before?.build === BUILD && before.cursor.epoch === cursor?.epoch && before.cursor.seq >= cursor.seq;
    const start = performance.now();
    const writes = [
      ...(cursor === null || shown === null
        ? // Who may not read it any more keeps no copy.
          [tx.objectStore('topics').delete([user, name]), tx.objectStore('cursors').delete([user, name])]
        : isKnown
          ? []
          : [
              tx.objectStore('topics').put({ user, topic: name, view: shown }),
              tx.objectStore('cursors').put({ user, topic: name, cursor, build: BUILD, savedAt: Date.now() }),
            ]),
      tx.done,
    ];
    this.#cost = Math.max(this.#cost, performance.now() - start);
    await Promise.all(writes);
  }
}
