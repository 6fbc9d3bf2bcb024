import type { Client, TopicHandle, TopicStatus } from '@almenara/client';
import type { QueuedCommand } from '@almenara/client/queue';
import {
  type TopicKey,
  type TopicName,
  type TopicParams,
  type TopicView,
  topicKeys,
  topicName,
} from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Frames } from './frames.ts';
import type { Overlay, Overlays, Peek } from './optimism.ts';
import type { RecentTopics } from './recent-topics.ts';

/** What one topic shows. `view` is null before the first snapshot. */
export interface TopicState<K extends TopicKey> {
  readonly view: TopicView<K> | null;
  readonly status: TopicStatus;
}

interface Entry {
  users: number;
  /** The timer that stops following the topic, cleared when somebody uses it again. */
  leaving: ReturnType<typeof setTimeout> | undefined;
  /** Updates the store from the client. */
  show(): void;
  stop(): void;
}

type Stores = { readonly [K in TopicKey]: Map<TopicName, StoreApi<TopicState<K>>> };

/** The state before anything is known. */
const LOADING: { readonly view: null; readonly status: TopicStatus } = {
  view: null,
  status: { kind: 'loading' },
};

/** How long an unused topic is followed, so that going from one page to the next does not load it anew. */
export const KEEP_MS = 30_000;
/** Of more unused ones than this, those that were left first are not followed any longer: each costs what it is told. */
export const KEEP_MOST = 6;

export interface TopicStoresOptions {
  readonly frames: Frames;
  /** The overlays to begin with: `layOver` replaces them. */
  readonly overlays: Overlays;
  /** Where views of topics go that are not followed any more; the client takes them from there. */
  readonly recent: RecentTopics;
  /** The user's commands that have no answer yet. */
  pending(): readonly QueuedCommand[];
  /** Told of each topic that is followed; what it returns, when it is left. */
  followed(handle: TopicHandle<TopicKey>): () => void;
}

/** A store for each topic in use, shared by all who look at it; brought up to date at most once a frame, and less often where that costs more. */
export class TopicStores {
  readonly #client: Client;
  readonly #options: TopicStoresOptions;
  readonly #entries = new Map<TopicName, Entry>();
  readonly #stores = Object.fromEntries(topicKeys.map((key) => [key, new Map()])) as unknown as Stores;
  /** Those of `#entries` that nobody uses. */
  readonly #idle = new Map<TopicName, Entry>();
  readonly #changed = new Set<Entry>();
  #overlays: Overlays;
  #scheduled = false;

  constructor(client: Client, options: TopicStoresOptions) {
    this.#client = client;
    this.#options = options;
    this.#overlays = options.overlays;
  }

  /** How pending commands show from now on. */
  layOver(overlays: Overlays): void {
    this.#overlays = overlays;
    if (this.#options.pending().length > 0) this.pendingChanged();
  }

  /** What a topic shows now, followed or not; of one that nobody has used lately nothing is known. */
  state<K extends TopicKey>(key: K, params?: TopicParams): TopicState<K> {
    const stores: Map<TopicName, StoreApi<TopicState<K>>> = this.#stores[key];
    return stores.get(topicName(key, params))?.getState() ?? LOADING;
  }

  /** The store of a topic, for who is about to use it: it may be another one after it has been left for long. */
  store<K extends TopicKey>(key: K, params?: TopicParams): StoreApi<TopicState<K>> {
    const name = topicName(key, params);
    const stores: Map<TopicName, StoreApi<TopicState<K>>> = this.#stores[key];
    const store = stores.get(name) ?? createStore<TopicState<K>>(() => LOADING);
    stores.set(name, store);
    return store;
  }

  /** Follows until the returned function is called. */
  use<K extends TopicKey>(key: K, params?: TopicParams): () => void {
    const name = topicName(key, params);
    const entry = this.#entries.get(name) ?? this.#follow(key, params ?? {}, name);
    this.#idle.delete(name);
    clearTimeout(entry.leaving);
    entry.users += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.users === 0) this.#unused(name, entry);
    };
  }

  #unused(name: TopicName, entry: Entry): void {
    // Maps keep the order of insertion: the topic that was left first comes first.
    this.#idle.set(name, entry);
    entry.leaving = setTimeout(() => this.#drop(name, entry), KEEP_MS);
    for (const [other, one] of [...this.#idle].slice(0, Math.max(0, this.#idle.size - KEEP_MOST)))
      this.#drop(other, one);
  }

  /** To be called when pending commands change: every store is updated in the next frame. */
  pendingChanged(): void {
    for (const entry of this.#entries.values()) this.#showSoon(entry, true);
  }

  #follow<K extends TopicKey>(key: K, params: TopicParams, name: TopicName): Entry {
    const store = this.store(key, params);
    const handle: TopicHandle<K> = this.#client.topic(key, params);
    const viewOf = (): TopicView<K> | null => {
      const view = handle.view.get();
      const pending = this.#options.pending();
      const overlay: Overlay<K> | undefined = this.#overlays[key];
      // A shortcut for the usual case, as this runs for every frame of a busy topic.
      if (view === null || !overlay || pending.length === 0) return view;
      return overlay(view, pending, params, this.#peek);
    };
    const entry: Entry = {
      users: 0,
      leaving: undefined,
      show: () => {
        const before = store.getState();
        const state = { view: viewOf(), status: handle.status.get() };
        if (state.view !== before.view || state.status !== before.status) store.setState(state, true);
        // Pending commands in other topics may name a client or product of the view that has just come.
        if (before.view === null && state.view !== null && this.#options.pending().length > 0)
          this.pendingChanged();
      },
      stop: () => stops.forEach((stop) => void stop()),
    };
    const soon = (): void => this.#showSoon(entry);
    const stops = [
      handle.view.subscribe(soon),
      handle.status.subscribe(soon),
      this.#options.followed(handle),
      () => this.#changed.delete(entry),
      () => {
        const [view, { cursor }] = [handle.view.get(), handle];
        const kept = view === null || cursor === null ? null : { view, cursor };
        for (const gone of kept ? this.#options.recent.leave(name, kept) : [name]) this.#forget(gone);
        handle.close();
      },
    ];
    this.#entries.set(name, entry);
    entry.show();
    return entry;
  }

  readonly #peek: Peek = (key, params) => this.state(key, params).view;

  /** `own`: the change is the user's own, who waits to see it. */
  #showSoon(entry: Entry, own = false): void {
    this.#changed.add(entry);
    if (this.#scheduled && !own) return;
    this.#scheduled = true;
    this.#options.frames(this.#showChanged, own);
  }

  readonly #showChanged = (): void => {
    this.#scheduled = false;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const one of changed) one.show();
  };

  #drop(name: TopicName, entry: Entry): void {
    if (entry.users > 0 || this.#entries.get(name) !== entry) return;
    this.#entries.delete(name);
    this.#idle.delete(name);
    clearTimeout(entry.leaving);
    entry.stop();
  }

  #forget(name: TopicName): void {
    if (!this.#entries.has(name)) for (const key of topicKeys) this.#stores[key].delete(name);
  }
}
