import {
  clientsTopicOf,
  type Envelope,
  type FoldEvent,
  foldOf,
  inventoryTopicOf,
  ordersTopicOf,
  type ParsedTopic,
  parseTopic,
  productsTopicOf,
  type TopicDefinition,
} from '@almenara/events';
import { expect } from 'vitest';
import type { App } from '../src/app.ts';
import { loadClients } from '../src/clients/queries.ts';
import { loadZoneLevels } from '../src/inventory/queries.ts';
import { loadOrders } from '../src/orders/queries.ts';
import { loadProducts } from '../src/products/queries.ts';

const parsed = (name: string): ParsedTopic => {
  const topic = parseTopic(name);
  if (!topic) throw new Error(`${name} is no topic.`);
  return topic;
};

/** Every event of a topic, from the first. */
export async function allEvents(app: App, name: string): Promise<Envelope[]> {
  const topic = parsed(name);
  const { epoch } = await app.reader.position(topic.name);
  const events: Envelope[] = [];
  for (;;) {
    const past = await app.reader.since(topic, { epoch, seq: events.length });
    if (past.kind === 'reset') throw new Error(`${name} was reset: ${past.reason}`);
    events.push(...past.events.map(({ envelope }) => envelope));
    if (!past.more) return events;
  }
}

/** Folds every topic from event 1 and compares with the snapshot that the tables give [L3]; sequences have no gap [L2]. */
export async function expectFoldsToEqualTables(app: App): Promise<{ topics: number; events: number }> {
  const rows = await app.database.reader.topic.findMany();
  let count = 0;
  for (const { name } of rows) {
    const topic = parsed(name);
    const events = await allEvents(app, name);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, i) => i + 1));
    const fold = foldOf(topic.key);
    let state = fold.empty(topic.params);
    for (let i = 0; i < events.length; i += 100) state = fold.fold(state, events.slice(i, i + 100));
    app.reader.forget();
    const { snapshot, head } = await app.reader.snapshot(topic);
    expect(head).toBe(events.length);
    expect(plain(fold.view(state)), `fold of ${name}`).toEqual(plain(snapshot));
    // Whoever came in the middle sees the same.
    const middle = Math.floor(events.length / 2);
    const early = await app.reader.snapshotAt(topic, middle);
    const late = fold.fold(fold.load(early.snapshot), events.slice(middle));
    expect(plain(fold.view(late)), `fold of ${name} from its middle`).toEqual(plain(snapshot));
    count += events.length;
  }
  return { topics: rows.length, events: count };
}

/** The same of windows that are much smaller than what there is [L3]. */
export async function expectSmallWindows(app: App, limit: number): Promise<void> {
  const db = app.database.reader;
  const compare = async <S, V>(
    name: string,
    { empty, fold, view }: Pick<TopicDefinition<S, V>, 'empty' | 'fold' | 'view'>,
    loaded: S | null,
  ): Promise<void> => {
    if (loaded === null) throw new Error(`${name} is not there.`);
    const events: readonly FoldEvent[] = await allEvents(app, name);
    let state = empty(parsed(name).params);
    for (let i = 0; i < events.length; i += 7) state = fold(state, events.slice(i, i + 7));
    expect(plain(view(state)), `window of ${limit} of ${name}`).toEqual(plain(view(loaded)));
  };
  await compare('orders', ordersTopicOf(limit), await loadOrders(db, limit));
  await compare('clients', clientsTopicOf(limit), await loadClients(db, limit));
  await compare('products', productsTopicOf(limit), await loadProducts(db, limit));
  for (const { code } of await db.zone.findMany())
    await compare(`inventory:${code}`, inventoryTopicOf(limit), await loadZoneLevels(db, code, limit));
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
