import { available, type Level } from '@almenara/events';

/** Names one level: a product in a zone. */
export type LevelKey = string;
export const levelKey = (zone: string, productId: string): LevelKey => `${zone} ${productId}`;

export interface HeldLevel {
  readonly level: Level;
  /** How often it has changed since it was first seen. */
  readonly changes: number;
}

export type Put = 'new' | 'gone' | 'changed' | 'same';

/** Levels as they were heard of last, whoever told: a topic, an event, an answer. What is older than what is here is not taken. */
export class LevelBook {
  readonly #held = new Map<LevelKey, HeldLevel>();
  readonly #sums = new Map<string, number>();
  readonly #listeners = new Map<LevelKey, Set<() => void>>();

  get(key: LevelKey): HeldLevel | null {
    return this.#held.get(key) ?? null;
  }

  /** What can still be sold of a product, of the levels that are here. */
  availableOf(productId: string): number {
    return this.#sums.get(productId) ?? 0;
  }

  onLevel(key: LevelKey, listener: () => void): () => void {
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#listeners.delete(key);
    };
  }

  /**
   * @param live - comes from a topic's view, with pending commands laid over it, or from an event: it wins over
   * one of the same moment
   */
  put(level: Level, live = false): Put {
    const key = levelKey(level.zone, level.productId);
    const held = this.#held.get(key);
    if (held && (isNewer(held.level, level) || isSame(held.level, level))) {
      // The amounts are the same, but later: kept for its moment, so that anything older is refused from now
      // on.
      if (isNewer(level, held.level)) this.#held.set(key, { ...held, level });
      return 'same';
    }
    if (held && !live && !isNewer(level, held.level)) return 'same';
    this.#held.set(key, { level, changes: held ? held.changes + 1 : 0 });
    this.#add(level.productId, available(level) - (held ? available(held.level) : 0));
    this.#tell(key);
    return held ? 'changed' : 'new';
  }

  /** Removes the levels of a zone that were in the view `before` and are not in `next`. */
  dropMissing(zone: string, before: readonly Level[], next: readonly Level[]): Put[] {
    if (before.length === 0) return [];
    const there = new Set(next.map(({ productId }) => productId));
    return before.flatMap(({ productId }) =>
      there.has(productId) ? [] : [this.drop(levelKey(zone, productId))],
    );
  }

  dropAll(which: (level: Level) => boolean): void {
    for (const [key, { level }] of [...this.#held]) if (which(level)) this.drop(key);
  }

  drop(key: LevelKey): Put {
    const held = this.#held.get(key);
    if (!held) return 'same';
    this.#held.delete(key);
    this.#add(held.level.productId, -available(held.level));
    this.#tell(key);
    return 'gone';
  }

  #add(productId: string, more: number): void {
    this.#sums.set(productId, this.availableOf(productId) + more);
  }

  #tell(key: LevelKey): void {
    for (const listener of [...(this.#listeners.get(key) ?? [])]) listener();
  }
}

const isNewer = (a: Level, b: Level): boolean => (a.updatedAt ?? '') > (b.updatedAt ?? '');

const isSame = (a: Level, b: Level): boolean =>
  a === b || (a.onHand === b.onHand && a.reserved === b.reserved && a.reorderPoint === b.reorderPoint);
