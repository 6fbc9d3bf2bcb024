import type { Level, Zone } from '@almenara/events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noFrames } from '../realtime/frames.ts';
import { RecentTopics } from '../realtime/recent-topics.ts';
import { TopicStores } from '../realtime/topic-stores.ts';
import { FakeClient, NOW } from '../testing/fake-client.ts';
import { id, level, oil, rice, zone } from '../testing/goods.ts';
import { levelsView } from '../testing/views.ts';
import { levelKey } from './level-book.ts';
import { FOLLOW_MOST, StockIndex } from './stock-index.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const at = (second: number): string => new Date(Date.parse(NOW) + second * 1000).toISOString();
const inZone = (code: string, of: Level, second = 0): Level => ({ ...of, zone: code, updatedAt: at(second) });

/** A desk of so many zones, whose server holds these levels. */
function desk(count: number, held: Level[]) {
  const codes = Array.from({ length: count }, (_, i) => `Z${i + 1}`);
  const zones = codes.map((code, i): Zone => ({ ...zone, id: id(100 + i), code }));
  const client = new FakeClient();
  const topics = new TopicStores(client, {
    frames: noFrames,
    overlays: {},
    recent: new RecentTopics(),
    pending: () => [],
    followed: () => () => {},
  });
  const asked: (readonly string[])[] = [];
  const server = {
    low: 3,
    figures: vi.fn(async () => ({
      zones: codes.map((code) => ({ zone: code, levels: 7000, low: server.low })),
      lowProducts: 0,
    })),
    levelsOf: async (ids: readonly string[]) => {
      asked.push(ids);
      return held.filter(({ productId }) => ids.includes(productId));
    },
  };
  client.show('zones', { zones });
  const index = new StockIndex(client, topics, server);
  const happens = (of: Level): void =>
    client.emit({
      id: id(900),
      topic: `inventory:${of.zone}`,
      seq: 1,
      type: 'inventory_updated',
      data: {
        level: of,
        movement: {
          id: id(901),
          kind: 'adjustment',
          onHandDelta: 0,
          reservedDelta: 0,
          reorderPointDelta: 0,
          reason: null,
          orderId: null,
          returnId: null,
          at: NOW,
        },
      },
      timestamp: NOW,
      userId: null,
      commandId: null,
    });
  return { client, index, server, asked, codes, happens };
}

const many = FOLLOW_MOST + 2;

test('a desk of few zones has all levels here, and asks for nothing', async () => {
  const { client, index, asked, server } = desk(2, []);
  index.follow();
  expect([client.open.get('inventory:Z1'), client.open.get('inventory:Z2')]).toEqual([1, 1]);
  for (const code of ['Z1', 'Z2'])
    client.show(
      'inventory',
      { ...levelsView(inZone(code, level(rice, 5, 1, 9))), zone: code },
      { zone: code },
    );
  index.asked.want([rice.id]);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(index.availableOf(rice.id)).toBe(8);
  expect([...index.summary.getState().low]).toEqual([
    ['Z1', 1],
    ['Z2', 1],
  ]);
  expect(asked).toEqual([]);
  expect(server.figures).not.toHaveBeenCalled();
});

test('a desk of many zones hears of all of them and follows none; what somebody looks at is asked for once', async () => {
  const { client, index, asked, codes, happens } = desk(many, [
    inZone('Z1', level(rice, 5)),
    inZone('Z9', level(rice, 2, 1)),
    inZone('Z1', level(oil, 50)),
  ]);
  const stop = index.follow();
  expect(codes.every((code) => client.heard.get(`inventory:${code}`) === 1)).toBe(true);
  expect([...client.open.keys()].filter((name) => name.startsWith('inventory'))).toEqual([]);

  expect(index.availableOf(rice.id)).toBeNull();
  const release = [index.asked.want([rice.id]), index.asked.want([rice.id])];
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual([[rice.id]]);
  expect(index.availableOf(rice.id)).toBe(6);
  // Events of a wanted product count, even in a zone that did not hold it before; others are ignored.
  happens(inZone('Z9', level(rice, 9, 1), 1));
  happens(inZone('Z4', level(rice, 100), 1));
  happens(inZone('Z4', level(oil, 100), 1));
  expect(index.availableOf(rice.id)).toBe(113);
  expect(index.get(levelKey('Z4', oil.id))).toBeNull();

  for (const one of release) one();
  expect(index.availableOf(rice.id)).toBeNull();
  expect(index.get(levelKey('Z1', rice.id))).toBeNull();
  stop();
  expect(codes.every((code) => client.heard.get(`inventory:${code}`) === 0)).toBe(true);
});

test('an answer that is older than what has happened meanwhile changes nothing', async () => {
  const { index, happens } = desk(many, [inZone('Z1', level(rice, 5), 1)]);
  index.follow();
  index.asked.want([rice.id]);
  happens(inZone('Z1', level(rice, 4), 2));
  await vi.advanceTimersByTimeAsync(0);
  expect(index.availableOf(rice.id)).toBe(4);
});

test('what is low is counted by the server where levels are not here: anew when one becomes low, and not at each change', async () => {
  const { client, index, server, happens } = desk(many, []);
  index.follow();
  await vi.advanceTimersByTimeAsync(1);
  expect(index.summary.getState().low.get('Z3')).toBe(3);
  server.low = 4;
  for (let i = 0; i < 5; i += 1) {
    happens(inZone('Z3', level(rice, 1, 0, 9), i));
    const data = { level: inZone('Z3', level(rice, 1, 0, 9)) };
    const frame = { id: id(1), topic: 'inventory:Z3', seq: i, timestamp: NOW, userId: null, commandId: null };
    client.emit({ ...frame, type: 'stock_low', data });
  }
  await vi.advanceTimersByTimeAsync(15_000);
  expect(index.summary.getState().low.get('Z3')).toBe(4);
  expect(server.figures).toHaveBeenCalledTimes(2);
});

test('what a window lets go of is still there, and follows what happens', () => {
  const { client, index, happens } = desk(many, []);
  index.follow();
  index.followZone('Z1');
  const show = (...levels: Level[]): void =>
    client.show('inventory', { zone: 'Z1', levels, total: 9000, truncated: true }, { zone: 'Z1' });
  show(inZone('Z1', level(rice, 5)));
  show(inZone('Z1', level(oil, 7), 1));
  expect(index.get(levelKey('Z1', rice.id))?.level.onHand).toBe(5);
  expect(index.isWhole('Z1')).toBe(false);
  show(inZone('Z1', level(rice, 6), 2), inZone('Z1', level(oil, 7), 1));
  expect(index.get(levelKey('Z1', rice.id))?.level.onHand).toBe(6);
  happens(inZone('Z2', level(rice, 1), 2));
  expect(index.get(levelKey('Z2', rice.id))).toBeNull();
});
