import { describe, expect, test } from 'vitest';
import { answer, created, delta, desk, deskAt, reset, run, turn, viewAt } from './testing/desk.ts';

const state = (client: { connection: { get(): { kind: string } } }) => client.connection.get();

describe('connecting', () => {
  test('from start to online, told of each step', async () => {
    const { client, timers, net, online } = desk({ credentials: () => ({ token: 'key-1' }) });
    const kinds: string[] = [];
    client.connection.subscribe(() => kinds.push(client.connection.get().kind));
    const clients = client.topic('clients');
    expect(clients.status.get()).toEqual({ kind: 'loading' });
    client.start();
    client.start();
    await turn();
    expect(net.channel().auth).toEqual({ token: 'key-1', clientId: 'tab-1', protocol: 1 });
    const channel = await online();
    expect(client.session.get()).toMatchObject({ userId: 'ana', epoch: 'E1' });
    answer(channel.take('subscribe'), reset(5));
    expect(kinds).toEqual(['connecting', 'resuming', 'online']);
    expect(net.connections).toHaveLength(1);
    expect(timers.pending).toBe(0);
  });

  test('with nothing to follow it is online at once', async () => {
    const { client, online } = desk();
    client.start();
    await online();
    expect(state(client).kind).toBe('online');
  });

  test('credentials are asked for at every connect, and may fail', async () => {
    const tokens = ['one', 'two'];
    const { client, timers, net, errors } = desk({
      credentials: async () => {
        const token = tokens.shift();
        if (!token) throw new Error('The keychain is locked');
        return { token };
      },
    });
    client.start();
    await turn();
    expect(net.channel().auth?.token).toBe('one');
    net.channel().drop();
    timers.advance(10_000);
    await turn();
    expect(net.channel().auth?.token).toBe('two');
    net.channel().drop();
    timers.advance(10_000);
    await turn();
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'credentials' });
    expect(errors).toHaveLength(1);
  });

  test('an attempt that hangs is given up after 10 s, its connection closed', () => {
    const { client, timers, net } = desk();
    client.start();
    timers.advance(9999);
    expect(state(client).kind).toBe('connecting');
    timers.advance(1);
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'timeout', attempt: 1 });
    expect(net.open).toBe(0);
    timers.advance(375);
    expect(net.connections).toHaveLength(2);
  });

  test('a server that does not greet counts as one that hangs', async () => {
    const { client, timers, net } = desk();
    client.start();
    net.channel().say('auth_success', { userId: 7 });
    timers.advance(10_000);
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'timeout' });
  });

  test('refused with a wait: it waits that long; the caller may try sooner', () => {
    const { client, timers, net } = desk();
    client.start();
    net.channel().refuse({ code: 'too_many_connections', message: 'full', retryAfterMs: 8000 });
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'too_many_connections' });
    expect(timers.next).toBe(9000);
    client.retryNow();
    expect(net.connections).toHaveLength(2);
    expect(net.open).toBe(1);
  });

  test('needs a sign-in: nothing is tried until retryNow', async () => {
    const { client, timers, net, online } = desk();
    client.start();
    net.channel().refuse({ code: 'unauthenticated', message: 'Sign in first' });
    expect(state(client)).toEqual({
      kind: 'needs_auth',
      reason: 'unauthenticated',
      message: 'Sign in first',
    });
    expect(timers.pending).toBe(0);
    expect(net.open).toBe(0);
    client.retryNow();
    await online();
    expect(state(client).kind).toBe('online');
  });

  test('an old page is refused for good', () => {
    const { client, timers, net, wake } = desk();
    client.start();
    net.channel().refuse({ code: 'protocol_mismatch', message: 'Reload' });
    expect(state(client)).toEqual({ kind: 'refused', code: 'protocol_mismatch', message: 'Reload' });
    wake('back');
    expect(timers.pending).toBe(0);
  });
});

describe('losing the connection', () => {
  test('waits longer each time, and starts anew once a connection has held', async () => {
    const { client, timers, net, online } = desk();
    client.start();
    const waits: (number | null)[] = [];
    for (let i = 0; i < 4; i += 1) {
      net.channel().drop();
      waits.push(timers.next);
      timers.advance(timers.next ?? 0);
    }
    expect(waits).toEqual([375, 750, 1500, 3000]);
    (await online()).drop();
    expect(timers.next).toBe(6000);
    timers.advance(6000);
    const held = await online();
    timers.advance(10_000);
    held.drop();
    expect(timers.next).toBe(375);
  });

  test('the page or the network comes back: it tries at once', () => {
    const { client, net, wake } = desk();
    client.start();
    net.channel().drop();
    wake('doubtful');
    expect(net.connections).toHaveLength(1);
    wake('back');
    expect(net.connections).toHaveLength(2);
  });

  test('the page comes back with a dead connection: one question finds out', async () => {
    const { client, channel, timers, wake } = await deskAt(5);
    wake('back');
    channel.take('catch_up');
    timers.advance(5000);
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'silent' });
    expect(channel.closed).toBe(true);
  });

  test('[R1] or it lives, and the answer brings what got lost', async () => {
    const { client, clients, channel, timers, wake } = await deskAt(5);
    wake('back');
    answer(channel.take('catch_up'), delta(6, 7));
    expect(clients.view.get()).toEqual(viewAt(7));
    expect(state(client).kind).toBe('online');
    expect(timers.pending).toBe(0);
  });
});

describe('what the server says of the connection', () => {
  test('draining: it stays for a while, then moves', async () => {
    const { client, clients, channel, timers, net, online } = await deskAt(5);
    channel.say('draining', { reconnectInMs: 2000 });
    channel.say('events', run(6, 6));
    expect(clients.view.get()).toEqual(viewAt(6));
    timers.advance(1000);
    expect(channel.closed).toBe(true);
    expect(state(client)).toMatchObject({ kind: 'connecting', reason: 'draining' });
    expect(net.open).toBe(1);
    answer((await online()).take('subscribe'), delta(7, 7));
    expect(clients.view.get()).toEqual(viewAt(7));
  });

  test('[A2] revoked: one try at once, then a sign-in is needed', async () => {
    const { client, channel, timers, net } = await deskAt(5);
    channel.say('session_ended', { code: 'revoked' });
    expect(channel.closed).toBe(true);
    expect(state(client)).toMatchObject({ kind: 'connecting', reason: 'session_ended' });
    net.channel().refuse({ code: 'unauthenticated', message: 'no' });
    expect(state(client).kind).toBe('needs_auth');
    expect(client.session.get()).toBeNull();
    expect(timers.pending).toBe(0);
  });

  test('a changed role ends the session, and the next one is fine', async () => {
    const { client, channel, net } = await deskAt(5);
    channel.say('session_ended', { code: 'revoked' });
    net.channel().accept({ role: 'viewer' });
    await turn();
    answer(net.channel().take('subscribe'), delta(6, 5));
    expect(state(client).kind).toBe('online');
    expect(client.session.get()?.role).toBe('viewer');
  });

  test('too slow: it backs off', async () => {
    const { client, channel, timers } = await deskAt(5);
    channel.say('session_ended', { code: 'slow_consumer' });
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'slow_consumer' });
    expect(timers.next).toBe(375);
  });

  test('idle: until somebody comes back', async () => {
    const { client, channel, timers, net, wake } = await deskAt(5);
    channel.say('session_ended', { code: 'idle' });
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'idle', nextRetryAt: null });
    expect(timers.pending).toBe(0);
    wake('back');
    expect(net.connections).toHaveLength(2);
  });
});

describe('a second namespace', () => {
  test('is opened on the same connection when a topic of it is followed, and closed with the last', async () => {
    const { client, net, channel } = await deskAt(5);
    expect(net.connections[0]?.channels.size).toBe(1);
    const mine = client.topic('user', { id: 'ana' });
    const second = net.channel('/notifications');
    second.accept();
    await turn();
    const snapshot = { notifications: [], unreadCount: 3 };
    answer(second.take('subscribe'), { topic: 'user:ana', kind: 'reset', reason: 'new', head: 1, snapshot });
    expect(mine.view.get()).toEqual(snapshot);
    expect(net.connections).toHaveLength(1);
    expect(channel.requests).toEqual([]);
    mine.close();
    await turn();
    expect(second.closed).toBe(true);
    expect(channel.closed).toBe(false);
  });

  test('comes back with the connection, which is online when both are caught up', async () => {
    const { client, net, timers, channel, online } = await deskAt(5);
    client.topic('user', { id: 'ana' });
    channel.drop();
    timers.advance(10_000);
    answer((await online()).take('subscribe'), delta(6, 5));
    expect(state(client).kind).toBe('resuming');
    const second = net.channel('/notifications');
    second.accept();
    await turn();
    const snapshot = { notifications: [], unreadCount: 0 };
    answer(second.take('subscribe'), { topic: 'user:ana', kind: 'reset', reason: 'new', head: 0, snapshot });
    expect(state(client).kind).toBe('online');
  });

  test('that is closed by itself is opened again, the primary staying', async () => {
    const { client, net, timers, channel } = await deskAt(5);
    client.topic('user', { id: 'ana' });
    const first = net.channel('/notifications');
    first.accept();
    first.drop(true);
    expect(state(client).kind).toBe('online');
    timers.advance(375);
    expect(net.channel('/notifications')).not.toBe(first);
    net.channel('/notifications').refuse({ code: 'rate_limited', message: 'slow', retryAfterMs: 4000 });
    expect(timers.next).toBe(4500);
    expect(channel.closed).toBe(false);
  });

  test('that is refused shows on its topics, until the next connect', async () => {
    const { client, net, timers, channel, online } = await deskAt(5);
    const mine = client.topic('user', { id: 'ana' });
    net.channel('/notifications').refuse({ code: 'forbidden', message: 'no' });
    expect(mine.status.get()).toMatchObject({ kind: 'refused', error: { code: 'forbidden' } });
    expect(client.topic('user', { id: 'ben' }).status.get().kind).toBe('refused');
    expect(timers.pending).toBe(0);
    channel.drop();
    timers.advance(10_000);
    await online();
    expect(net.channel('/notifications').closed).toBe(false);
  });

  test('that hangs is tried again', async () => {
    const { client, net, timers } = await deskAt(5);
    client.topic('user', { id: 'ana' });
    const first = net.channel('/notifications');
    timers.advance(10_000);
    expect(first.closed).toBe(true);
    timers.advance(375);
    expect(net.channel('/notifications')).not.toBe(first);
  });
});

describe('signals', () => {
  const signal = {
    type: 'viewing',
    data: { orderId: '0196', users: [{ userId: 'ben', name: 'Ben' }] },
    at: '2026-01-01T00:00:00.000Z',
  };

  test('are handed out as they come, unknown ones not at all', async () => {
    const { client, channel, errors } = await deskAt(5);
    const seen: unknown[] = [];
    const leave = client.onSignal((given) => seen.push(given));
    channel.say('signal', signal);
    channel.say('signal', { ...signal, type: 'of_a_newer_server' });
    leave();
    channel.say('signal', signal);
    expect(seen).toEqual([signal]);
    expect(errors).toEqual([]);
  });

  test('are sent while connected, and dropped otherwise', async () => {
    const { client, channel, online, timers } = await deskAt(5);
    client.signal('viewing', { orderId: null });
    expect(channel.volatile).toEqual([
      { name: 'signal', payload: { type: 'viewing', data: { orderId: null } } },
    ]);
    channel.drop();
    client.signal('viewing', { orderId: null });
    timers.advance(10_000);
    expect((await online()).volatile).toEqual([]);
  });
});

describe('stopping', () => {
  test('leaves no timer and no connection, whatever was going on', async () => {
    const { client, net, channel, timers, wake } = await deskAt(5);
    client.topic('user', { id: 'ana' });
    client.topic('zones');
    await turn();
    channel.say('events', [created(9)]);
    channel.say('draining', { reconnectInMs: 1000 });
    client.run('create_zone', { code: 'A', name: 'A' }).catch(() => {});
    channel.take('create_zone').reply({ ok: false, error: { code: 'unavailable', message: '' } });
    client.run('create_zone', { code: 'B', name: 'B' }).catch(() => {});
    expect(timers.pending).toBeGreaterThan(5);
    client.stop();
    client.stop();
    await turn();
    expect(timers.pending).toBe(0);
    expect(net.open).toBe(0);
    wake('back');
    client.retryNow();
    expect(net.connections).toHaveLength(1);
    expect(state(client)).toMatchObject({ kind: 'offline', reason: 'stopped' });
    expect(client.session.get()).toBeNull();
  });

  test.each(['connecting', 'waiting', 'asking for credentials'])('while %s', async (moment) => {
    const { client, net, timers } = desk(
      moment === 'asking for credentials' ? { credentials: async () => ({}) } : {},
    );
    client.start();
    if (moment === 'waiting') net.channel().drop();
    client.stop();
    await turn();
    expect(timers.pending).toBe(0);
    expect(net.open).toBe(0);
    expect(net.channel().auth === null).toBe(moment === 'asking for credentials');
  });

  test('[R1] started again, it resumes', async () => {
    const { client, clients, online } = await deskAt(5);
    client.stop();
    expect(clients.view.get()).toEqual(viewAt(5));
    client.start();
    const request = (await online()).take('subscribe');
    expect(request.payload).toEqual({ topics: [{ topic: 'clients', cursor: { epoch: 'E1', seq: 5 } }] });
    answer(request, delta(6, 8));
    expect(clients.view.get()).toEqual(viewAt(8));
  });

  test('from a listener, in the middle of a change', async () => {
    const { client, clients, channel, timers, net } = await deskAt(5);
    clients.view.subscribe(() => client.stop());
    channel.say('events', [created(6), created(8)]);
    expect(clients.cursor?.seq).toBe(6);
    expect(timers.pending).toBe(0);
    expect(net.open).toBe(0);
  });
});
