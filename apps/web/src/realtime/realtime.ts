import type { Client, ConnectionState, Observable } from '@almenara/client';
import type { AuthSuccess } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { TopicStores } from './topic-stores.ts';

/** What the app holds of the live connection: stores outside React, fed by one client. */
export interface Realtime {
  readonly client: Client;
  readonly connection: StoreApi<ConnectionState>;
  /** Null before the first connection and when a sign-in is needed. */
  readonly session: StoreApi<AuthSuccess | null>;
  readonly topics: TopicStores;
  /** Begins to mirror the client into the stores; the returned function ends it. */
  start(): () => void;
}

export function createRealtime(client: Client): Realtime {
  const connection = createStore<ConnectionState>(() => client.connection.get());
  const session = createStore<AuthSuccess | null>(() => client.session.get());
  return {
    client,
    connection,
    session,
    topics: new TopicStores(client),
    start: () => {
      const stops = [mirror(client.connection, connection), mirror(client.session, session)];
      client.start();
      return () => {
        for (const stop of stops) stop();
        client.stop();
      };
    },
  };
}

function mirror<T>(source: Observable<T>, store: StoreApi<T>): () => void {
  const copy = (): void => store.setState(source.get(), true);
  copy();
  return source.subscribe(copy);
}
