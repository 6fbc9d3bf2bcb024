import type { KeptTopic } from '@almenara/client';
import type { TopicName } from '@almenara/events';

/** About as many topics as somebody goes back and forth between. */
const MOST = 8;

/**
 * The last topics that were left, in memory: whoever comes back to one sees it at once, and the server sends
 * only what has changed.
 */
export class RecentTopics {
  /** The one that was left last comes last. */
  readonly #left = new Map<TopicName, KeptTopic>();

  /** @returns the topics that are forgotten for it */
  leave(name: TopicName, kept: KeptTopic): readonly TopicName[] {
    this.#left.delete(name);
    this.#left.set(name, kept);
    const forgotten = [...this.#left.keys()].slice(0, Math.max(0, this.#left.size - MOST));
    for (const one of forgotten) this.#left.delete(one);
    return forgotten;
  }

  /** Takes out what was kept of a topic that is in use again. */
  take(name: TopicName): KeptTopic | null {
    const kept = this.#left.get(name) ?? null;
    this.#left.delete(name);
    return kept;
  }
}
