import { expect, test } from 'vitest';
import { transportBytes } from '../src/realtime/engine.ts';
import { stockedDesk, testApp } from './app.ts';
import { rawSocket, refusalOf } from './socket.ts';

async function follower(desk: Awaited<ReturnType<typeof testApp>>, token: string) {
  const raw = await rawSocket(desk.url, { token });
  const ended: unknown[] = [];
  raw.socket.on('session_ended', (notice) => ended.push(notice));
  await raw.ask('subscribe', { topics: [{ topic: 'clients' }] });
  return { raw, ended };
}

test('[A2] signing out ends every connection of that session before the answer, and only those', async () => {
  await using desk = await testApp();
  const { token } = desk.users.operator;
  const leaving = await follower(desk, token);
  const staying = await follower(desk, desk.users.viewer.token);

  const out = await desk.http('operator', 'POST', '/api/auth/sign-out', {});
  expect(out.status).toBe(200);
  await desk.run('create_client', { name: 'After' });

  await expect.poll(() => staying.raw.events.length).toBe(1);
  expect(leaving.raw.events).toEqual([]);
  await expect.poll(() => leaving.ended).toEqual([{ code: 'revoked' }]);
  expect(leaving.raw.socket.connected).toBe(false);
  expect(await refusalOf(rawSocket(desk.url, { token }))).toMatchObject({ code: 'unauthenticated' });
  staying.raw.close();
});

test('[A2] a demoted user’s session ends at once; the next one has the new role', async () => {
  await using desk = await testApp();
  const demoted = await follower(desk, desk.users.operator.token);
  const set = await desk.http('admin', 'POST', '/api/auth/admin/set-role', {
    userId: desk.users.operator.id,
    role: 'viewer',
  });
  expect(set.status).toBe(200);
  await desk.run('create_client', { name: 'After' });
  await expect.poll(() => demoted.ended).toEqual([{ code: 'revoked' }]);
  expect(demoted.raw.events).toEqual([]);
  await using again = await rawSocket(desk.url, { token: desk.users.operator.token });
  expect(again.hello.role).toBe('viewer');
  expect(await again.command('create_client', { name: 'No' })).toMatchObject({
    error: { code: 'forbidden' },
  });
});

test('[A2] a session that was removed past the server is noticed by its sweep', async () => {
  await using desk = await testApp();
  const { raw, ended } = await follower(desk, desk.users.viewer.token);
  await desk.app.database.accounts.session.delete({ where: { id: desk.users.viewer.sessionId } });
  await expect.poll(() => ended, { timeout: 5000 }).toEqual([{ code: 'revoked' }]);
  expect(raw.socket.connected).toBe(false);
});

test('[A2] who comes back with a lesser role before the sweep does not keep the connection of the greater one', async () => {
  await using desk = await testApp();
  const { id, token } = desk.users.operator;
  const { raw, ended } = await follower(desk, token);
  await desk.app.database.accounts.user.update({ where: { id }, data: { role: 'viewer' } });
  await using again = await rawSocket(desk.url, { token });
  expect(again.hello.role).toBe('viewer');
  await expect.poll(() => ended, { timeout: 5000 }).toEqual([{ code: 'revoked' }]);
  expect(raw.socket.connected).toBe(false);
  expect(again.socket.connected).toBe(true);
});

test('[A2] a session that expires while connected ends with that reason', async () => {
  await using desk = await testApp();
  const { ended } = await follower(desk, desk.users.viewer.token);
  await desk.app.database.accounts.session.update({
    where: { id: desk.users.viewer.sessionId },
    data: { expiresAt: new Date(0) },
  });
  await expect.poll(() => ended, { timeout: 5000 }).toEqual([{ code: 'expired' }]);
});

test('an API key signs in by every door with its role, is stored as a hash, and ends at once when it is deleted', async () => {
  await using desk = await testApp();
  const made = await desk.http('admin', 'POST', '/api/keys', { name: 'Till', role: 'operator' });
  expect(made.status).toBe(201);
  const { key, id } = made.body;
  expect(key).toMatch(/^alm_/);
  const rows = await desk.app.database.accounts.apikey.findMany();
  expect(JSON.stringify(rows)).not.toContain(key);
  expect((await desk.http('admin', 'GET', '/api/keys')).body.items).toMatchObject([
    { id, name: 'Till', role: 'operator' },
  ]);

  for (const headers of [{ 'x-api-key': key }, { authorization: `Bearer ${key}` }]) {
    expect((await desk.http(null, 'POST', '/api/clients', { name: 'By key' }, headers)).status).toBe(201);
    expect((await desk.http(null, 'GET', '/api/keys', undefined, headers)).status).toBe(403);
  }
  const { raw, ended } = await follower(desk, key);
  expect(raw.hello).toMatchObject({ role: 'operator', userId: desk.users.admin.id });

  expect((await desk.http('admin', 'DELETE', `/api/keys/${id}`)).status).toBe(200);
  await expect.poll(() => ended).toEqual([{ code: 'revoked' }]);
  expect((await desk.http(null, 'GET', '/api/clients', undefined, { 'x-api-key': key })).status).toBe(401);
});

test('a key made by a demoted owner may do no more than its owner', async () => {
  await using desk = await testApp();
  const { key } = (await desk.http('admin', 'POST', '/api/keys', { name: 'Wide', role: 'admin' })).body;
  await desk.app.database.accounts.user.update({
    where: { id: desk.users.admin.id },
    data: { role: 'viewer' },
  });
  const denied = await desk.http(null, 'POST', '/api/clients', { name: 'x' }, { 'x-api-key': key });
  expect(denied.status).toBe(403);
});

test('a session cookie opens the socket, but not for a foreign page', async () => {
  await using desk = await testApp();
  const { accounts } = desk.app;
  await accounts.api.createUser({
    body: { email: 'c@test.test', name: 'C', password: 'long enough', role: 'viewer' },
  });
  const sign = (headers: Record<string, string>) =>
    desk.http(
      null,
      'POST',
      '/api/auth/sign-in/email',
      { email: 'c@test.test', password: 'long enough' },
      headers,
    );
  const signed = await sign({});
  expect(signed.status).toBe(200);
  expect(signed.body).toMatchObject({
    token: expect.any(String),
    user: { email: 'c@test.test', role: 'viewer' },
  });
  const cookie = signed.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  const host = new URL(desk.url).origin;

  await using own = await rawSocket(desk.url, {}, { extraHeaders: { cookie, origin: host } });
  expect(own.hello.role).toBe('viewer');
  await expect(
    rawSocket(desk.url, {}, { extraHeaders: { cookie, origin: 'https://evil.test' } }),
  ).rejects.toThrow();
  expect((await sign({ origin: 'https://evil.test', cookie })).status).toBe(403);
  const withCookie = await desk.http(null, 'GET', '/api/clients', undefined, { cookie });
  expect(withCookie.status).toBe(200);
  expect(withCookie.headers.get('access-control-allow-origin')).toBeNull();

  await using token = await rawSocket(desk.url, { token: signed.body.token });
  expect(token.hello.role).toBe('viewer');
});

test('nobody signs up; the first run makes one administrator, and only the first', async () => {
  await using desk = await testApp();
  const db = desk.app.database.accounts;
  const input = { name: 'Ada', email: 'ada@test.test', password: 'correct horse' };
  expect((await desk.http(null, 'GET', '/api/setup')).body).toEqual({ needed: false });
  expect((await desk.http(null, 'POST', '/api/setup', input)).status).toBe(409);
  expect((await desk.http(null, 'POST', '/api/auth/sign-up/email', input)).status).toBe(400);

  await db.user.deleteMany();
  expect((await desk.http(null, 'GET', '/api/setup')).body).toEqual({ needed: true });
  expect((await desk.http(null, 'POST', '/api/setup', { ...input, password: 'short' })).status).toBe(400);
  const all = await Promise.all([1, 2, 3, 4, 5, 6].map(() => desk.http(null, 'POST', '/api/setup', input)));
  expect(all.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  expect(await db.user.count()).toBe(1);
  const signed = await desk.http(null, 'POST', '/api/auth/sign-in/email', input);
  expect(signed.body.user.role).toBe('admin');
});

test('tries to sign in are limited by address', async () => {
  await using desk = await testApp({ config: { RATE_SIGN_IN: 3 } });
  const sign = () =>
    desk.http(null, 'POST', '/api/auth/sign-in/email', { email: 'x@test.test', password: 'wrong wrong' });
  for (let i = 0; i < 3; i += 1) expect((await sign()).status).toBe(401);
  const fourth = await sign();
  expect(fourth).toMatchObject({
    status: 429,
    body: { code: 'rate_limited', retryAfterMs: expect.any(Number) },
  });
});

test('signals tell who comes and goes, once a user however many tabs, and never come back to their sender', async () => {
  await using desk = await testApp();
  await stockedDesk(desk, { products: 0 });
  await using watcher = await rawSocket(desk.url, { token: desk.users.admin.token });
  const seen: string[] = [];
  watcher.socket.on('signal', ({ type, data }) => seen.push(`${type} ${data.userId}`));
  const { id, token } = desk.users.viewer;
  const one = await rawSocket(desk.url, { token });
  const two = await rawSocket(desk.url, { token });
  await expect.poll(() => seen).toEqual([`user_connected ${id}`]);
  expect((await desk.http('viewer', 'GET', '/api/stats')).body).toMatchObject({ connections: 3, users: 2 });
  await one.ask('subscribe', { topics: [{ topic: 'orders' }] });
  expect((await desk.http('viewer', 'GET', '/api/stats')).body.rooms).toEqual({ orders: 1 });
  one.close();
  two.close();
  await expect.poll(() => seen.at(-1)).toBe(`user_disconnected ${id}`);
  expect(seen).toHaveLength(2);
});

test('[A2] what is queued for a revoked session is dropped with it', async () => {
  await using desk = await testApp();
  const { raw } = await follower(desk, desk.users.operator.token);
  const [connection] = [...desk.app.realtime.connections()];
  let received = 0;
  raw.socket.on('events', (events: unknown[]) => {
    received += events.length;
  });
  // The reader stops reading for a while: what is sent piles up in the server.
  const tcp = Object(raw.socket.io.engine.transport).ws._socket;
  tcp.pause();
  const notes = 'x'.repeat(4000);
  for (let sent = 0; sent < 8000 && transportBytes(Object(connection)) === 0; sent += 20) {
    await Promise.all(Array.from({ length: 20 }, () => desk.run('create_client', { name: 'C', notes })));
  }
  expect(transportBytes(Object(connection))).toBeGreaterThan(0);
  const total = (await desk.http('viewer', 'GET', '/api/clients')).body.total;
  expect((await desk.http('operator', 'POST', '/api/auth/sign-out', {})).status).toBe(200);
  const gone = new Promise((resolve) => raw.socket.once('disconnect', resolve));
  tcp.resume();
  await gone;
  expect(received).toBeLessThan(total);
}, 120_000);

test('users write only short, plain names about themselves, and never their role', async () => {
  await using desk = await testApp();
  const update = (body: object) => desk.http('viewer', 'POST', '/api/auth/update-user', body);
  expect((await update({ name: 'x'.repeat(5000) })).status).toBe(400);
  expect((await update({ image: 'x'.repeat(5000) })).status).toBe(400);
  await update({ role: 'admin' });
  expect((await update({ name: 'Nora' })).status).toBe(200);
  const user = await desk.app.database.accounts.user.findUniqueOrThrow({
    where: { id: desk.users.viewer.id },
  });
  expect(user).toMatchObject({ name: 'Nora', role: 'viewer', image: null });
  const both = { userId: desk.users.viewer.id, role: ['viewer', 'admin'] };
  expect((await desk.http('admin', 'POST', '/api/auth/admin/set-role', both)).status).toBe(400);
  for (const path of [
    'list-users',
    'create-user',
    'set-role',
    'impersonate-user',
    'ban-user',
    'remove-user',
  ]) {
    const method = path === 'list-users' ? 'GET' : 'POST';
    const body =
      method === 'GET'
        ? undefined
        : {
            userId: desk.users.admin.id,
            role: 'viewer',
            email: 'n@test.test',
            password: 'long enough',
            name: 'N',
          };
    expect((await desk.http('operator', method, `/api/auth/admin/${path}`, body)).status, path).toBe(403);
  }
});

test('nothing large reaches sign-in', async () => {
  await using desk = await testApp();
  const big = { email: 'x@test.test', password: 'x'.repeat(1_000_000) };
  const answer = await desk.http(null, 'POST', '/api/auth/sign-in/email', big);
  expect(answer).toMatchObject({ status: 413, body: { code: 'too_large' } });
});

test('a cookie that cannot be read is no cookie', async () => {
  await using desk = await testApp();
  const cookie = 'almenara.session_token=%zz';
  expect((await desk.http(null, 'GET', '/api/orders', undefined, { cookie })).status).toBe(401);
  const refusal = await refusalOf(rawSocket(desk.url, {}, { extraHeaders: { cookie } }));
  expect(refusal).toMatchObject({ code: 'unauthenticated' });
});
