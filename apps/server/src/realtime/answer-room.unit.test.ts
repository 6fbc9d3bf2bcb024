import type { Envelope } from '@almenara/events';
import { expect, test } from 'vitest';
import type { Past } from '../log/reader.ts';
import { StoredEvent, type StoredSnapshot } from '../log/stored.ts';
import { AnswerRoom } from './answer-room.ts';
import { inOrder } from './in-order.ts';
import type { Row } from './rows.ts';

function delta(count: number, bytes = 0): Past {
  const filler = 'x'.repeat(bytes);
  const events = Array.from(
    { length: count },
    (_, i) => new StoredEvent({ id: `${i}`, seq: i + 1, data: { filler } } as unknown as Envelope),
  );
  return { kind: 'delta', epoch: 'E', head: count, events, more: false };
}
const reset = (bytes: number): Past => ({
  kind: 'reset',
  reason: 'new',
  epoch: 'E',
  head: 1,
  stored: { json: Buffer.alloc(bytes, '1') } as unknown as StoredSnapshot,
});
const parsed = (row: Row | null) => JSON.parse(row?.parts.join('') ?? 'null');

test('an answer has 2,048 events over all its topics; from there on each has one, and says that there are more', () => {
  const room = new AnswerRoom();
  for (let i = 0; i < 8; i += 1) {
    expect(parsed(room.take('orders', delta(256)))).toMatchObject({ more: false });
  }
  const last = parsed(room.take('orders', delta(5)));
  expect(last.events).toHaveLength(1);
  expect(last.more).toBe(true);
});

test('and 4 MB of events: at least one of each topic', () => {
  const room = new AnswerRoom();
  const first = parsed(room.take('orders', delta(10, 1_000_000)));
  expect(first.events).toHaveLength(3);
  expect(first.more).toBe(true);
  expect(parsed(room.take('clients', delta(2, 1_500_000))).events).toHaveLength(1);
});

test('and 16 MB in all: a topic without room is left out, a smaller one after it is not', () => {
  const room = new AnswerRoom();
  expect(room.take('orders', reset(15_000_000))).not.toBeNull();
  expect(room.take('clients', reset(2_000_000))).toBeNull();
  expect(room.take('zones', reset(900_000))).not.toBeNull();
  expect(room.isFull).toBe(false);
});

test('the first row fits, however large it is', () => {
  const room = new AnswerRoom();
  expect(room.take('orders', reset(20_000_000))).not.toBeNull();
  expect(room.isFull).toBe(true);
  expect(room.take('zones', delta(0))).toBeNull();
});

test('works are done some at a time, and handed out in their order', async () => {
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const works = Array.from({ length: 5 }, (_, i) => async () => {
    begun.push(i);
    await new Promise<void>((resolve) => {
      ends[i] = resolve;
    });
    return i;
  });
  const outcomes = inOrder(works, 2);
  const first = outcomes.next();
  expect(begun).toEqual([0, 1]);
  ends[1]?.();
  ends[0]?.();
  expect((await first).value).toBe(0);
  expect(begun).toEqual([0, 1]);
  expect((await outcomes.next()).value).toBe(1);
  expect(begun).toEqual([0, 1, 2]);
});
