import { type Envelope, parseTopic, type TopicName } from '@almenara/events';
import { expect, test } from 'vitest';
import { FanOut } from '../flow/fan-out.ts';
import { StoredEvent } from '../log/stored.ts';
import { SendQueues } from './send-queues.ts';

const topic = (name: string): TopicName => {
  const parsed = parseTopic(name);
  if (!parsed) throw new Error(`There is no topic ${name}.`);
  return parsed.name;
};
const ORDERS = topic('orders');
const CLIENTS = topic('clients');

const event = (seq: number, filler = ''): StoredEvent =>
  new StoredEvent({ id: `event ${seq}`, seq, data: { filler } } as unknown as Envelope);
const events = (first: number, last: number): StoredEvent[] =>
  Array.from({ length: last - first + 1 }, (_, i) => event(first + i));

function setup() {
  const flushes: (() => void)[] = [];
  const told: string[] = [];
  let time = 0;
  const fanOut = new FanOut({
    // Every packet takes so long that a flush sends one.
    now: () => time,
    soon: (flush) => flushes.push(flush),
    after: (_, flush) => flushes.push(flush),
  });
  const sendQueues = new SendQueues({
    fanOut,
    emit: (name, packet) => {
      time += 10;
      told.push(`${name} ${packet[0]?.seq}–${packet.at(-1)?.seq}`);
    },
    skip: (name, head) => told.push(`${name} is at ${head}`),
  });
  return { sendQueues, fanOut, told, flush: () => flushes.shift()?.() };
}

test('what becomes ready before its turn goes as one packet', () => {
  const { sendQueues, told, flush } = setup();
  sendQueues.add(ORDERS, events(1, 1));
  sendQueues.add(ORDERS, events(2, 5));
  flush();
  expect(told).toEqual(['orders 1–5']);
  sendQueues.add(ORDERS, events(6, 6));
  sendQueues.add(ORDERS, events(7, 7));
  flush();
  expect(told).toEqual(['orders 1–5', 'orders 6–7']);
});

test('topics take turns by packets, which hold a hundred events, or fewer that are large', () => {
  const { sendQueues, told, flush } = setup();
  sendQueues.add(ORDERS, events(1, 150));
  sendQueues.add(CLIENTS, [event(1, 'x'.repeat(200_000)), event(2, 'x'.repeat(200_000))]);
  for (let i = 0; i < 4; i += 1) flush();
  expect(told).toEqual(['orders 1–100', 'clients 1–1', 'orders 101–150', 'clients 2–2']);
});

test('what was sent is known for a topic of which something waits', () => {
  const { sendQueues, flush } = setup();
  expect(sendQueues.sentOf(ORDERS)).toBeNull();
  sendQueues.add(ORDERS, events(8, 207));
  expect(sendQueues.sentOf(ORDERS)).toBe(7);
  flush();
  expect(sendQueues.sentOf(ORDERS)).toBe(107);
  flush();
  expect(sendQueues.sentOf(ORDERS)).toBeNull();
});

test('more than ten thousand events of a topic are dropped: its readers are told where it stands, in its turn', () => {
  const { sendQueues, told, flush } = setup();
  sendQueues.add(ORDERS, events(1, 10_000));
  sendQueues.add(ORDERS, events(10_001, 10_001));
  expect(told).toEqual([]);
  expect(sendQueues.sentOf(ORDERS)).toBe(0);
  sendQueues.add(ORDERS, events(10_002, 10_003));
  flush();
  expect(told).toEqual(['orders is at 10001', 'orders 10002–10003']);
  expect(sendQueues.sentOf(ORDERS)).toBeNull();
});

test('a few very large events are dropped like very many', () => {
  const { sendQueues, told, flush } = setup();
  const large = 'x'.repeat(1_000_000);
  for (let seq = 1; seq <= 33; seq += 1) sendQueues.add(ORDERS, [event(seq, large)]);
  flush();
  expect(told).toEqual(['orders is at 32', 'orders 33–33']);
});

test('what waits from before a gate was opened anew is not joined with what comes after it', () => {
  const { sendQueues, told, flush } = setup();
  sendQueues.add(ORDERS, events(1, 3));
  sendQueues.add(ORDERS, events(9, 9));
  flush();
  expect(told).toEqual(['orders 9–9']);
});

test('of a history that has ended nothing is sent', () => {
  const { sendQueues, told, flush } = setup();
  sendQueues.add(ORDERS, events(1, 3));
  sendQueues.forget();
  expect(sendQueues.sentOf(ORDERS)).toBeNull();
  flush();
  expect(told).toEqual([]);
});
