import type { TopicKey } from '@almenara/events';
import { describe, expect, test } from 'vitest';
import { REORDER_LIMIT } from './reorder.ts';
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

/** An event that the fold of `clients` throws on. */
const poison = (seq: number) => ({ ...created(seq), data: {} });

describe('live events', () => {
  test('[R1] a live event before the answer to the subscribe waits for it', async () => {
    const { client, clock, net, seen, online } = desk();
    const clients = client.topic('clients');
    client.start();
    const channel = await online();
    channel.say('events', run(6, 7));
    expect(clients.view.get()).toBeNull();

    answer(channel.take('subscribe'), reset(5));
    expect(clients.view.get()).toEqual(viewAt(7));
    expect(clients.cursor).toEqual({ epoch: 'E1', seq: 7, id: 'E1/7' });
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 7 });
    expect(seen).toEqual(['reset@5', 6, 7]);
    expect(clock.pending).toBe(0);
    expect(net.channel().requests).toEqual([]);
  });

  test('[R1] an event that the snapshot holds already is dropped', async () => {
    const { client, seen, online } = desk();
    const clients = client.topic('clients');
    client.start();
    const channel = await online();
    channel.say('events', run(4, 6));
    answer(channel.take('subscribe'), reset(5));
    expect(clients.view.get()).toEqual(viewAt(6));
    expect(seen).toEqual(['reset@5', 6]);
  });

  test('[R1] a duplicate changes nothing', async () => {
    const { clients, channel, seen } = await deskAt(5);
    channel.say('events', run(6, 7));
    channel.say('events', run(5, 7));
    channel.say('events', [created(7), created(8), created(8)]);
    expect(clients.view.get()).toEqual(viewAt(8));
    expect(seen).toEqual(['reset@5', 6, 7, 8]);
  });

  test('[R1] events that overtake each other are put in order, and nobody is asked', async () => {
    const { clients, channel, clock, seen } = await deskAt(5);
    channel.say('events', run(8, 9));
    expect(clients.status.get()).toEqual({ kind: 'behind', seq: 5, reason: 'missing_events' });
    clock.advance(249);
    channel.say('events', run(6, 7));
    expect(clients.view.get()).toEqual(viewAt(9));
    expect(seen).toEqual(['reset@5', 6, 7, 8, 9]);
    expect(clock.pending).toBe(0);
    expect(channel.requests).toEqual([]);
  });

  test('[R1] a hole waits 250 ms and is then read from the log', async () => {
    const { clients, channel, clock, seen } = await deskAt(5);
    channel.say('events', run(8, 9));
    clock.advance(249);
    expect(channel.requests).toEqual([]);
    clock.advance(1);
    const request = channel.take('catch_up');
    expect(request.payload).toEqual({ topic: 'clients', cursor: { epoch: 'E1', seq: 5 } });
    channel.say('events', [created(10)]);
    answer(request, delta(6, 9));
    expect(clients.view.get()).toEqual(viewAt(10));
    expect(seen).toEqual(['reset@5', 6, 7, 8, 9, 10]);
    expect(clock.pending).toBe(0);
  });

  test('[R1] the missing event comes while the log is being asked', async () => {
    const { clients, channel, clock, seen } = await deskAt(5);
    channel.say('events', [created(7)]);
    clock.advance(250);
    channel.say('events', [created(6)]);
    expect(clients.view.get()).toEqual(viewAt(7));
    answer(channel.take('catch_up'), delta(6, 7));
    expect(seen).toEqual(['reset@5', 6, 7]);
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 7 });
    expect(clock.pending).toBe(0);
  });

  test('[R1] heads tell of an event that got lost with nothing after it', async () => {
    const { clients, channel, clock } = await deskAt(5);
    channel.say('heads', { epoch: 'E1', heads: { clients: 6, orders: 9 } });
    expect(clients.status.get()).toMatchObject({ kind: 'behind' });
    clock.advance(250);
    answer(channel.take('catch_up'), delta(6, 6));
    expect(clients.view.get()).toEqual(viewAt(6));
  });

  test('heads that are older than what is known mean nothing', async () => {
    const { clients, channel, clock } = await deskAt(5);
    channel.say('heads', { epoch: 'E1', heads: { clients: 4 } });
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 5 });
    expect(clock.pending).toBe(0);
  });

  test('[F1] far more than a full buffer of early events is let go, and read from the log', async () => {
    const last = REORDER_LIMIT + 500;
    const { clients, channel, clock, seen } = await deskAt(0);
    channel.say('events', run(2, last));
    clock.advance(250);
    answer(channel.take('catch_up'), delta(1, 1, last));
    // What the buffer kept is applied behind it, and the rest is asked for.
    expect(clients.cursor?.seq).toBe(REORDER_LIMIT + 1);
    answer(channel.take('catch_up'), delta(REORDER_LIMIT + 2, last));
    expect(seen).toEqual(['reset@0', ...range(1, last)]);
    expect(clients.status.get()).toEqual({ kind: 'live', seq: last });
  });

  test('[F1] what the snapshot holds takes no room in the buffer', async () => {
    const { client, online, clock } = desk();
    const clients = client.topic('clients');
    client.start();
    const channel = await online();
    channel.say('events', run(1, REORDER_LIMIT));
    answer(channel.take('subscribe'), reset(REORDER_LIMIT));
    channel.say('events', [created(REORDER_LIMIT + 1)]);
    expect(clients.status.get()).toEqual({ kind: 'live', seq: REORDER_LIMIT + 1 });
    expect(clock.pending).toBe(0);
  });

  test('a burst is folded at once and told of once', async () => {
    const { clients, channel } = await deskAt(5);
    let told = 0;
    clients.view.subscribe(() => told++);
    const before = clients.view.get();
    expect(clients.view.get()).toBe(before);
    channel.say('events', run(6, 105));
    expect(told).toBe(1);
    expect(clients.view.get()).toEqual(viewAt(105));
  });

  test('[F2] a packet that cannot be read is reported and stops nothing', async () => {
    const { clients, channel, errors } = await deskAt(5);
    for (const payload of [null, 7, [{}], [{ ...created(6), seq: -1 }], [{ ...created(6), data: null }]]) {
      channel.say('events', payload);
    }
    channel.say('heads', { epoch: 'E1', heads: { clients: '9' } });
    channel.say('draining', {});
    channel.say('of_a_newer_server', {});
    expect(errors).toHaveLength(7);
    channel.say('events', run(6, 6));
    expect(clients.view.get()).toEqual(viewAt(6));
  });
});

describe('after a reconnect', () => {
  const reconnected = async (seq: number) => {
    const all = await deskAt(seq);
    all.channel.say('events', run(seq + 1, seq + 2));
    all.channel.drop();
    all.clock.advance(10_000);
    return { ...all, channel: await all.online() };
  };

  test('[R1] it resumes from its cursor', async () => {
    const { clients, channel, seen, client } = await reconnected(5);
    expect(client.connection.get().kind).toBe('resuming');
    expect(clients.status.get()).toEqual({ kind: 'behind', seq: 7, reason: 'resuming' });
    expect(clients.view.get()).toEqual(viewAt(7));
    const request = channel.take('subscribe');
    expect(request.payload).toEqual({
      topics: [{ topic: 'clients', cursor: { epoch: 'E1', seq: 7, id: 'E1/7' } }],
    });
    channel.say('events', [created(10)]);
    answer(request, delta(8, 9));
    expect(seen).toEqual(['reset@5', 6, 7, 8, 9, 10]);
    expect(clients.view.get()).toEqual(viewAt(10));
    expect(client.connection.get().kind).toBe('online');
  });

  test('[R1] a long absence is read piece by piece, with live events in between', async () => {
    const { clients, channel, seen } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 10, 14));
    expect(seen).toEqual(['reset@5', ...range(6, 10)]);
    const second = channel.take('catch_up');
    expect(second.payload).toEqual({ topic: 'clients', cursor: { epoch: 'E1', seq: 10, id: 'E1/10' } });
    channel.say('events', [created(15)]);
    answer(second, delta(11, 12, 15));
    answer(channel.take('catch_up'), delta(13, 15));
    expect(clients.view.get()).toEqual(viewAt(15));
    expect(seen).toEqual(['reset@5', ...range(6, 15)]);
    expect(channel.requests).toEqual([]);
  });

  test('[R1] the connection breaks in the middle of that', async () => {
    const { clients, channel, clock, seen, online } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 10, 20));
    const late = channel.take('catch_up');
    channel.say('events', [created(21)]);
    channel.drop();
    expect(clients.status.get()).toEqual({ kind: 'behind', seq: 10, reason: 'offline' });
    clock.advance(10_000);
    const third = await online();
    answer(late, delta(11, 20));
    expect(clients.cursor?.seq).toBe(10);
    const request = third.take('subscribe');
    expect(request.payload).toEqual({
      topics: [{ topic: 'clients', cursor: { epoch: 'E1', seq: 10, id: 'E1/10' } }],
    });
    answer(request, delta(11, 21));
    expect(clients.view.get()).toEqual(viewAt(21));
    expect(seen).toEqual(['reset@5', ...range(6, 21)]);
  });

  test('[R1] a hole is forgotten with the connection, not its wait', async () => {
    const { channel, clock } = await deskAt(5);
    channel.say('events', [created(7)]);
    channel.drop();
    expect(clock.pending).toBe(1);
  });

  test('[R2] a cursor that is of no use is answered with a reset, which replaces everything', async () => {
    for (const reason of ['epoch', 'expired', 'ahead', 'history', 'a reason of a newer server']) {
      const { clients, channel, seen, clock } = await reconnected(5);
      channel.say('events', [created(4), created(5)]);
      answer(channel.take('subscribe'), reset(3, reason));
      expect(clients.view.get()).toEqual(viewAt(5));
      expect(clients.cursor).toEqual({ epoch: 'E1', seq: 5, id: 'E1/5' });
      expect(seen).toEqual(['reset@5', 6, 7, 'reset@3', 4, 5]);
      expect(clock.pending).toBe(0);
    }
  });

  test('[R2] after a reset the cursor names no event', async () => {
    const { clients, channel } = await reconnected(5);
    answer(channel.take('subscribe'), reset(9, 'expired'));
    expect(clients.cursor).toEqual({ epoch: 'E1', seq: 9 });
  });

  test('[R2] a reset that answers a catch_up', async () => {
    const { clients, channel, clock, seen } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 8));
    channel.say('events', [created(11), created(12)]);
    clock.advance(250);
    answer(channel.take('catch_up'), reset(11, 'expired'));
    expect(clients.view.get()).toEqual(viewAt(12));
    expect(seen).toEqual(['reset@5', 6, 7, 8, 'reset@11', 12]);
    expect(clock.pending).toBe(0);
  });

  test('[R1] a snapshot, and a hole between it and what came live', async () => {
    const { clients, channel, clock, seen } = await reconnected(5);
    channel.say('events', [created(12)]);
    answer(channel.take('subscribe'), reset(10, 'expired'));
    expect(clients.status.get()).toEqual({ kind: 'behind', seq: 10, reason: 'missing_events' });
    clock.advance(250);
    answer(channel.take('catch_up'), delta(11, 12));
    expect(seen).toEqual(['reset@5', 6, 7, 'reset@10', 11, 12]);
  });

  test('[R2] a head heard of before a reset is of a log that is gone', async () => {
    const { clients, channel, clock } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 8));
    channel.say('heads', { epoch: 'E1', heads: { clients: 20 } });
    clock.advance(250);
    answer(channel.take('catch_up'), reset(3, 'ahead'));
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 3 });
    expect(clock.pending).toBe(0);
  });

  test('[R2] another epoch since the last connection', async () => {
    const { clients, clock, channel: first, online, seen } = await deskAt(5);
    first.drop();
    clock.advance(10_000);
    const channel = await online('E2');
    const request = channel.take('subscribe');
    expect(request.payload).toEqual({ topics: [{ topic: 'clients', cursor: { epoch: 'E1', seq: 5 } }] });
    channel.say('events', run(3, 3, 'E2'));
    answer(request, reset(2, 'epoch'), 'E2');
    await turn();
    expect(clients.cursor).toEqual({ epoch: 'E2', seq: 3, id: 'E2/3' });
    expect(seen).toEqual(['reset@5', 'reset@2', 3]);
    expect(channel.requests).toEqual([]);
  });

  test('[R2] a delta for a cursor of another epoch is not believed', async () => {
    const { clients, channel, errors } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 9), 'E2');
    await turn();
    expect(clients.cursor?.seq).toBe(7);
    expect(errors).toHaveLength(1);
    expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'clients' }] });
  });
});

describe('another history while connected', () => {
  test('[R2] heads of another epoch: the old cursor is offered, and what arrives meanwhile waits', async () => {
    const { client, clients, channel, seen } = await deskAt(5);
    channel.say('events', [created(7)]);
    channel.say('heads', { epoch: 'E2', heads: { clients: 3 } });
    expect(client.connection.get().kind).toBe('resuming');
    await turn();
    const request = channel.take('subscribe');
    expect(request.payload).toEqual({ topics: [{ topic: 'clients', cursor: { epoch: 'E1', seq: 5 } }] });
    // Event 6 of the new history must not be applied to the state of the old one.
    channel.say('events', run(4, 6, 'E2'));
    expect(clients.cursor?.seq).toBe(5);
    answer(request, reset(3, 'epoch'), 'E2');
    expect(clients.cursor).toEqual({ epoch: 'E2', seq: 6, id: 'E2/6' });
    expect(seen).toEqual(['reset@5', 'reset@3', 4, 5, 6]);
    expect(client.connection.get().kind).toBe('online');
  });

  test('[R2] a greeting of another epoch', async () => {
    const { channel } = await deskAt(5);
    channel.accept({ epoch: 'E2' });
    await turn();
    expect(channel.take('subscribe').payload).toEqual({
      topics: [{ topic: 'clients', cursor: { epoch: 'E1', seq: 5 } }],
    });
  });

  test('[R2] the answer tells of it first: what was buffered may be of either, and is asked for again', async () => {
    const { clients, channel, clock, seen } = await deskAt(5);
    channel.say('events', [created(8)]);
    clock.advance(250);
    answer(channel.take('catch_up'), reset(7, 'epoch'), 'E2');
    await turn();
    expect(clients.cursor).toEqual({ epoch: 'E2', seq: 7 });
    answer(channel.take('subscribe'), delta(8, 8, 8, 'E2'), 'E2');
    expect(clients.cursor).toEqual({ epoch: 'E2', seq: 8, id: 'E2/8' });
    expect(seen).toEqual(['reset@5', 'reset@7', 8]);
  });

  test('[R2] an answer of the old history that comes after the news is too late', async () => {
    const { clients, channel, clock } = await deskAt(5);
    channel.say('events', [created(7)]);
    clock.advance(250);
    const old = channel.take('catch_up');
    channel.say('heads', { epoch: 'E2', heads: {} });
    answer(old, delta(6, 7));
    await turn();
    expect(clients.cursor?.seq).toBe(5);
    answer(channel.take('subscribe'), reset(1, 'epoch'), 'E2');
    expect(clients.view.get()).toEqual(viewAt(1));
  });
});

describe('what cannot be folded', () => {
  test('[R1] is not skipped: a fresh snapshot replaces it, and it is reported', async () => {
    const { clients, channel, errors, seen } = await deskAt(5);
    channel.say('events', [created(6)]);
    channel.say('events', [poison(7), created(8)]);
    expect(errors).toHaveLength(1);
    expect(clients.view.get()).toEqual(viewAt(6));
    expect(clients.cursor?.seq).toBe(6);
    await turn();
    const request = channel.take('subscribe');
    expect(request.payload).toEqual({ topics: [{ topic: 'clients' }] });
    channel.say('events', [created(9)]);
    answer(request, reset(8));
    expect(clients.view.get()).toEqual(viewAt(9));
    expect(seen).toEqual(['reset@5', 6, 'reset@8', 9]);
  });

  test('is asked for once, then the topic gives up until the next connect', async () => {
    const { clients, channel, clock, errors, online } = await deskAt(5);
    channel.say('events', [poison(6)]);
    await turn();
    answer(channel.take('subscribe'), reset(6));
    channel.say('events', [poison(7)]);
    expect(clients.status.get()).toMatchObject({ kind: 'refused', error: { code: 'internal' } });
    expect(clients.view.get()).toEqual(viewAt(6));
    expect(errors).toHaveLength(2);
    await turn();
    expect(channel.requests).toEqual([]);
    expect(clock.pending).toBe(0);

    channel.drop();
    clock.advance(10_000);
    const next = await online();
    const request = next.take('subscribe');
    expect(request.payload).toEqual({ topics: [{ topic: 'clients' }] });
    answer(request, reset(7));
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 7 });
  });

  test('a snapshot that cannot be loaded', async () => {
    const { client, errors, online } = desk();
    const clients = client.topic('clients');
    client.start();
    const channel = await online();
    answer(channel.take('subscribe'), { ...reset(5), snapshot: {} });
    await turn();
    answer(channel.take('subscribe'), { ...reset(5), snapshot: {} });
    expect(errors).toHaveLength(2);
    expect(clients.status.get()).toMatchObject({ kind: 'refused', error: { code: 'internal' } });
    expect(client.connection.get().kind).toBe('online');
  });
});

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

describe('two tabs', () => {
  test('[R1] are two clients: each with its own cursor, ending alike', async () => {
    const [one, two] = [await deskAt(5), await deskAt(3)];
    one.channel.say('events', run(6, 8));
    two.channel.say('events', run(6, 8));
    two.clock.advance(250);
    answer(two.channel.take('catch_up'), delta(4, 8));
    expect(one.clients.view.get()).toEqual(two.clients.view.get());
    expect(two.seen).toEqual(['reset@3', 4, 5, 6, 7, 8]);
  });
});

describe('requests that fail', () => {
  const refusals: [string, number | undefined, number][] = [
    ['rate_limited', 4000, 4500],
    ['unavailable', undefined, 375],
    ['internal', undefined, 375],
  ];

  test.each(refusals)('a subscribe answered %s is asked again', async (code, retryAfterMs, waits) => {
    const { client, clock, online } = desk();
    client.topic('clients');
    client.topic('zones');
    client.start();
    const channel = await online();
    refuse(channel.take('subscribe'), code, retryAfterMs);
    expect(clock.next).toBe(waits);
    clock.advance(waits);
    await turn();
    expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'clients' }, { topic: 'zones' }] });
  });

  test.each(refusals)('a catch_up answered %s is asked again', async (code, retryAfterMs, waits) => {
    const { channel, clock, clients } = await deskAt(5);
    channel.say('events', [created(7)]);
    clock.advance(250);
    refuse(channel.take('catch_up'), code, retryAfterMs);
    expect(clock.next).toBe(waits);
    clock.advance(waits);
    answer(channel.take('catch_up'), delta(6, 7));
    expect(clients.view.get()).toEqual(viewAt(7));
  });

  test('one topic of a subscribe that is refused for now is asked for again by itself', async () => {
    const { client, clock, online } = desk();
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
    clock.advance(900);
    await turn();
    expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'zones' }] });
  });

  test('[R3] a topic that may not be read is refused, loses what it showed, and is tried at the next connect', async () => {
    const { client, clients, channel, clock, online } = await deskAt(5);
    channel.drop();
    clock.advance(10_000);
    const second = await online();
    const error = { code: 'forbidden', message: 'Not yours' };
    answer(second.take('subscribe'), { topic: 'clients', kind: 'refused', error });
    expect(clients.status.get()).toEqual({ kind: 'refused', error });
    expect(clients.view.get()).toBeNull();
    expect(clients.cursor).toBeNull();
    expect(client.connection.get().kind).toBe('online');
    second.say('events', [created(6)]);
    second.say('heads', { epoch: 'E1', heads: { clients: 6 } });
    expect(clock.pending).toBe(0);
    second.drop();
    clock.advance(10_000);
    expect((await online()).take('subscribe').payload).toEqual({ topics: [{ topic: 'clients' }] });
  });

  test('[A2] a catch_up that is forbidden', async () => {
    const { clients, channel, clock } = await deskAt(5);
    channel.say('events', [created(7)]);
    clock.advance(250);
    refuse(channel.take('catch_up'), 'forbidden');
    expect(clients.status.get()).toMatchObject({ kind: 'refused', error: { code: 'forbidden' } });
    expect(clients.view.get()).toBeNull();
  });

  test('no answer in time is asked again, and the late one is not used twice', async () => {
    const { clients, channel, clock, seen } = await deskAt(5);
    channel.say('events', [created(7)]);
    clock.advance(250);
    const late = channel.take('catch_up');
    clock.advance(10_000);
    answer(late, delta(6, 7));
    clock.advance(375);
    answer(channel.take('catch_up'), delta(6, 7));
    expect(clients.view.get()).toEqual(viewAt(7));
    expect(seen).toEqual(['reset@5', 6, 7]);
  });

  test('a log that answers with nothing is asked less and less often', async () => {
    const { channel, clock } = await deskAt(5);
    channel.say('heads', { epoch: 'E1', heads: { clients: 9 } });
    const waits: (number | null)[] = [];
    for (let i = 0; i < 4; i += 1) {
      waits.push(clock.next);
      clock.advance(clock.next ?? 0);
      answer(channel.take('catch_up'), delta(6, 5));
    }
    expect(waits).toEqual([250, 375, 750, 1500]);
  });

  test('a topic that no answer mentions is asked for again', async () => {
    const { client, clock, online } = desk();
    client.topic('clients');
    client.start();
    const channel = await online();
    channel.take('subscribe').reply({ ok: true, data: { epoch: 'E1', topics: [] } });
    clock.advance(375);
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
    const { client, channel, clock, clients } = await deskAt(5);
    clients.close();
    await turn();
    refuse(channel.take('unsubscribe'), 'rate_limited', 1000);
    clock.advance(1125);
    await turn();
    refuse(channel.take('unsubscribe'), 'rate_limited', 1000);
    client.topic('clients');
    await turn();
    answer(channel.take('subscribe'), reset(5));
    clock.advance(10_000);
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
