import { describe, expect, test } from 'vitest';
import { COMMANDS_IN_FLIGHT } from './command-sender.ts';
import { CommandFailed } from './failure.ts';
import { answer, created, delta, desk, deskAt, range, refuse, turn, uuidOf, viewAt } from './testing/desk.ts';
import type { Request } from './testing/hand-net.ts';

const zone = { code: 'A1', name: 'Hall' };
const result = { zone: { ...zone, id: uuidOf(1), version: 1, createdAt: '', updatedAt: '' } };
const done = (request: Request, at: Record<string, number> = {}): void =>
  request.reply({ ok: true, data: result, at });
const idOf = ({ payload }: Request): string => {
  if (typeof payload !== 'object' || payload === null || !('commandId' in payload))
    throw new Error('No commandId');
  return String(payload.commandId);
};
/** The failure, as soon as there is one. */
const failure = async (promise: Promise<unknown>): Promise<CommandFailed> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof CommandFailed)) throw new Error('It has not failed');
  return error;
};

describe('a command', () => {
  test('is sent with an id of its own and resolves with its result', async () => {
    const { client, channel, timers } = await deskAt(5);
    const promise = client.run('create_zone', zone);
    const request = channel.take('create_zone');
    expect(request.payload).toEqual({ commandId: expect.stringMatching(/^[0-9a-f-]{36}$/), input: zone });
    done(request);
    expect(await promise).toEqual(result);
    expect(timers.pending).toBe(0);
  });

  test('that is refused rejects at once, with all that the server said', async () => {
    const { client, channel, timers } = await deskAt(5);
    const promise = client.run('create_zone', zone, { commandId: uuidOf(9) });
    const error = { code: 'conflict', message: 'A1 exists', details: { code: 'A1' } };
    channel.take('create_zone').reply({ ok: false, error });
    expect(await failure(promise)).toMatchObject({ ...error, commandId: uuidOf(9), outcome: 'refused' });
    expect(timers.pending).toBe(0);
  });

  test('its answer tells how far the topics should be', async () => {
    const { client, clients, channel, timers } = await deskAt(5);
    void client.run('create_zone', zone);
    done(channel.take('create_zone'), { clients: 6, orders: 3 });
    timers.advance(250);
    answer(channel.take('catch_up'), delta(6, 6));
    expect(clients.view.get()).toEqual(viewAt(6));
  });

  test('what the caller changes after issuing it is not sent', async () => {
    const { client, channel, timers } = await deskAt(5);
    const input = { ...zone };
    void client.run('create_zone', input);
    channel.take('create_zone');
    input.name = 'Cellar';
    timers.advance(20_000);
    expect(channel.take('create_zone').payload).toMatchObject({ input: zone });
  });
});

describe('under one id until it is answered', () => {
  test('[C1] over a connection that breaks', async () => {
    const { client, channel, timers, online } = await deskAt(5);
    const promise = client.run('create_zone', zone);
    const first = channel.take('create_zone');
    channel.drop();
    done(first);
    timers.advance(10_000);
    const second = (await online()).take('create_zone');
    expect(idOf(second)).toBe(idOf(first));
    done(second);
    expect(await promise).toEqual(result);
  });

  test('[C1] when the ack is lost', async () => {
    const { client, channel, timers } = await deskAt(5, { commandTimeoutMs: 4000 });
    const promise = client.run('create_zone', zone);
    const first = channel.take('create_zone');
    timers.advance(3999);
    expect(channel.requests).toEqual([]);
    timers.advance(1);
    done(first);
    timers.advance(375);
    const second = channel.take('create_zone');
    expect(idOf(second)).toBe(idOf(first));
    done(second);
    expect(await promise).toEqual(result);
    expect(timers.pending).toBe(0);
  });

  test.each([
    ['rate_limited', 4000, 4500],
    ['rate_limited', undefined, 375],
    ['unavailable', 800, 900],
    ['unavailable', undefined, 375],
  ])('[C1] when the server is not able just now (%s, %s ms)', async (code, retryAfterMs, waits) => {
    const { client, channel, timers } = await deskAt(5);
    const promise = client.run('create_zone', zone);
    const first = channel.take('create_zone');
    refuse(first, code, retryAfterMs);
    timers.advance(waits - 1);
    expect(channel.requests).toEqual([]);
    timers.advance(1);
    const second = channel.take('create_zone');
    expect(idOf(second)).toBe(idOf(first));
    done(second);
    expect(await promise).toEqual(result);
  });

  test('[C1] the refusal of a retry does not tell what became of the first try', async () => {
    const { client, channel, timers } = await deskAt(5);
    const unknown = client.run('create_zone', zone);
    channel.take('create_zone');
    timers.advance(10_375);
    refuse(channel.take('create_zone'), 'forbidden');
    expect(await failure(unknown)).toMatchObject({ code: 'forbidden', outcome: 'unknown' });

    const known = client.run('create_zone', zone);
    channel.take('create_zone');
    timers.advance(10_375);
    refuse(channel.take('create_zone'), 'conflict');
    expect(await failure(known)).toMatchObject({ code: 'conflict', outcome: 'refused' });
  });
});

describe('while there is no connection', () => {
  test('commands wait, and leave in the order they were issued', async () => {
    const { client, net, timers, online } = desk();
    const early = ['A', 'B', 'C'].map((code) => client.run('create_zone', { code, name: code }));
    client.start();
    const first = await online();
    const codes = () =>
      net.channel().requests.map(({ payload }) => (payload as { input: { code: string } }).input.code);
    expect(codes()).toEqual(['A', 'B', 'C']);
    done(first.take('create_zone'));
    first.drop();
    const late = client.run('create_zone', { code: 'D', name: 'D' });
    timers.advance(10_000);
    const second = await online();
    expect(codes()).toEqual(['B', 'C', 'D']);
    while (second.requests.length > 0) done(second.take('create_zone'));
    expect(await Promise.all([...early, late])).toEqual(Array(4).fill(result));
  });

  test('the server is not flooded with what has waited', async () => {
    const { client, online } = desk();
    const promises = range(1, COMMANDS_IN_FLIGHT + 20).map(() => client.run('create_zone', zone));
    client.start();
    const channel = await online();
    expect(channel.requests).toHaveLength(COMMANDS_IN_FLIGHT);
    done(channel.take('create_zone'));
    expect(channel.requests).toHaveLength(COMMANDS_IN_FLIGHT);
    while (channel.requests.length > 0) done(channel.take('create_zone'));
    expect(await Promise.all(promises)).toHaveLength(COMMANDS_IN_FLIGHT + 20);
  });

  test('a wait that the server asked for goes on over a reconnect', async () => {
    const { client, channel, timers, online } = await deskAt(5);
    void client.run('create_zone', zone);
    refuse(channel.take('create_zone'), 'rate_limited', 20_000);
    channel.drop();
    timers.advance(10_000);
    const second = await online();
    expect(second.requests.map(({ name }) => name)).toEqual(['subscribe']);
    timers.advance(12_500);
    second.take('create_zone');
  });

  test('an ack that comes too late is not counted', async () => {
    const { client, timers, online } = desk();
    for (const _ of range(1, COMMANDS_IN_FLIGHT)) void client.run('create_zone', zone);
    client.start();
    const channel = await online();
    const late = channel.requests.splice(0);
    timers.advance(10_000);
    for (const request of late) done(request);
    for (const _ of range(1, COMMANDS_IN_FLIGHT)) client.run('create_zone', zone).catch(() => {});
    timers.advance(375);
    expect(channel.requests).toHaveLength(COMMANDS_IN_FLIGHT);
  });

  test('they are not done in the name of somebody else who signs in', async () => {
    const { client, net, channel, timers } = await deskAt(5);
    channel.drop();
    const promise = client.run('create_zone', zone);
    timers.advance(10_000);
    net.channel().accept({ userId: 'ben' });
    expect(await failure(promise)).toMatchObject({ code: 'unauthenticated', outcome: 'not_sent' });
    expect(net.channel().requests.map(({ name }) => name)).toEqual(['subscribe']);
  });
});

describe('giving up', () => {
  test('after its time, knowing whether it had left', async () => {
    const { client, channel, timers } = await deskAt(5);
    const sent = client.run('create_zone', zone, { timeoutMs: 5000 });
    channel.take('create_zone');
    timers.advance(5000);
    expect(await failure(sent)).toMatchObject({ code: 'unavailable', outcome: 'unknown' });
    channel.drop();
    const waiting = client.run('create_zone', zone, { timeoutMs: 100 });
    timers.advance(100);
    expect(await failure(waiting)).toMatchObject({ code: 'unavailable', outcome: 'not_sent' });
  });

  test('with the last word of the server, if it had one', async () => {
    const { client, channel, timers } = await deskAt(5);
    const promise = client.run('create_zone', zone);
    refuse(channel.take('create_zone'), 'rate_limited', 90_000);
    timers.advance(60_000);
    expect(await failure(promise)).toMatchObject({
      code: 'rate_limited',
      retryAfterMs: 90_000,
      outcome: 'refused',
    });
    expect(timers.pending).toBe(0);
  });

  test('never, if that is asked for', async () => {
    const { client, timers, online } = desk();
    const promise = client.run('create_zone', zone, { timeoutMs: null });
    timers.advance(10 * 60_000);
    client.start();
    done((await online()).take('create_zone'));
    expect(await promise).toEqual(result);
  });

  test('when the caller aborts', async () => {
    const { client, channel, timers } = await deskAt(5);
    const abort = new AbortController();
    const sent = client.run('create_zone', zone, { signal: abort.signal });
    channel.take('create_zone');
    abort.abort(new Error('navigated away'));
    const error = await failure(sent);
    expect(error).toMatchObject({ code: 'unavailable', outcome: 'unknown', cause: abort.signal.reason });
    const never = await failure(client.run('create_zone', zone, { signal: abort.signal }));
    expect(never.outcome).toBe('not_sent');
    timers.advance(30_000);
    expect(channel.requests).toEqual([]);
    expect(timers.pending).toBe(0);
  });

  test('when the client is stopped', async () => {
    const { client, channel, timers } = await deskAt(5);
    const sent = client.run('create_zone', zone);
    channel.take('create_zone');
    channel.drop();
    const waiting = client.run('create_zone', zone);
    client.stop();
    expect(await failure(sent)).toMatchObject({ code: 'unavailable', outcome: 'unknown' });
    expect((await failure(sent)).message).toContain('unknown');
    expect(await failure(waiting)).toMatchObject({ code: 'unavailable', outcome: 'not_sent' });
    expect(await failure(client.run('create_zone', zone))).toMatchObject({ code: 'unavailable' });
    expect(timers.pending).toBe(0);
  });
});

describe('what cannot be sent', () => {
  test('[F2] more than a packet may hold, which would close the connection', async () => {
    const { client, channel, timers } = await deskAt(5);
    const counts = range(1, 1000).map((n) => ({ productId: uuidOf(n), counted: 1 }));
    const promise = client.run('count_zone', { zone: 'A1', counts: [...counts, ...counts] });
    expect(await failure(promise)).toMatchObject({ code: 'too_large', outcome: 'not_sent' });
    expect(channel.requests).toEqual([]);
    expect(timers.pending).toBe(0);
    void client.run('count_zone', { zone: 'A1', counts });
    expect(channel.requests).toHaveLength(1);
  });

  test('bytes count, not characters', async () => {
    const { client, net } = desk();
    client.start();
    net.channel().accept({ maxPacketBytes: 1000 });
    const promise = client.run('create_zone', { code: 'A1', name: '€'.repeat(300) });
    expect(await failure(promise)).toMatchObject({ code: 'too_large' });
  });

  test('what JSON does not know', async () => {
    const { client } = desk();
    const circular: { code: string; name: string; self?: unknown } = { ...zone };
    circular.self = circular;
    expect(await failure(client.run('create_zone', circular))).toMatchObject({
      code: 'invalid',
      outcome: 'not_sent',
    });
  });
});

test('an answer that cannot be read is an internal error', async () => {
  const { client, channel } = await deskAt(5);
  const promise = client.run('create_zone', zone);
  channel.take('create_zone').reply('yes');
  expect(await failure(promise)).toMatchObject({ code: 'internal', outcome: 'unknown' });
});

test('events of a command may come before its answer', async () => {
  const { client, channel, seen } = await deskAt(5);
  const promise = client.run('create_client', { name: 'Customer 6' });
  channel.say('events', [created(6)]);
  channel.take('create_client').reply({ ok: true, data: created(6).data, at: { clients: 6 } });
  expect((await promise).client.name).toBe('Customer 6');
  await turn();
  expect(seen).toEqual(['reset@5', 6]);
});
