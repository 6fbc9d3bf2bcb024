import { describe, expect, test } from 'vitest';
import type { Kept } from './api.ts';
import { REORDER_LIMIT } from './reorder-buffer.ts';
import { answer, created, delta, desk, deskAt, range, reset, run, turn, viewAt } from './testing/desk.ts';

/** An event that the fold of `clients` throws on. */
const poison = (seq: number) => ({ ...created(seq), data: {} });

/** What is kept of a topic, in the hands of a test. */
function reading() {
  let settle: { resolve(kept: Kept): void; reject(error: Error): void } | undefined;
  const promise = new Promise<Kept>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return {
    promise,
    resolve: (kept: Kept) => settle?.resolve(kept),
    reject: (error: Error) => settle?.reject(error),
  };
}

describe('live events', () => {
  test('[R1] a live event before the answer to the subscribe waits for it', async () => {
    const { client, timers, net, seen, online } = desk();
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
    expect(timers.pending).toBe(0);
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
    const { clients, channel, timers, seen } = await deskAt(5);
    channel.say('events', run(8, 9));
    expect(clients.status.get()).toEqual({ kind: 'behind', seq: 5, reason: 'missing_events' });
    timers.advance(249);
    channel.say('events', run(6, 7));
    expect(clients.view.get()).toEqual(viewAt(9));
    expect(seen).toEqual(['reset@5', 6, 7, 8, 9]);
    expect(timers.pending).toBe(0);
    expect(channel.requests).toEqual([]);
  });

  test('[R1] a hole waits 250 ms and is then read from the log', async () => {
    const { clients, channel, timers, seen } = await deskAt(5);
    channel.say('events', run(8, 9));
    timers.advance(249);
    expect(channel.requests).toEqual([]);
    timers.advance(1);
    const request = channel.take('catch_up');
    expect(request.payload).toEqual({ topic: 'clients', cursor: { epoch: 'E1', seq: 5 } });
    channel.say('events', [created(10)]);
    answer(request, delta(6, 9));
    expect(clients.view.get()).toEqual(viewAt(10));
    expect(seen).toEqual(['reset@5', 6, 7, 8, 9, 10]);
    expect(timers.pending).toBe(0);
  });

  test('[R1] the missing event comes while the log is being asked', async () => {
    const { clients, channel, timers, seen } = await deskAt(5);
    channel.say('events', [created(7)]);
    timers.advance(250);
    channel.say('events', [created(6)]);
    expect(clients.view.get()).toEqual(viewAt(7));
    answer(channel.take('catch_up'), delta(6, 7));
    expect(seen).toEqual(['reset@5', 6, 7]);
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 7 });
    expect(timers.pending).toBe(0);
  });

  test('[R1] heads tell of an event that got lost with nothing after it', async () => {
    const { clients, channel, timers } = await deskAt(5);
    channel.say('heads', { epoch: 'E1', heads: { clients: 6, orders: 9 } });
    expect(clients.status.get()).toMatchObject({ kind: 'behind' });
    timers.advance(250);
    answer(channel.take('catch_up'), delta(6, 6));
    expect(clients.view.get()).toEqual(viewAt(6));
  });

  test('heads that are older than what is known mean nothing', async () => {
    const { clients, channel, timers } = await deskAt(5);
    channel.say('heads', { epoch: 'E1', heads: { clients: 4 } });
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 5 });
    expect(timers.pending).toBe(0);
  });

  test('[F1] far more than a full buffer of early events is let go, and read from the log', async () => {
    const last = REORDER_LIMIT + 500;
    const { clients, channel, timers, seen } = await deskAt(0);
    channel.say('events', run(2, last));
    timers.advance(250);
    answer(channel.take('catch_up'), delta(1, 1, last));
    // What the buffer kept is applied behind it, and the rest is asked for.
    expect(clients.cursor?.seq).toBe(REORDER_LIMIT + 1);
    answer(channel.take('catch_up'), delta(REORDER_LIMIT + 2, last));
    expect(seen).toEqual(['reset@0', ...range(1, last)]);
    expect(clients.status.get()).toEqual({ kind: 'live', seq: last });
  });

  test('[F1] what the snapshot holds takes no room in the buffer', async () => {
    const { client, online, timers } = desk();
    const clients = client.topic('clients');
    client.start();
    const channel = await online();
    channel.say('events', run(1, REORDER_LIMIT));
    answer(channel.take('subscribe'), reset(REORDER_LIMIT));
    channel.say('events', [created(REORDER_LIMIT + 1)]);
    expect(clients.status.get()).toEqual({ kind: 'live', seq: REORDER_LIMIT + 1 });
    expect(timers.pending).toBe(0);
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
    all.timers.advance(10_000);
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
    const { clients, channel, timers, seen, online } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 10, 20));
    const late = channel.take('catch_up');
    channel.say('events', [created(21)]);
    channel.drop();
    expect(clients.status.get()).toEqual({ kind: 'behind', seq: 10, reason: 'offline' });
    timers.advance(10_000);
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
    const { channel, timers } = await deskAt(5);
    channel.say('events', [created(7)]);
    channel.drop();
    expect(timers.pending).toBe(1);
  });

  test('[R2] a cursor that is of no use is answered with a reset, which replaces everything', async () => {
    for (const reason of ['epoch', 'expired', 'ahead', 'history', 'a reason of a newer server']) {
      const { clients, channel, seen, timers } = await reconnected(5);
      channel.say('events', [created(4), created(5)]);
      answer(channel.take('subscribe'), reset(3, reason));
      expect(clients.view.get()).toEqual(viewAt(5));
      expect(clients.cursor).toEqual({ epoch: 'E1', seq: 5, id: 'E1/5' });
      expect(seen).toEqual(['reset@5', 6, 7, 'reset@3', 4, 5]);
      expect(timers.pending).toBe(0);
    }
  });

  test('[R2] after a reset the cursor names no event', async () => {
    const { clients, channel } = await reconnected(5);
    answer(channel.take('subscribe'), reset(9, 'expired'));
    expect(clients.cursor).toEqual({ epoch: 'E1', seq: 9 });
  });

  test('[R2] a reset that answers a catch_up', async () => {
    const { clients, channel, timers, seen } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 8));
    channel.say('events', [created(11), created(12)]);
    timers.advance(250);
    answer(channel.take('catch_up'), reset(11, 'expired'));
    expect(clients.view.get()).toEqual(viewAt(12));
    expect(seen).toEqual(['reset@5', 6, 7, 8, 'reset@11', 12]);
    expect(timers.pending).toBe(0);
  });

  test('[R1] a snapshot, and a hole between it and what came live', async () => {
    const { clients, channel, timers, seen } = await reconnected(5);
    channel.say('events', [created(12)]);
    answer(channel.take('subscribe'), reset(10, 'expired'));
    expect(clients.status.get()).toEqual({ kind: 'behind', seq: 10, reason: 'missing_events' });
    timers.advance(250);
    answer(channel.take('catch_up'), delta(11, 12));
    expect(seen).toEqual(['reset@5', 6, 7, 'reset@10', 11, 12]);
  });

  test('[R2] a head heard of before a reset is of a log that is gone', async () => {
    const { clients, channel, timers } = await reconnected(5);
    answer(channel.take('subscribe'), delta(8, 8));
    channel.say('heads', { epoch: 'E1', heads: { clients: 20 } });
    timers.advance(250);
    answer(channel.take('catch_up'), reset(3, 'ahead'));
    expect(clients.status.get()).toEqual({ kind: 'live', seq: 3 });
    expect(timers.pending).toBe(0);
  });

  test('[R2] another epoch since the last connection', async () => {
    const { clients, timers, channel: first, online, seen } = await deskAt(5);
    first.drop();
    timers.advance(10_000);
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

  test('is no news where nothing is followed', async () => {
    const { client, online } = desk();
    client.start();
    const channel = await online();
    channel.say('heads', { epoch: 'E2', heads: {} });
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
    const { clients, channel, timers, seen } = await deskAt(5);
    channel.say('events', [created(8)]);
    timers.advance(250);
    answer(channel.take('catch_up'), reset(7, 'epoch'), 'E2');
    await turn();
    expect(clients.cursor).toEqual({ epoch: 'E2', seq: 7 });
    answer(channel.take('subscribe'), delta(8, 8, 8, 'E2'), 'E2');
    expect(clients.cursor).toEqual({ epoch: 'E2', seq: 8, id: 'E2/8' });
    expect(seen).toEqual(['reset@5', 'reset@7', 8]);
  });

  test('[R2] an answer of the old history that comes after the news is too late', async () => {
    const { clients, channel, timers } = await deskAt(5);
    channel.say('events', [created(7)]);
    timers.advance(250);
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
    const { clients, channel, timers, errors, online } = await deskAt(5);
    channel.say('events', [poison(6)]);
    await turn();
    answer(channel.take('subscribe'), reset(6));
    channel.say('events', [poison(7)]);
    expect(clients.status.get()).toMatchObject({ kind: 'refused', error: { code: 'internal' } });
    expect(clients.view.get()).toEqual(viewAt(6));
    expect(errors).toHaveLength(2);
    await turn();
    expect(channel.requests).toEqual([]);
    expect(timers.pending).toBe(0);

    channel.drop();
    timers.advance(10_000);
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

describe('two tabs', () => {
  test('[R1] are two clients: each with its own cursor, ending alike', async () => {
    const [one, two] = [await deskAt(5), await deskAt(3)];
    one.channel.say('events', run(6, 8));
    two.channel.say('events', run(6, 8));
    two.timers.advance(250);
    answer(two.channel.take('catch_up'), delta(4, 8));
    expect(one.clients.view.get()).toEqual(two.clients.view.get());
    expect(two.seen).toEqual(['reset@3', 4, 5, 6, 7, 8]);
  });
});

test('[R1] what was kept of a topic is shown at once, and resumed from', async () => {
  const kept = { view: viewAt(3), cursor: { epoch: 'E1', seq: 3 } };
  const { client, online, seen } = desk({ kept: (topic) => (topic === 'clients' ? kept : null) });
  const clients = client.topic('clients');
  expect(clients.view.get()).toEqual(viewAt(3));
  expect(clients.status.get()).toEqual({ kind: 'behind', seq: 3, reason: 'offline' });
  client.start();
  const subscribe = (await online()).take('subscribe');
  expect(subscribe.payload).toEqual({ topics: [{ topic: 'clients', cursor: kept.cursor }] });
  answer(subscribe, delta(4, 5));
  expect(clients.view.get()).toEqual(viewAt(5));
  expect(seen).toEqual([4, 5]);
});

test('[R1] what is kept and takes a while to read is waited for, and the server is asked for what came after it', async () => {
  const kept = reading();
  const { client, online, timers } = desk({
    kept: (topic) => (topic === 'clients' ? kept.promise : null),
  });
  const [clients, zones] = [client.topic('clients'), client.topic('zones')];
  client.start();
  const channel = await online();
  // What is not kept need not wait for what is.
  expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'zones' }] });
  expect(clients.status.get()).toEqual({ kind: 'loading' });
  channel.say('events', run(1, 5));
  channel.say('heads', { epoch: 'E1', heads: { clients: 5 } });
  expect(clients.view.get()).toBeNull();
  kept.resolve({ view: viewAt(3), cursor: { epoch: 'E1', seq: 3 } });
  await turn();
  expect(clients.view.get()).toEqual(viewAt(3));
  const subscribe = channel.take('subscribe');
  expect(subscribe.payload).toEqual({ topics: [{ topic: 'clients', cursor: { epoch: 'E1', seq: 3 } }] });
  answer(subscribe, delta(4, 5));
  expect(clients.view.get()).toEqual(viewAt(5));
  zones.close();
  client.stop();
  expect(timers.pending).toBe(0);
});

test('what is kept is shown without a connection, and told of when it has been read', async () => {
  const kept = reading();
  const { client } = desk({ kept: () => kept.promise });
  const clients = client.topic('clients');
  let told = 0;
  clients.view.subscribe(() => {
    told += 1;
  });
  kept.resolve({ view: viewAt(3), cursor: { epoch: 'E1', seq: 3 } });
  await turn();
  expect([told, clients.view.get()]).toEqual([1, viewAt(3)]);
  expect(clients.status.get()).toEqual({ kind: 'behind', seq: 3, reason: 'offline' });
});

test('a topic that is left while it is read is not asked for; what cannot be read is as if it were not there', async () => {
  const [left, broken] = [reading(), reading()];
  const { client, online, errors } = desk({
    kept: (topic) => (topic === 'clients' ? left.promise : broken.promise),
  });
  const clients = client.topic('clients');
  client.topic('zones');
  client.start();
  const channel = await online();
  clients.close();
  await turn();
  left.resolve(null);
  broken.reject(new Error('The disk is gone'));
  await turn();
  expect(channel.take('subscribe').payload).toEqual({ topics: [{ topic: 'zones' }] });
  expect(channel.requests).toHaveLength(0);
  expect(errors).toHaveLength(1);
});

test('what was kept and cannot be loaded is as if it were not there', async () => {
  const { client, online, errors } = desk({
    kept: () => ({ view: { of: 'another build' }, cursor: { epoch: 'E1', seq: 3 } }),
  });
  const clients = client.topic('clients');
  expect(clients.view.get()).toBeNull();
  expect(errors).toHaveLength(1);
  client.start();
  expect((await online()).take('subscribe').payload).toEqual({ topics: [{ topic: 'clients' }] });
});

test('who is too far behind takes a snapshot rather than each event', async () => {
  const { client, clients, channel, seen, online, timers } = await deskAt(2, { mostEventsBehind: 100 });
  channel.drop();
  timers.advance(1000);
  const back = await online();
  answer(back.take('subscribe'), delta(3, 4, 103));
  await turn();
  const again = back.take('subscribe');
  expect(again.payload).toEqual({ topics: [{ topic: 'clients' }] });
  answer(again, reset(103));
  expect(clients.view.get()).toEqual(viewAt(103));
  expect(seen).toEqual(['reset@2', 'reset@103']);
  expect(client.connection.get().kind).toBe('online');
});
