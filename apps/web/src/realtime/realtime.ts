import { type Client, type ConnectionState, type Observable, systemTimers } from '@almenara/client';
import { CommandQueue, memoryStore, type QueuedCommand } from '@almenara/client/queue';
import type { AuthSuccess } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Frames, noFrames } from './frames.ts';
import type { Overlays } from './optimism.ts';
import { type Part, together } from './parts.ts';
import { RecentTopics } from './recent-topics.ts';
import { TopicStores, type TopicStoresOptions } from './topic-stores.ts';

/** What the app holds of the live connection: stores outside React, fed by one client. */
export interface Realtime {
  readonly client: Client;
  readonly connection: StoreApi<ConnectionState>;
  /** Null before the first connection and when a sign-in is needed. */
  readonly session: StoreApi<AuthSuccess | null>;
  readonly topics: TopicStores;
  /** The user's commands on their way; `queued` is what it holds. */
  readonly queue: CommandQueue;
  readonly queued: StoreApi<readonly QueuedCommand[]>;
  /** Of those, what the screens show as if it were done. */
  readonly pending: StoreApi<readonly QueuedCommand[]>;
  /** How many commands given in this tab were kept until there is a connection, so that whoever gave them could go on. */
  readonly keptCount: StoreApi<number>;
  /** Whether this tab is the one that speaks for all: it shows the toasts. */
  readonly speaks: StoreApi<boolean>;
  /** When what was kept from another time was kept, in ms since 1970; null if nothing was. */
  readonly keptAt: number | null;
  /** Begins to mirror the client into the stores; the returned function ends it. */
  start(): () => void;
}

export interface RealtimeParts {
  readonly client: Client;
  readonly queue: CommandQueue;
  readonly speaks: StoreApi<boolean>;
  readonly frames: Frames;
  readonly overlays: Overlays;
  readonly keptAt: number | null;
  readonly recent: RecentTopics;
  readonly followed: TopicStoresOptions['followed'];
  /** Started before the client and stopped after it. */
  readonly below: readonly Part[];
  /** Started after the client and stopped before it. */
  readonly above: readonly Part[];
}

export function createRealtime(parts: RealtimeParts): Realtime {
  const { client, queue, speaks, keptAt, frames, overlays, recent, followed } = parts;
  const connection = createStore<ConnectionState>(() => client.connection.get());
  const session = createStore<AuthSuccess | null>(() => client.session.get());
  const queued = createStore<readonly QueuedCommand[]>(() => queue.entries.get());
  const pending = createStore<readonly QueuedCommand[]>(() => queue.pending.get());
  const keptCount = createStore<number>(() => 0);
  const topics = new TopicStores(client, {
    frames,
    overlays,
    recent,
    followed,
    pending: () => queue.pending.get(),
  });
  const run = together([
    ...parts.below,
    () => mirror(client.connection, connection),
    () => mirror(client.session, session),
    () => mirror(queue.entries, queued),
    () => mirror(queue.pending, pending),
    () => queue.pending.subscribe(() => topics.pendingChanged()),
    () => {
      queue.start();
      return () => queue.stop();
    },
    () => {
      client.start();
      return () => client.stop();
    },
    ...parts.above,
  ]);
  const stores = { connection, session, queued, pending, keptCount, speaks };
  return { client, topics, queue, ...stores, keptAt, start: run };
}

/** One client by itself: nothing is kept, nothing shared. */
export const plainRealtime = (client: Client, userId: string, overlays: Overlays = {}): Realtime =>
  createRealtime({
    client,
    queue: new CommandQueue({
      userId,
      client,
      store: memoryStore(),
      locks: null,
      openPost: null,
      timers: systemTimers,
    }),
    speaks: createStore<boolean>(() => true),
    frames: noFrames,
    overlays,
    keptAt: null,
    recent: new RecentTopics(),
    followed: () => () => {},
    below: [],
    above: [],
  });

function mirror<T>(source: Observable<T>, store: StoreApi<T>): () => void {
  const copy = (): void => store.setState(source.get(), true);
  copy();
  return source.subscribe(copy);
}
