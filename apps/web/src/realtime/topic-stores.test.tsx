import type { TopicHandle } from '@almenara/client';
import type { TopicKey } from '@almenara/events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeClient } from '../testing/fake-client.ts';
import { level, rice } from '../testing/goods.ts';
import { levelsView } from '../testing/views.ts';
import { noFrames } from './frames.ts';
import { RecentTopics } from './recent-topics.ts';
import { KEEP_MOST, KEEP_MS, TopicStores } from './topic-stores.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const zones = Array.from({ length: 30 }, (_, i) => `Z${i}`);

/** Somebody who looks at one zone after the other. */
function looking() {
  const client = new FakeClient();
  client.cursor = { epoch: 'E1', seq: 1 };
  const recent = new RecentTopics();
  const kept: TopicHandle<TopicKey>[] = [];
  const topics = new TopicStores(client, {
    frames: noFrames,
    overlays: {},
    recent,
    pending: () => [],
    followed: (handle) => {
      kept.push(handle);
      return () => void kept.splice(kept.indexOf(handle), 1);
    },
  });
  for (const zone of zones) client.show('inventory', { ...levelsView(level(rice, 5)), zone }, { zone });
  return {
    topics,
    recent,
    kept,
    look: (zone: string) => topics.use('inventory', { zone })(),
    followed: () => zones.filter((zone) => client.open.get(`inventory:${zone}`)),
    known: () => zones.filter((zone) => topics.state('inventory', { zone }).view !== null),
  };
}

test('who goes through many zones follows only the last of them, and after a while none', () => {
  const { look, followed, kept } = looking();
  for (const zone of zones) look(zone);
  expect(followed()).toEqual(zones.slice(-KEEP_MOST));
  expect(kept).toHaveLength(KEEP_MOST);
  vi.advanceTimersByTime(KEEP_MS + 1);
  expect(followed()).toEqual([]);
  expect(kept).toHaveLength(0);
});

test('of zones that were left the last few are remembered, and the others take no memory', () => {
  const { look, known, recent } = looking();
  for (const zone of zones) look(zone);
  vi.advanceTimersByTime(KEEP_MS + 1);
  expect(known()).toEqual(zones.slice(-8));
  const before = known();
  for (const zone of zones) look(zone);
  for (const zone of zones.slice(0, 3)) look(zone);
  vi.advanceTimersByTime(KEEP_MS + 1);
  expect(known()).not.toEqual(before);
  expect(known()).toHaveLength(8);
  const name = 'inventory:Z2';
  expect(recent.take(name as never)).toMatchObject({ view: { zone: 'Z2' }, cursor: { seq: 1 } });
  expect(recent.take(name as never)).toBeNull();
});

test('a topic that is used again before it is left stays followed from then on', () => {
  const { topics, look, followed } = looking();
  look('Z1');
  vi.advanceTimersByTime(KEEP_MS - 1000);
  const release = topics.use('inventory', { zone: 'Z1' });
  vi.advanceTimersByTime(10 * KEEP_MS);
  expect(followed()).toEqual(['Z1']);
  release();
  vi.advanceTimersByTime(KEEP_MS - 1000);
  expect(followed()).toEqual(['Z1']);
  vi.advanceTimersByTime(1001);
  expect(followed()).toEqual([]);
});
