import type { Client } from '@almenara/client';
import { isLow, type Level, parseTopic, type TopicView, type Zone } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { TopicStores } from '../realtime/topic-stores.ts';
import { AskedLevels } from './asked-levels.ts';
import { type HeldLevel, LevelBook, type LevelKey, levelKey, type Put } from './level-book.ts';
import { StockFigures } from './stock-figures.ts';
import type { StockServer } from './stock-server.ts';

export interface StockSummary {
  /** Null until they have arrived. */
  readonly zones: readonly Zone[] | null;
  /** Zones that are followed and whose levels have arrived. */
  readonly loaded: ReadonlySet<string>;
  /** Of these, those whose levels are all here. */
  readonly whole: ReadonlySet<string>;
  /** Zones of which every change is heard of from now on. */
  readonly heard: ReadonlySet<string>;
  /** How many levels of a zone are low; of a zone that is not here, once the server has said it. */
  readonly low: ReadonlyMap<string, number>;
  /** How many levels a zone has that is not all here; once the server has said it. */
  readonly levels: ReadonlyMap<string, number>;
}

/** Of so many zones all levels are followed; of more, only those that somebody looks at. */
export const FOLLOW_MOST = 8;

/** Levels in one answer. */
const PAGE = 200;

interface Followed {
  users: number;
  stop(): void;
}

/**
 * The levels that are known, kept row by row outside React: a change costs what changed, not what there is, and only
 * who looks at that level hears of it. A desk of few zones has all of them here. On a larger one every change is heard
 * of, and what a level was before its first change is asked for where somebody looks at it.
 */
export class StockIndex {
  readonly summary: StoreApi<StockSummary> = createStore<StockSummary>(() => ({
    zones: null,
    loaded: new Set(),
    whole: new Set(),
    heard: new Set(),
    low: new Map(),
    levels: new Map(),
  }));
  /** Levels of products that were asked for, as long as somebody wants them. */
  readonly asked: AskedLevels;
  readonly #client: Client;
  readonly #topics: TopicStores;
  readonly #book = new LevelBook();
  readonly #figures: StockFigures;
  readonly #byZone = new Map<string, readonly Level[]>();
  /** Of these, how many are low. */
  readonly #lowHere = new Map<string, number>();
  readonly #listeners = new Set<(rowsChanged: boolean) => void>();
  readonly #gapListeners = new Set<(zone: string) => void>();
  readonly #zones = new Map<string, Followed>();
  readonly #all = new Map<string, () => void>();
  #users = 0;
  #stops: (() => void)[] = [];

  constructor(client: Client, topics: TopicStores, server: StockServer) {
    this.#client = client;
    this.#topics = topics;
    this.asked = new AskedLevels({
      ask: (ids) => server.levelsOf(ids),
      perRequest: () => Math.max(1, Math.floor(PAGE / Math.max(1, this.#codes().length))),
      source: () => this.#source(),
      take: (levels) => this.take(levels),
      left: (productId) => this.letGo(this.#codes().map((zone) => levelKey(zone, productId))),
    });
    this.#figures = new StockFigures(server, () => {
      this.summary.setState({ levels: this.#figures.levels });
      this.#tellLow();
    });
  }

  /** Hears of every zone until the returned function is called; shared by all who ask. */
  follow(): () => void {
    this.#users += 1;
    if (this.#users === 1) this.#start();
    return once(() => {
      this.#users -= 1;
      if (this.#users === 0) this.#stop();
    });
  }

  /** Follows what this zone holds, as far as the topic does, until the returned function is called. */
  followZone(zone: string): () => void {
    const followed = this.#zones.get(zone) ?? this.#beginZone(zone);
    followed.users += 1;
    return once(() => {
      followed.users -= 1;
      if (followed.users > 0) return;
      this.#zones.delete(zone);
      followed.stop();
    });
  }

  /** Whether all levels of a zone, or (null) of all zones, are here. */
  isWhole(zone: string | null): boolean {
    const { zones, whole } = this.summary.getState();
    if (zone !== null) return whole.has(zone);
    return zones?.every(({ code }) => whole.has(code)) ?? false;
  }

  get(key: LevelKey): HeldLevel | null {
    return this.#book.get(key);
  }

  /** Calls back when this one level has changed. */
  onLevel(key: LevelKey, listener: () => void): () => void {
    return this.#book.onLevel(key, listener);
  }

  /** Calls back when any level has; `rowsChanged` where one came or went. */
  onChange(listener: (rowsChanged: boolean) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls back when changes of a zone may have been missed: what was asked for is to be asked again. */
  onGap(listener: (zone: string) => void): () => void {
    this.#gapListeners.add(listener);
    return () => void this.#gapListeners.delete(listener);
  }

  /** What a zone's topic holds, by product id. */
  levelsOf(zone: string): readonly Level[] {
    return this.#byZone.get(zone) ?? NO_LEVELS;
  }

  /** What can still be sold of a product, in all zones together; null where that is not known. */
  availableOf(productId: string): number | null {
    return this.asked.knows(productId) || this.isWhole(null) ? this.#book.availableOf(productId) : null;
  }

  /** Levels as the server has told them; of one that is here already the newer one stays. */
  take(levels: readonly Level[]): void {
    const put = levels.map((level) => this.#book.put(level));
    this.#tell(put);
  }

  /** To be called when a list no longer shows these: levels that no topic holds and no page wants are forgotten. */
  letGo(keys: Iterable<LevelKey>): void {
    const windows = new Map<string, ReadonlySet<string>>();
    const isHeld = ({ zone, productId }: Level): boolean => {
      const levels = this.#byZone.get(zone);
      if (!levels) return false;
      const window = windows.get(zone) ?? new Set(levels.map((level) => level.productId));
      windows.set(zone, window);
      return window.has(productId);
    };
    for (const key of keys) {
      const level = this.#book.get(key)?.level;
      if (level && !this.asked.wants(level.productId) && !isHeld(level)) this.#book.drop(key);
    }
  }

  /** Where the levels of a product come from: topics bring all there are, they are asked for, or that is not known yet. */
  #source(): 'topics' | 'server' | 'unknown' {
    const { zones, loaded, whole } = this.summary.getState();
    if (zones === null) return 'unknown';
    return zones.length <= FOLLOW_MOST && loaded.size === whole.size ? 'topics' : 'server';
  }

  #codes(): readonly string[] {
    return (this.summary.getState().zones ?? []).map(({ code }) => code);
  }

  #start(): void {
    const zones = this.#topics.store('zones');
    const take = (): void => {
      const { view } = zones.getState();
      if (view === null) return;
      if (view.zones !== this.summary.getState().zones) this.summary.setState({ zones: view.zones });
      this.#hearAll();
    };
    this.#stops = [
      zones.subscribe(take),
      this.#topics.use('zones'),
      this.#client.on('inventory_updated', ({ data }) => {
        this.#heard(data.level);
        if (data.created) this.#figures.changed();
      }),
      this.#client.on('stock_low', () => this.#figures.changed()),
      this.#client.on('stock_recovered', () => this.#figures.changed()),
      this.#client.onReset(({ topic }) => this.#gap(topic)),
    ];
    take();
  }

  #stop(): void {
    for (const stop of this.#stops) stop();
    for (const stop of this.#all.values()) stop();
    this.#all.clear();
    this.#figures.stop();
    // From here on only followed zones report changes.
    this.summary.setState({ heard: new Set(this.#zones.keys()) });
    this.#book.dropAll(({ zone }) => !this.#zones.has(zone));
  }

  #hearAll(): void {
    const codes = this.#codes();
    const few = codes.length <= FOLLOW_MOST;
    for (const code of codes) {
      if (this.#all.has(code)) continue;
      this.#all.set(code, few ? this.followZone(code) : this.#client.listen('inventory', { zone: code }));
    }
    if (!few) this.#figures.want();
    this.asked.ready();
  }

  /** A change of a level that is here, or that somebody wants. */
  #heard(level: Level): void {
    const key = levelKey(level.zone, level.productId);
    // Skipped: the zone's topic brings the same change, with pending commands laid over it.
    if (this.#zones.has(level.zone) && this.#byZone.has(level.zone)) return;
    if (this.#book.get(key) || this.asked.wants(level.productId))
      // Events come in order, so of two with the same moment the one that comes later is newer.
      this.#tell([this.#book.put(level, true)]);
  }

  #gap(topic: string): void {
    const parsed = parseTopic(topic);
    const zone = parsed?.key === 'inventory' ? parsed.params.zone : undefined;
    if (zone === undefined) return;
    const { heard } = this.summary.getState();
    if (!heard.has(zone)) return this.summary.setState({ heard: new Set(heard).add(zone) });
    this.asked.again();
    this.#figures.changed();
    for (const listener of [...this.#gapListeners]) listener(zone);
  }

  #beginZone(zone: string): Followed {
    const store = this.#topics.store('inventory', { zone });
    const take = (): void => {
      const { view } = store.getState();
      if (view !== null) this.#takeView(view);
    };
    const stops = [store.subscribe(take), this.#topics.use('inventory', { zone })];
    const followed: Followed = {
      users: 0,
      stop: () => {
        for (const stop of stops) stop();
        this.#byZone.delete(zone);
        const { loaded, whole } = this.summary.getState();
        this.summary.setState({ loaded: without(loaded, zone), whole: without(whole, zone) });
        // A zone that is still listened to keeps its levels: events keep them right.
        if (!this.#all.has(zone)) this.#book.dropAll((level) => level.zone === zone);
        this.#tellLow();
      },
    };
    this.#zones.set(zone, followed);
    take();
    return followed;
  }

  #takeView({ zone, levels: next, truncated }: TopicView<'inventory'>): void {
    const before = this.#byZone.get(zone);
    if (before === next) return;
    this.#byZone.set(zone, next);
    const changed: Put[] = [];
    for (const [i, level] of next.entries())
      if (level !== before?.[i]) changed.push(this.#book.put(level, true));
    // A window drops levels because others changed later, so a level that left it still exists, unchanged.
    if (!truncated) changed.push(...this.#book.dropMissing(zone, before ?? NO_LEVELS, next));
    const { loaded, whole, heard } = this.summary.getState();
    if (!loaded.has(zone) || whole.has(zone) === truncated)
      this.summary.setState({
        loaded: new Set(loaded).add(zone),
        whole: truncated ? without(whole, zone) : new Set(whole).add(zone),
        heard: new Set(heard).add(zone),
      });
    if (truncated && before === undefined) {
      this.#figures.want();
      this.asked.again();
    }
    this.#tellLow({ zone, before, next });
    this.#tell(changed, before === undefined);
  }

  #tell(changes: readonly Put[], first = false): void {
    const rowsChanged = first || changes.some((change) => change === 'new' || change === 'gone');
    if (!rowsChanged && !changes.includes('changed')) return;
    for (const listener of [...this.#listeners]) listener(rowsChanged);
  }

  /** @param change - the levels of one zone that have changed; left out, all zones are looked at */
  #tellLow(change?: { zone: string; before: readonly Level[] | undefined; next: readonly Level[] }): void {
    const { whole, low: told } = this.summary.getState();
    if (change) {
      const { zone, before, next } = change;
      if (before) this.#lowHere.set(zone, (this.#lowHere.get(zone) ?? 0) + lowDifference(before, next));
      else this.#lowHere.set(zone, lowOf(next));
    }
    const low = new Map(change ? told : []);
    for (const code of change ? [change.zone] : this.#codes()) {
      const count = whole.has(code) ? this.#lowHere.get(code) : this.#figures.low.get(code);
      if (count === undefined) low.delete(code);
      else low.set(code, count);
    }
    if (low.size !== told.size || [...low].some(([code, count]) => told.get(code) !== count))
      this.summary.setState({ low });
  }
}

/** By how many more levels are low; most of the time each stands where it stood. */
function lowDifference(before: readonly Level[], next: readonly Level[]): number {
  if (before.length !== next.length) return lowOf(next) - lowOf(before);
  let difference = 0;
  for (const [i, level] of next.entries()) {
    const old = before[i];
    if (level !== old) difference += Number(isLow(level)) - Number(old !== undefined && isLow(old));
  }
  return difference;
}

const NO_LEVELS: readonly Level[] = [];

const lowOf = (levels: readonly Level[]): number =>
  levels.reduce((count, level) => (isLow(level) ? count + 1 : count), 0);

const without = <T>(all: ReadonlySet<T>, one: T): ReadonlySet<T> =>
  all.has(one) ? new Set([...all].filter((other) => other !== one)) : all;

function once(run: () => void): () => void {
  let done = false;
  return () => {
    if (done) return;
    done = true;
    run();
  };
}
