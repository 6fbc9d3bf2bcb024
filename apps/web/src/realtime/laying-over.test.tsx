import type { QueuedCommand } from '@almenara/client/queue';
import { expect, test } from 'vitest';
import { FakeClient } from '../testing/fake-client.ts';
import { bar, hotel, id } from '../testing/goods.ts';
import { queuedCommand } from '../testing/queued-command.ts';
import { noFrames } from './frames.ts';
import { layingOver } from './laying-over.ts';
import type { Overlays } from './optimism.ts';
import { RecentTopics } from './recent-topics.ts';
import { TopicStores } from './topic-stores.ts';

/** While something is pending, the hotel is not in the list. */
const overlays: Overlays = {
  clients: (view) => ({ ...view, clients: view.clients.filter((client) => client.id !== hotel.id) }),
};

/** A page that has just been opened, and what it gives commands with. */
function opened(fetchOverlays: () => Promise<Overlays>) {
  const client = new FakeClient();
  let pending: readonly QueuedCommand[] = [];
  const listeners = new Set<() => void>();
  const topics = new TopicStores(client, {
    frames: noFrames,
    overlays: {},
    recent: new RecentTopics(),
    pending: () => pending,
    followed: () => () => {},
  });
  client.show('clients', { clients: [bar, hotel], total: 2, truncated: false });
  topics.use('clients');
  const queue = {
    pending: {
      get: () => pending,
      subscribe: (listener: () => void) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
    },
  };
  const stop = layingOver(topics, queue, fetchOverlays)();
  return {
    stop,
    give: () => {
      const place = pending.length + 1;
      pending = [
        ...pending,
        queuedCommand({ commandId: id(place), name: 'archive_client', input: {}, place }),
      ];
      for (const listener of listeners) listener();
    },
    shown: () => topics.state('clients').view?.clients.map(({ name }) => name),
  };
}

test('the first command fetches what shows it', async () => {
  const page = opened(() => Promise.resolve(overlays));
  page.give();
  await expect.poll(page.shown).toEqual([bar.name]);
  page.stop();
});

test('a press fetches it before there is a command', async () => {
  let fetched = 0;
  const page = opened(() => {
    fetched += 1;
    return Promise.resolve(overlays);
  });
  document.dispatchEvent(new Event('pointerdown'));
  document.dispatchEvent(new Event('keydown'));
  expect(fetched).toBe(1);
  page.stop();
});

test('what could not be fetched is fetched with the next command', async () => {
  let tries = 0;
  const page = opened(() => {
    tries += 1;
    return tries === 1 ? Promise.reject(new Error('offline')) : Promise.resolve(overlays);
  });
  page.give();
  await expect.poll(() => tries).toBe(1);
  expect(page.shown()).toEqual([bar.name, hotel.name]);
  page.give();
  await expect.poll(page.shown).toEqual([bar.name]);
  page.stop();
});
