import 'fake-indexeddb/auto';
import { memoryStore, type QueuedCommand, type QueueStore } from '@almenara/client/queue';
import { topicName } from '@almenara/events';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { queuedCommand } from '../testing/queued-command.ts';
import { forgetUser, openKeptDatabase } from './database.ts';
import { KeptTopics } from './kept-topics.ts';
import { keptQueueStore } from './queue-store.ts';
import { TopicKeeper } from './topic-keeper.ts';

const open = async () => {
  const db = await openKeptDatabase();
  if (!db) throw new Error('No IndexedDB');
  return db;
};

const command = (commandId: string, place: number): QueuedCommand =>
  queuedCommand({ commandId, name: 'create_client', input: { name: commandId }, place });

const stores: Record<string, () => Promise<QueueStore>> = {
  memory: async () => memoryStore(),
  browser: async () => keptQueueStore(await open(), crypto.randomUUID()),
};

describe.each(Object.entries(stores))('the queue kept in %s', (_, make) => {
  test('is read by place, however it was written', async () => {
    const store = await make();
    await store.change(() => ({ put: [command('b', 2), command('c', 3)] }));
    await store.change(() => ({ put: [command('a', 1)], remove: ['c'] }));
    expect((await store.all()).map(({ commandId }) => commandId)).toEqual(['a', 'b']);
  });

  test('changes one after the other, each seeing the one before', async () => {
    const store = await make();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        store.change((all) => ({ put: [command(`c${i}`, (all.at(-1)?.place ?? 0) + 1)] })),
      ),
    );
    expect((await store.all()).map(({ place }) => place)).toEqual(
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
  });

  test('a change that fails changes nothing', async () => {
    const store = await make();
    await store.change(() => ({ put: [command('a', 1)] }));
    const failing = store.change(() => {
      throw new Error('No');
    });
    await expect(failing).rejects.toThrow('No');
    expect((await store.all()).map(({ commandId }) => commandId)).toEqual(['a']);
  });
});

/** A topic's handle in the hands of a test. */
function topic(seq: number, name = topicName('zones')) {
  let listener = (): void => {};
  const handle = {
    name,
    view: {
      get: (): unknown => ({ zones: [handle.cursor.seq] }),
      subscribe: (on: () => void) => {
        listener = on;
        return () => {};
      },
    },
    cursor: { epoch: 'E1', seq },
  };
  const change = (to: number): void => {
    handle.cursor = { epoch: 'E1', seq: to };
    listener();
  };
  return { handle, change };
}

const hide = (): void => void document.dispatchEvent(new Event('visibilitychange'));
const visibility = (state: string): void =>
  void Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });

afterEach(() => visibility('visible'));

test('topics are kept when the page is left, and an older tab does not put back what it knew', async () => {
  const db = await open();
  const topics = new KeptTopics(db, 'ana');
  const kept = () => topics.read(topicName('zones'));
  const [old, young] = [topic(3), topic(5)];
  for (const { handle } of [old, young]) {
    const keeper = new TopicKeeper(db, 'ana', topics, () => true);
    keeper.start();
    keeper.keep(handle as never);
  }
  young.change(6);
  visibility('hidden');
  hide();
  await expect.poll(kept).toEqual({ view: { zones: [6] }, cursor: { epoch: 'E1', seq: 6 } });
  old.change(4);
  hide();
  young.change(7);
  hide();
  await expect.poll(kept).toEqual({ view: { zones: [7] }, cursor: { epoch: 'E1', seq: 7 } });
  expect(await new KeptTopics(db, 'bea').read(topicName('zones'))).toBeNull();
});

const DAY = 86_400_000;

/** A view of a topic as it was kept some days ago. */
async function keptBefore(user: string, name: string, daysAgo: number, build = __BUILD__): Promise<void> {
  const db = await open();
  const at = Date.now() - daysAgo * DAY;
  await db.put('topics', { user, topic: name, view: { name } });
  await db.put('cursors', {
    user,
    topic: name,
    cursor: { epoch: 'E1', seq: 1 },
    build,
    savedAt: at,
    usedAt: at,
  });
}
const zone = (code: string) => topicName('inventory', { zone: code });
const namesOf = async (user: string) =>
  (await (await open()).getAllKeys('topics')).filter(([of]) => of === user).map(([, name]) => name);

test('opening the desk reads none of the views; a topic is read when it is followed', async () => {
  const db = await open();
  for (const code of ['A1', 'B2', 'C3']) await keptBefore('dora', zone(code), 0);
  const read = [vi.spyOn(IDBObjectStore.prototype, 'getAll'), vi.spyOn(IDBObjectStore.prototype, 'get')];
  const readFrom = () => read.flatMap(({ mock }) => mock.contexts.map((store) => Object(store).name));
  const opened = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const topics = new KeptTopics(db, 'dora');
  expect(await topics.savedAt()).toBeGreaterThan(0);
  expect(readFrom()).toEqual(['cursors']);
  opened.mockClear();
  const [one, none] = await Promise.all([topics.read(zone('B2')), topics.read(zone('Z9'))]);
  expect(one).toEqual({ view: { name: zone('B2') }, cursor: { epoch: 'E1', seq: 1 } });
  expect(none).toBeNull();
  // Both in one go, and of no other than these.
  expect(opened).toHaveBeenCalledTimes(1);
  expect(readFrom().filter((name) => name === 'topics')).toHaveLength(1);
  vi.restoreAllMocks();
});

test('what another build wrote is not read', async () => {
  await keptBefore('emil', zone('A1'), 1, 'an older build');
  const topics = new KeptTopics(await open(), 'emil');
  expect(await topics.read(zone('A1'))).toBeNull();
  expect(await topics.savedAt()).toBeNull();
});

test('what nobody has followed for a month is dropped, of whoever used this browser; what is followed stays', async () => {
  for (const [code, days] of [
    ['A1', 1],
    ['B2', 31],
    ['C3', 31],
    ['D4', 31],
  ] as const)
    await keptBefore('fay', zone(code), days);
  await keptBefore('gus', zone('A1'), 31);
  const topics = new KeptTopics(await open(), 'fay');
  // It is in use again from now on.
  await topics.read(zone('C3'));
  await expect
    .poll(async () => (await (await open()).get('cursors', ['fay', zone('C3')]))?.usedAt)
    .toBeGreaterThan(Date.now() - DAY);
  await topics.prune((name) => name === zone('D4'));
  expect(await namesOf('fay')).toEqual([zone('A1'), zone('C3'), zone('D4')]);
  expect(await namesOf('gus')).toEqual([]);
});

test('who signs out takes along what was kept, but not the commands that were not sent', async () => {
  const db = await open();
  const queue = keptQueueStore(db, 'carl');
  await queue.change(() => ({ put: [command('a', 1)] }));
  await db.put('topics', { user: 'carl', topic: 'zones', view: {} });
  await forgetUser(db, 'carl');
  expect(await db.getAll('topics')).not.toContainEqual(expect.objectContaining({ user: 'carl' }));
  expect(await queue.all()).toHaveLength(1);
});
