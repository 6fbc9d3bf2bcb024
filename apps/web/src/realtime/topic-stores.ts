import type { Client, TopicHandle, TopicStatus } from '@almenara/client';
import { type TopicKey, type TopicName, type TopicParams, type TopicView, topicName } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** What one topic shows. `view` is null before the first snapshot. */
export interface TopicState<K extends TopicKey> {
  readonly view: TopicView<K> | null;
  readonly status: TopicStatus;
}

interface Entry {
  users: number;
  stop(): void;
}

const LOADING: TopicState<TopicKey> = { view: null, status: { kind: 'loading' } };

/** How long an unused topic is kept, so that going from one page to the next does not load it anew. */
export const KEEP_MS = 30_000;

/** A store for each topic in use, shared by all who look at it. */
export class TopicStores {
  readonly #client: Client;
  readonly #entries = new Map<TopicName, Entry>();
  readonly #stores: { readonly [K in TopicKey]: Map<TopicName, StoreApi<TopicState<K>>> } = {
    orders: new Map(),
    clients: new Map(),
    products: new Map(),
    zones: new Map(),
    inventory: new Map(),
    count: new Map(),
    user: new Map(),
  };

  constructor(client: Client) {
    this.#client = client;
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
    const entry = this.#entries.get(name) ?? this.#follow(key, params, name);
    entry.users += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      entry.users -= 1;
      if (entry.users === 0) setTimeout(() => this.#drop(name, entry), KEEP_MS);
    };
  }

  #follow<K extends TopicKey>(key: K, params: TopicParams | undefined, name: TopicName): Entry {
    const store = this.store(key, params);
    const handle: TopicHandle<K> = this.#client.topic(key, params);
    const show = (): void => store.setState({ view: handle.view.get(), status: handle.status.get() }, true);
    const stops = [handle.view.subscribe(show), handle.status.subscribe(show), () => handle.close()];
    show();
    const entry: Entry = { users: 0, stop: () => stops.forEach((stop) => void stop()) };
    this.#entries.set(name, entry);
    return entry;
  }

  #drop(name: TopicName, entry: Entry): void {
    if (entry.users > 0 || this.#entries.get(name) !== entry) return;
    this.#entries.delete(name);
    entry.stop();
  }
}
