import { get } from 'node:http';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { testApp } from './app.ts';
import { strangers } from './attackers.ts';
import { rawSocket, refusalOf } from './socket.ts';

/** Opens a connection that has said nothing yet. */
async function silent(url: string, headers: Record<string, string> = {}): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, {
    headers,
  });
  await new Promise((resolve, reject) => {
    socket.once('message', resolve);
    socket.once('error', reject);
  });
  return socket;
}

const greeting = (token: string, namespace = '/desk') =>
  `40${namespace},${JSON.stringify({ token, clientId: 'x', protocol: 1 })}`;

test('[F3] strangers take no place of members, who come in through a crowd from the same address', async () => {
  await using desk = await testApp({ config: { MAX_CONNECTIONS: 4, MAX_STRANGERS: 40 } });
  const crowd = strangers(desk.url, 100);
  await crowd.opened;
  const members = await Promise.all(
    (['viewer', 'operator', 'admin', 'viewer'] as const).map((role) =>
      rawSocket(desk.url, { token: desk.users[role].token }),
    ),
  );
  const more = strangers(desk.url, 100);
  await more.opened;
  for (const member of members) {
    expect(await member.ask('subscribe', { topics: [{ topic: 'orders' }] })).toMatchObject({ ok: true });
  }
  // Nor are they counted as connected.
  expect((await desk.http('viewer', 'GET', '/api/stats')).body.connections).toBe(4);
  expect(await refusalOf(rawSocket(desk.url, { token: desk.users.viewer.token }))).toMatchObject({
    code: 'too_many_connections',
    retryAfterMs: expect.any(Number),
  });
  crowd.end();
  more.end();
  for (const member of members) member.close();
});

test('[F3] a crowd with false names, or at a door that is none, keeps no member out', async () => {
  await using desk = await testApp({ config: { MAX_STRANGERS: 20 } });
  const crowd = await Promise.all(
    Array.from({ length: 20 }, async (_, i) => {
      const socket = await silent(desk.url);
      const answered = new Promise((resolve) => {
        socket.once('message', resolve);
        // Cut, to make room for those after it.
        socket.once('close', resolve);
      });
      socket.send(greeting('made up', i % 2 === 0 ? '/desk' : '/no-such-door'));
      await answered;
      return socket;
    }),
  );
  await using member = await rawSocket(desk.url, { token: desk.users.viewer.token });
  expect(await member.ask('subscribe', { topics: [{ topic: 'orders' }] })).toMatchObject({ ok: true });
  for (const socket of crowd) socket.terminate();
});

test('[F3] whoever says nothing is disconnected within seconds', async () => {
  await using desk = await testApp();
  const socket = await silent(desk.url);
  await new Promise((resolve) => socket.once('close', resolve));
  expect((await desk.http('viewer', 'GET', '/api/stats')).body.connections).toBe(0);
});

test('[F3] handshakes that come to nothing are limited by address; members from there and strangers from elsewhere are not', async () => {
  await using desk = await testApp({ config: { RATE_HANDSHAKES: 5, TRUST_PROXY: 1 } });
  const from = (address: string) => ({ extraHeaders: { 'x-forwarded-for': address } });
  const refusal = async (address: string) =>
    (await refusalOf(rawSocket(desk.url, { token: 'made up' }, from(address)))).code;
  // One house of an IPv6 network has as many addresses as it likes.
  const codes: string[] = [];
  for (let i = 0; i < 8; i += 1) codes.push(await refusal(`2001:db8:0:1::${i}`));
  expect(codes).toEqual([...Array(5).fill('unauthenticated'), ...Array(3).fill('rate_limited')]);
  expect(await refusalOf(rawSocket(desk.url, {}, from('2001:db8:0:1::ffff')))).toMatchObject({
    code: 'rate_limited',
    retryAfterMs: expect.any(Number),
  });
  expect(await refusal('2001:db8:0:2::1')).toBe('unauthenticated');
  expect(await refusal('192.0.2.1')).toBe('unauthenticated');
  await using _member = await rawSocket(
    desk.url,
    { token: desk.users.viewer.token },
    from('2001:db8:0:1::5'),
  );

  // Ten times as many are not even answered, but for those who show who they are at once.
  const again = strangers(desk.url, 60);
  await again.opened;
  again.end();
  await expect(silent(desk.url)).rejects.toThrow();
  const { token } = desk.users.operator;
  const known = await silent(desk.url, { authorization: `Bearer ${token}` });
  known.terminate();
});

test('[F3] of members who come in one burst no more are let in than one after the other', async () => {
  await using desk = await testApp({ config: { MAX_CONNECTIONS_PER_USER: 3 } });
  const { token } = desk.users.viewer;
  const tries = await Promise.allSettled(Array.from({ length: 12 }, () => rawSocket(desk.url, { token })));
  const members = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  expect(members).toHaveLength(3);
  for (const member of members) member.close();
});

test('[F3] a burst of CONNECT packets on one connection gives one socket of a namespace', async () => {
  await using desk = await testApp();
  const { token } = desk.users.viewer;
  const socket = await silent(desk.url);
  const told: string[] = [];
  socket.on('message', (data) => told.push(String(data)));
  for (let i = 0; i < 10; i += 1) {
    socket.send(greeting(token));
    socket.send(greeting(token, '/notifications'));
  }
  const closed = new Promise((resolve) => socket.once('close', resolve));
  await closed;
  const greeted = (namespace: string) =>
    told.filter((text) => text.startsWith(`42${namespace},["auth_success"`)).length;
  expect(greeted('/desk')).toBeLessThanOrEqual(1);
  expect(greeted('/notifications')).toBeLessThanOrEqual(1);
  await expect.poll(async () => (await desk.http('viewer', 'GET', '/api/stats')).body.users).toBe(0);

  // As clients do that connect a namespace twice by mistake: the one answer is for both.
  const twice = await silent(desk.url);
  const heard: string[] = [];
  twice.on('message', (data) => heard.push(String(data)));
  twice.send(greeting(token));
  twice.send(greeting(token));
  await expect.poll(() => heard.filter((text) => text.includes('auth_success'))).toHaveLength(1);
  twice.send('42/desk,1["subscribe",{"topics":[{"topic":"zones"}]}]');
  await expect.poll(() => heard.filter((text) => text.startsWith('43/desk,1'))).toHaveLength(1);
  expect(desk.app.realtime.stats().connections).toBe(1);
  twice.terminate();
});

test('[F3] namespaces that do not exist, asked for without end, end the connection; another user does not share it', async () => {
  await using desk = await testApp();
  const socket = await silent(desk.url);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (let i = 0; i < 200; i += 1) socket.send(`40/nothing-${i},`);
  await closed;

  const shared = await silent(desk.url);
  const told: string[] = [];
  shared.on('message', (data) => told.push(String(data)));
  shared.send(greeting(desk.users.viewer.token));
  await expect.poll(() => told.some((text) => text.includes('auth_success'))).toBe(true);
  shared.send(greeting(desk.users.admin.token, '/notifications'));
  await expect.poll(() => told.some((text) => text.startsWith('44/notifications'))).toBe(true);
  expect(told.find((text) => text.startsWith('44/notifications'))).toContain('"code":"forbidden"');
  shared.terminate();
});

test('[F3] a stranger’s packet is small; a member’s may be as large as the server takes', async () => {
  await using desk = await testApp();
  const socket = await silent(desk.url);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  socket.send(`40/desk,${JSON.stringify({ token: 'x'.repeat(100_000) })}`);
  expect(await closed).toBe(1009);
  for (const transports of [['websocket'], ['polling'], ['polling', 'websocket']]) {
    await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token }, { transports });
    expect(await raw.ask('signal', { type: 'x', data: 'x'.repeat(500_000) })).toMatchObject({
      error: { code: 'invalid' },
    });
  }
});

test('[F3] half a handshake over polling is answered or not, and harms nobody', async () => {
  await using desk = await testApp({ config: { MAX_STRANGERS: 10 } });
  const polls = Array.from({ length: 50 }, () =>
    get(
      `${desk.url}/socket.io/?EIO=4&transport=polling`,
      { agent: false },
      (response) => void response.resume(),
    ),
  );
  for (const poll of polls) poll.on('error', () => {});
  await using member = await rawSocket(
    desk.url,
    { token: desk.users.viewer.token },
    { transports: ['polling'] },
  );
  expect(await member.ask('subscribe', { topics: [{ topic: 'zones' }] })).toMatchObject({ ok: true });
  for (const poll of polls) poll.destroy();
});
