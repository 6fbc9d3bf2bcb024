import type { Kept, KeptTopic } from '@almenara/client';
import type { TopicName } from '@almenara/events';
import { type KeptCursor, type KeptDatabase, ofUser, usedAt } from './database.ts';

/** The build that wrote a view: another build's views may have other fields. */
export const BUILD = __BUILD__;
/** How long to wait for the storage, in ms, before the server is asked as if nothing were kept. */
const PATIENCE_MS = 2000;
/** How exactly it is known when a topic was followed last, in ms: each time would be a write. */
const USED_EVERY_MS = 6 * 3_600_000;

/** What this browser keeps of a user's topics: read when a topic is followed, and only that. */
export class KeptTopics {
  readonly #db: KeptDatabase;
  readonly #user: string;
  #asked = new Map<TopicName, (kept: Kept) => void>();

  constructor(db: KeptDatabase, user: string) {
    this.#db = db;
    this.#user = user;
  }

  /** When the last of them was written, in ms since 1970; null if nothing is kept. */
  async savedAt(): Promise<number | null> {
    const rows = await this.#db.getAll('cursors', ofUser(this.#user)).catch(() => []);
    return rows.filter(isOurs).reduce<number | null>((last, row) => Math.max(last ?? 0, row.savedAt), null);
  }

  /** Never rejects. */
  read(name: TopicName): Promise<Kept> {
    return new Promise((tell) => {
      // Topics that a page follows in the same turn are read together, so that one request asks the server for
      // what came after them.
      if (this.#asked.size === 0) queueMicrotask(() => void this.#readAsked());
      this.#asked.set(name, tell);
    });
  }

  async #readAsked(): Promise<void> {
    const asked = this.#asked;
    this.#asked = new Map();
    const tell = (found: ReadonlyMap<TopicName, KeptTopic>): void => {
      clearTimeout(late);
      for (const [name, told] of asked) told(found.get(name) ?? null);
    };
    const late = setTimeout(() => tell(new Map()), PATIENCE_MS);
    try {
      tell(await this.#find([...asked.keys()]));
    } catch {
      tell(new Map());
    }
  }

  async #find(names: readonly TopicName[]): Promise<ReadonlyMap<TopicName, KeptTopic>> {
    const found = new Map<TopicName, KeptTopic>();
    const unused: KeptCursor[] = [];
    const tx = this.#db.transaction(['topics', 'cursors']);
    await Promise.all(
      names.map(async (name) => {
        const place = await tx.objectStore('cursors').get([this.#user, name]);
        if (!place || !isOurs(place)) return;
        const row = await tx.objectStore('topics').get([this.#user, name]);
        if (row) found.set(name, { view: row.view, cursor: place.cursor });
        if (Date.now() - usedAt(place) > USED_EVERY_MS) unused.push(place);
      }),
    );
    if (unused.length > 0) void this.#use(unused);
    return found;
  }

  /** Notes that these topics were used now: those unused for longest are pruned first. */
  async #use(places: readonly KeptCursor[]): Promise<void> {
    try {
      const tx = this.#db.transaction('cursors', 'readwrite');
      await Promise.all(
        places.map(async ({ user, topic }) => {
          const place = await tx.store.get([user, topic]);
          if (place) await tx.store.put({ ...place, usedAt: Date.now() });
        }),
      );
    } catch {
      // It then counts as unused for longer, and may be pruned earlier.
    }
  }

  /** Drops what is kept for nothing, of whoever used this browser; never what is followed here. */
  async prune(isFollowed: (topic: string) => boolean): Promise<void> {
    try {
      // Loaded before the transaction, which would end by itself while it waits.
      const { toPrune } = await import('./pruning.ts');
      const tx = this.#db.transaction(['topics', 'cursors'], 'readwrite');
      const [topics, cursors] = [tx.objectStore('topics'), tx.objectStore('cursors')];
      const inUse = (row: KeptCursor): boolean =>
        row.user === this.#user && isOurs(row) && isFollowed(row.topic);
      const gone = toPrune(await cursors.getAll(), { now: Date.now(), build: BUILD, inUse });
      await Promise.all([
        ...gone.flatMap(({ user, topic }) => [topics.delete([user, topic]), cursors.delete([user, topic])]),
        tx.done,
      ]);
    } catch {
      // What was not pruned only takes room until the next time.
    }
  }
}

const isOurs = ({ build }: KeptCursor): boolean => build === BUILD;
