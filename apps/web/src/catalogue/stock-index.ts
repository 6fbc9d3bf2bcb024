import { available, isLow, type Level, type Zone } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TopicStores } from '../realtime/topic-stores.ts';

/** Names one level: a product in a zone. */
export type LevelKey = string;
export const levelKey = (zone: string, productId: string): LevelKey => `${zone} ${productId}`;

export interface HeldLevel {
  readonly level: Level;
  /** How often it has changed since it was first seen. */
  readonly changes: number;
}

export interface StockSummary {
  /** Null until they have arrived. */
  readonly zones: readonly Zone[] | null;
  /** Zones whose levels have arrived. */
  readonly loaded: ReadonlySet<string>;
  /** How many levels of a zone are low. */
  readonly low: ReadonlyMap<string, number>;
}

const NO_LEVELS: readonly Level[] = [];

/**
 * The levels of all zones, kept row by row outside React: a change costs what changed, not what there is, and only who
 * looks at that level hears of it. It trusts a topic's view to keep a level's object until the level changes.
 */
export class StockIndex {
  readonly summary: StoreApi<StockSummary> = createStore<StockSummary>(() => ({
    zones: null,
    loaded: new Set(),
    low: new Map(),
  }));
  readonly #topics: TopicStores;
  readonly #held = new Map<LevelKey, HeldLevel>();
  readonly #byZone = new Map<string, readonly Level[]>();
  readonly #sums = new Map<string, number>();
  readonly #rowListeners = new Map<LevelKey, Set<() => void>>();
  readonly #listeners = new Set<(rowsChanged: boolean) => void>();
  readonly #following = new Map<string, () => void>();
  #users = 0;
  #stopZones: () => void = () => {};

  constructor(topics: TopicStores) {
    this.#topics = topics;
  }

  /** Follows every zone until the returned function is called; shared by all who ask. */
  follow(): () => void {
    this.#users += 1;
    if (this.#users === 1) this.#start();
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#users -= 1;
      if (this.#users === 0) this.#stop();
    };
  }

  get(key: LevelKey): HeldLevel | null {
    return this.#held.get(key) ?? null;
  }

  /** Calls back when this one level has changed. */
  onLevel(key: LevelKey, listener: () => void): () => void {
    const listeners = this.#rowListeners.get(key) ?? new Set();
    this.#rowListeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.#rowListeners.delete(key);
    };
  }

  /** Calls back when any level has; `rowsChanged` where one came or went. */
  onChange(listener: (rowsChanged: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** What a zone holds, by product id. */
  levelsOf(zone: string): readonly Level[] {
    return this.#byZone.get(zone) ?? NO_LEVELS;
  }

  /** What can still be sold of a product, in all zones together. */
  availableOf(productId: string): number {
    return this.#sums.get(productId) ?? 0;
  }

  /** `availableOf` of every product, as it is now. */
  availability(): ReadonlyMap<string, number> {
    return new Map(this.#sums);
  }

  #start(): void {
    const zones = this.#topics.store('zones');
    const take = (): void => {
      const { view } = zones.getState();
      if (view === null || view.zones === this.summary.getState().zones) return;
      this.summary.setState({ zones: view.zones });
      for (const { code } of view.zones) if (!this.#following.has(code)) this.#followZone(code);
    };
    const unlisten = zones.subscribe(take);
    const release = this.#topics.use('zones');
    this.#stopZones = () => {
      unlisten();
      release();
    };
    for (const { code } of this.summary.getState().zones ?? []) this.#followZone(code);
    take();
  }

  #stop(): void {
    this.#stopZones();
    for (const stop of this.#following.values()) stop();
    this.#following.clear();
  }

  #followZone(zone: string): void {
    const store = this.#topics.store('inventory', { zone });
    const take = (): void => {
      const { view } = store.getState();
      if (view !== null) this.#take(zone, view.levels);
    };
    const unlisten = store.subscribe(take);
    const release = this.#topics.use('inventory', { zone });
    this.#following.set(zone, () => {
      unlisten();
      release();
    });
    take();
  }

  #take(zone: string, next: readonly Level[]): void {
    const first = !this.#byZone.has(zone);
    const before = this.levelsOf(zone);
    if (before === next && !first) return;
    this.#byZone.set(zone, next);
    const changed: LevelKey[] = [];
    let [came, low] = [0, 0];
    for (let i = 0; i < next.length; i += 1) {
      const level = next[i];
      if (level === undefined || level === before[i]) continue;
      const key = levelKey(zone, level.productId);
      const held = this.#held.get(key);
      if (held && isSame(held.level, level)) continue;
      if (!held) came += 1;
      low += this.#put(key, held, level);
      changed.push(key);
    }
    const gone = before.length + came - next.length;
    if (gone > 0) low += this.#dropMissing(zone, before, next, changed);
    this.#tellSummary(zone, low, first);
    for (const key of changed) for (const listener of [...(this.#rowListeners.get(key) ?? [])]) listener();
    if (changed.length > 0 || first)
      for (const listener of [...this.#listeners]) listener(came > 0 || gone > 0 || first);
  }

  /** @returns by how much the number of low levels has changed */
  #put(key: LevelKey, held: HeldLevel | undefined, level: Level): number {
    this.#held.set(key, { level, changes: held ? held.changes + 1 : 0 });
    const more = available(level) - (held ? available(held.level) : 0);
    this.#sums.set(level.productId, this.availableOf(level.productId) + more);
    return Number(isLow(level)) - Number(held !== undefined && isLow(held.level));
  }

  #dropMissing(zone: string, before: readonly Level[], next: readonly Level[], changed: LevelKey[]): number {
    const there = new Set(next.map(({ productId }) => productId));
    let low = 0;
    for (const { productId } of before) {
      const key = levelKey(zone, productId);
      const held = there.has(productId) ? undefined : this.#held.get(key);
      if (!held) continue;
      this.#held.delete(key);
      this.#sums.set(productId, this.availableOf(productId) - available(held.level));
      low -= Number(isLow(held.level));
      changed.push(key);
    }
    return low;
  }

  #tellSummary(zone: string, low: number, first: boolean): void {
    const summary = this.summary.getState();
    if (low !== 0)
      this.summary.setState({ low: new Map(summary.low).set(zone, (summary.low.get(zone) ?? 0) + low) });
    if (first) this.summary.setState({ loaded: new Set(summary.loaded).add(zone) });
  }
}

const isSame = (a: Level, b: Level): boolean =>
  a === b || (a.onHand === b.onHand && a.reserved === b.reserved && a.reorderPoint === b.reorderPoint);

const indexes = new WeakMap<TopicStores, StockIndex>();

/** The one index over these stores. */
export function stockIndexOf(topics: TopicStores): StockIndex {
  const index = indexes.get(topics) ?? new StockIndex(topics);
  indexes.set(topics, index);
  return index;
}
