import { LIMITS } from '@almenara/events';
import { expect, test } from 'vitest';
import { range } from '../testing/desk.ts';
import { FakeTimers } from '../testing/fake-timers.ts';
import { HandChannel } from '../testing/hand-net.ts';
import { HostedSocket } from './hosted-socket.ts';

const zone = (n: number): string => `inventory:Z${n}`;

/** A socket of the leading tab whose server has it in the rooms that it was asked for. */
function hosted() {
  const timers = new FakeTimers();
  const channel = new HandChannel();
  const socket = new HostedSocket('/desk', 'connection', channel, { timers, tell: () => {}, all: () => {} });
  const rooms = new Set<string>();
  socket.heard({ kind: 'open' });
  let asked = 0;
  const topicsOf = (payload: unknown): unknown[] => Object(payload).topics;
  return {
    timers,
    channel,
    socket,
    rooms,
    subscribe: (channelId: string, topics: readonly string[]) =>
      socket.ask(channelId, ++asked, 'subscribe', { topics: topics.map((topic) => ({ topic })) }),
    unsubscribe: (channelId: string, topics: readonly string[]) =>
      socket.ask(channelId, ++asked, 'unsubscribe', { topics }),
    /** The server does what it was asked, and refuses those rooms. */
    serve: (refused: readonly string[] = []) => {
      for (const { name, payload, reply } of channel.requests.splice(0)) {
        const topics = topicsOf(payload).map((row) => String(Object(row).topic ?? row));
        for (const topic of topics)
          if (name === 'unsubscribe' || refused.includes(topic)) rooms.delete(topic);
          else rooms.add(topic);
        const answers = topics.map((topic) => ({
          topic,
          kind: refused.includes(topic) ? 'refused' : 'delta',
        }));
        reply({ ok: true, data: name === 'subscribe' ? { topics: answers } : {} });
      }
    },
  };
}

test('rooms that every tab has left are left, however many they were, and those of a tab that is gone', () => {
  const { timers, socket, rooms, subscribe, unsubscribe, serve } = hosted();
  const many = range(1, LIMITS.topicsPerSubscribe + 50).map(zone);
  socket.join('one', 'tab1', 1);
  socket.join('two', 'tab2', 1);
  for (const topic of many) subscribe('one', [topic]);
  subscribe('two', [zone(1), zone(2)]);
  serve();
  expect(rooms.size).toBe(many.length);

  unsubscribe('one', many);
  for (let round = 0; round < 2; round += 1) {
    timers.advance(6000);
    serve();
  }
  expect([...rooms]).toEqual([zone(1), zone(2)]);
  socket.leave('two');
  timers.advance(6000);
  serve();
  expect(rooms.size).toBe(0);
  // Nothing is left to do, or to remember.
  expect(timers.pending).toBe(0);
});

test('a room that was refused is forgotten', () => {
  const { timers, channel, socket, subscribe, serve } = hosted();
  socket.join('one', 'tab1', 1);
  subscribe('one', [zone(1)]);
  serve([zone(1)]);
  timers.advance(6000);
  expect(channel.requests.map(({ name }) => name)).toEqual(['unsubscribe']);
  serve();
  expect(timers.pending).toBe(0);
});
