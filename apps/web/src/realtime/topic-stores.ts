import type { Client, QueuedCommand, TopicHandle, TopicStatus } from '@almenara/client';
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

/** What one topic shows. `view` is null before the first snapshot. */
export interface TopicState<K extends TopicKey> {
  readonly view: TopicView<K> | null;
  readonly status: TopicStatus;
}

interface Entry {
  users: number;
  /** Brings the store to what is known now. */
  show(): void;
  stop(): void;
}

type Stores = { readonly [K in TopicKey]: Map<TopicName, StoreApi<TopicState<K>>> };

const LOADING: TopicState<TopicKey> = { view: null, status: { kind: 'loading' } };

/** How long an unused topic is kept, so that going from one page to the next does not load it anew. */
export const KEEP_MS = 30_000;

export interface TopicStoresOptions {
  readonly frames: Frames;
  readonly overlays: Overlays;
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
  readonly #changed = new Set<Entry>();
  #scheduled = false;

  constructor(client: Client, options: TopicStoresOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** The store of a topic, followed or not. */
  store<K extends TopicKey>(key: K, params?: TopicParams): StoreApi<TopicState<K>> {
    const name = topicName(key, params);
    const stores: Map<TopicName, StoreApi<TopicState<K>>> = this.#stores[key];
    const store = stores.get(name) ?? createStore<TopicState<K>>(() => ({ ...LOADING, view: null }));
    stores.set(name, store);
    return store;
  }

  /** Follows until the returned function is called. */
  use<K extends TopicKey>(key: K, params?: TopicParams): () => void {
    const name = topicName(key, params);
    const entry = this.#entries.get(name) ?? this.#follow(key, params ?? {}, name);
    entry.users += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.users === 0) setTimeout(() => this.#drop(name, entry), KEEP_MS);
    };
  }

  /** What is pending is another: every store shows it with the next frame. */
  pendingChanged(): void {
    for (const entry of this.#entries.values()) this.#showSoon(entry, true);
  }

  #follow<K extends TopicKey>(key: K, params: TopicParams, name: TopicName): Entry {
    const store = this.store(key, params);
    const handle: TopicHandle<K> = this.#client.topic(key, params);
    const overlay: Overlay<K> | undefined = this.#options.overlays[key];
    const viewOf = (): TopicView<K> | null => {
      const view = handle.view.get();
      const pending = this.#options.pending();
      // Most of the time there is nothing to lay over, and a busy topic asks with every frame.
      if (view === null || !overlay || pending.length === 0) return view;
      return overlay(view, pending, params, this.#peek);
    };
    const entry: Entry = {
      users: 0,
      show: () => {
        const before = store.getState();
        const state = { view: viewOf(), status: handle.status.get() };
        if (state.view !== before.view || state.status !== before.status) store.setState(state, true);
        // What is pending may name what has come just now.
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
      () => handle.close(),
    ];
    this.#entries.set(name, entry);
    entry.show();
    return entry;
  }

  readonly #peek: Peek = (key, params) => this.store(key, params).getState().view;

  /** `own`: somebody here has just done it and looks for it. */
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
    entry.stop();
  }
}
