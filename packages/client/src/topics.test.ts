import type { TopicKey } from '@almenara/events';
import { describe, expect, test } from 'vitest';
import {
  answer,
  created,
  delta,
  desk,
  deskAt,
  range,
  refuse,
  reset,
  run,
  turn,
  viewAt,
} from './testing/desk.ts';

describe('handlers', () => {
  test('one that throws breaks neither the stream nor the others', async () => {
    const { client, clients, channel, errors, seen } = await deskAt(5);
    client.on('client_created', () => {
      throw new Error('not my day');
    });
    clients.view.subscribe(() => {
      throw new Error('nor mine');
    });
    const later: number[] = [];
    client.on('client_created', ({ seq }) => later.push(seq));
    channel.say('events', run(6, 7));
    expect(later).toEqual([6, 7]);
    expect(seen).toEqual(['reset@5', 6, 7]);
    expect(errors).toHaveLength(3);
    expect(clients.view.get()).toEqual(viewAt(7));
  });

  test('[R1] they see the state with the event in it, in order even when they cause more', async () => {
    const { client, clients, channel } = await deskAt(5);
    const order: string[] = [];
    client.on('client_created', ({ seq }) => {
      if (seq === 6) channel.say('events', [created(8)]);
      order.push(`${seq} of ${clients.view.get()?.total}`);
    });
    clients.status.subscribe(() => {
      if (clients.cursor?.seq === 8) channel.say('events', [created(9)]);
    });
    channel.say('events', run(6, 7));
    expect(order).toEqual(['6 of 9', '7 of 9', '8 of 9', '9 of 9']);
  });

  test('hear of their own type only, until they leave', async () => {
    const { client, channel } = await deskAt(5);
    const seen: string[] = [];
    const leave = client.on('client_updated', ({ type }) => seen.push(type));
    const of = (seq: number) => ({ ...created(seq), type: 'client_updated' });
    channel.say('events', [created(6), of(7)]);
    leave();
    channel.say('events', [of(8)]);
    expect(seen).toEqual(['client_updated']);
  });
});

describe('requests that fail', () => {
  const refusals: [string, number | undefined, number][] = [
    ['rate_limited', 4000, 4500],
    ['unavailable', undefined, 375],
    ['internal', undefined, 375],
  ];

  test.each(refusals)('a subscribe answered %s is asked again', async (code, retryAfterMs, waits) => {
    const { client, timers, online } = desk();
    client.topic('clients');
    client.topic('zones');
    client.start();
    const channel = await online();
    refuse(channel.take('subscribe'), code, retryAfterMs);
    expect(timers.next).toBe(waits);
    timers.advance(waits);
    await turn();
    expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'clients' }, { topic: 'zones' }] });
  });

  test.each(refusals)('a catch_up answered %s is asked again', async (code, retryAfterMs, waits) => {
    const { channel, timers, clients } = await deskAt(5);
    channel.say('events', [created(7)]);
    timers.advance(250);
    refuse(channel.take('catch_up'), code, retryAfterMs);
    expect(timers.next).toBe(waits);
    timers.advance(waits);
    answer(channel.take('catch_up'), delta(6, 7));
    expect(clients.view.get()).toEqual(viewAt(7));
  });

  test('one topic of a subscribe that is refused for now is asked for again by itself', async () => {
    const { client, timers, online } = desk();
    const [clients, zones] = [client.topic('clients'), client.topic('zones')];
    client.start();
    const channel = await online();
    const busy = {
      topic: 'zones',
      kind: 'refused',
      error: { code: 'unavailable', message: 'busy', retryAfterMs: 800 },
    };
    channel.take('subscribe').reply({ ok: true, data: { epoch: 'E1', topics: [reset(5), busy] } });
    expect(clients.status.get().kind).toBe('live');
    expect(zones.status.get()).toEqual({ kind: 'loading' });
    timers.advance(900);
    await turn();
    expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'zones' }] });
  });

  test('[R3] a topic that may not be read is refused, loses what it showed, and is tried at the next connect', async () => {
    const { client, clients, channel, timers, online } = await deskAt(5);
    channel.drop();
    timers.advance(10_000);
    const second = await online();
    const error = { code: 'forbidden', message: 'Not yours' };
    answer(second.take('subscribe'), { topic: 'clients', kind: 'refused', error });
    expect(clients.status.get()).toEqual({ kind: 'refused', error });
    expect(clients.view.get()).toBeNull();
    expect(clients.cursor).toBeNull();
    expect(client.connection.get().kind).toBe('online');
    second.say('events', [created(6)]);
    second.say('heads', { epoch: 'E1', heads: { clients: 6 } });
    expect(timers.pending).toBe(0);
    second.drop();
    timers.advance(10_000);
    expect((await online()).take('subscribe').payload).toEqual({ topics: [{ topic: 'clients' }] });
  });

  test('[A2] a catch_up that is forbidden', async () => {
    const { clients, channel, timers } = await deskAt(5);
    channel.say('events', [created(7)]);
    timers.advance(250);
    refuse(channel.take('catch_up'), 'forbidden');
    expect(clients.status.get()).toMatchObject({ kind: 'refused', error: { code: 'forbidden' } });
    expect(clients.view.get()).toBeNull();
  });

  test('no answer in time is asked again, and the late one is not used twice', async () => {
    const { clients, channel, timers, seen } = await deskAt(5);
    channel.say('events', [created(7)]);
    timers.advance(250);
    const late = channel.take('catch_up');
    timers.advance(10_000);
    answer(late, delta(6, 7));
    timers.advance(375);
    answer(channel.take('catch_up'), delta(6, 7));
    expect(clients.view.get()).toEqual(viewAt(7));
    expect(seen).toEqual(['reset@5', 6, 7]);
  });

  test('a log that answers with nothing is asked less and less often', async () => {
    const { channel, timers } = await deskAt(5);
    channel.say('heads', { epoch: 'E1', heads: { clients: 9 } });
    const waits: (number | null)[] = [];
    for (let i = 0; i < 4; i += 1) {
      waits.push(timers.next);
      timers.advance(timers.next ?? 0);
      answer(channel.take('catch_up'), delta(6, 5));
    }
    expect(waits).toEqual([250, 375, 750, 1500]);
  });

  test('a topic that no answer mentions is asked for again', async () => {
    const { client, timers, online } = desk();
    client.topic('clients');
    client.start();
    const channel = await online();
    channel.take('subscribe').reply({ ok: true, data: { epoch: 'E1', topics: [] } });
    timers.advance(375);
    await turn();
    expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'clients' }] });
  });
});

describe('handles', () => {
  const subscribed = (payload: unknown): string[] => {
    const { topics } = payload as { topics: ({ topic: string } | string)[] };
    return topics.map((row) => (typeof row === 'string' ? row : row.topic));
  };

  test('of one topic share it; the last one takes it along', async () => {
    const { client, channel, clients } = await deskAt(5);
    const again = client.topic('clients');
    await turn();
    expect(channel.requests).toEqual([]);
    expect(again.view).toBe(clients.view);
    clients.close();
    clients.close();
    await turn();
    channel.say('events', run(6, 6));
    expect(again.view.get()).toEqual(viewAt(6));
    again.close();
    await turn();
    expect(channel.take('unsubscribe').payload).toEqual({ topics: ['clients'] });
    channel.say('events', run(7, 7));
    expect(again.view.get()).toEqual(viewAt(6));
  });

  test('closed and opened in one turn, nothing is sent', async () => {
    const { client, channel, clients } = await deskAt(5);
    clients.close();
    const again = client.topic('clients');
    await turn();
    expect(channel.requests).toEqual([]);
    expect(again.view.get()).toEqual(viewAt(5));
  });

  test('closed while subscribing: left once the answer is there', async () => {
    const { client, online, seen } = desk();
    const clients = client.topic('clients');
    client.start();
    const channel = await online();
    const request = channel.take('subscribe');
    clients.close();
    await turn();
    expect(channel.requests).toEqual([]);
    answer(request, reset(5));
    await turn();
    expect(channel.take('unsubscribe').payload).toEqual({ topics: ['clients'] });
    expect(seen).toEqual([]);
    expect(clients.view.get()).toBeNull();
  });

  test('opened again while leaving: joined once it has left', async () => {
    const { client, channel, clients } = await deskAt(5);
    clients.close();
    await turn();
    const leaving = channel.take('unsubscribe');
    const again = client.topic('clients');
    await turn();
    expect(channel.requests).toEqual([]);
    leaving.reply({ ok: true, data: {} });
    await turn();
    const request = channel.take('subscribe');
    expect(request.payload).toEqual({ topics: [{ topic: 'clients' }] });
    answer(request, reset(6));
    expect(again.view.get()).toEqual(viewAt(6));
  });

  test('an unsubscribe that fails is tried again, unless the topic is followed again', async () => {
    const { client, channel, timers, clients } = await deskAt(5);
    clients.close();
    await turn();
    refuse(channel.take('unsubscribe'), 'rate_limited', 1000);
    timers.advance(1125);
    await turn();
    refuse(channel.take('unsubscribe'), 'rate_limited', 1000);
    client.topic('clients');
    await turn();
    answer(channel.take('subscribe'), reset(5));
    timers.advance(10_000);
    await turn();
    expect(channel.requests).toEqual([]);
  });

  test('many go out in packets of at most 200', async () => {
    const { client, online } = desk();
    for (const n of range(1, 401)) client.topic('inventory', { zone: `Z${n}` });
    client.start();
    const channel = await online();
    const sizes = channel.requests.map(({ payload }) => subscribed(payload).length);
    expect(sizes).toEqual([200, 200, 1]);
    expect(new Set(channel.requests.flatMap(({ payload }) => subscribed(payload))).size).toBe(401);
  });

  test('a topic that does not exist cannot be followed', () => {
    const { client } = desk();
    expect(() => client.topic('inventory', { zone: 'a b' })).toThrow(TypeError);
    const key: TopicKey = 'inventory';
    expect(client.topic(key, { zone: 'A1' }).name).toBe('inventory:A1');
  });
});
