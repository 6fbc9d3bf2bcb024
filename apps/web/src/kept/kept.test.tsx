import 'fake-indexeddb/auto';
import { memoryStore, type QueuedCommand, type QueueStore } from '@almenara/client';
import { topicName } from '@almenara/events';
import { afterEach, describe, expect, test } from 'vitest';
import { queuedCommand } from '../testing/queued-command.ts';
import { forgetUser, openKeptDatabase } from './database.ts';
import { keptQueueStore } from './queue-store.ts';
import { readTopics, TopicKeeper } from './topic-keeper.ts';

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
function topic(seq: number) {
  let listener = (): void => {};
  const handle = {
    name: topicName('zones'),
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
  const kept = async () => (await readTopics(db, 'ana')).topics.get(topicName('zones'));
  const [old, young] = [topic(3), topic(5)];
  for (const { handle } of [old, young]) {
    const keeper = new TopicKeeper(db, 'ana', () => true);
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
  expect((await readTopics(db, 'bea')).topics.size).toBe(0);
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
