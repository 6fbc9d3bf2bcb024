import { type Role, routes } from '@almenara/events';
import { expect, test } from 'vitest';
import { type TestApp, testApp } from './app.ts';
import { rawSocket, refusalOf } from './socket.ts';

const PASSWORD = 'a long password';

const invite = (desk: TestApp, email = 'new@test.test', role: Role = 'operator') =>
  desk.http('admin', 'POST', '/api/invitations', { email, name: 'New One', role });

const signIn = (desk: TestApp, email: string, password = PASSWORD, headers = {}) =>
  desk.http(null, 'POST', '/api/auth/sign-in/email', { email, password }, headers);

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const happened = async (desk: TestApp, query = '') =>
  (await desk.http('admin', 'GET', `/api/sign-ins${query}`)).body.items as Record<string, unknown>[];

test('[A1] a cookie does nothing for a foreign page, whatever it asks of accounts', async () => {
  await using desk = await testApp();
  const { token } = (await invite(desk, 'boss@test.test', 'admin')).body;
  await desk.http(null, 'POST', '/api/invite/accept', { token, password: PASSWORD });
  const signed = await signIn(desk, 'boss@test.test');
  const cookie = signed.headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');
  expect((await desk.http(null, 'GET', '/api/people', undefined, { cookie })).status).toBe(200);
  for (const { method, path } of Object.values(routes)) {
    if (method === 'GET') continue;
    const there = path.replaceAll(/\{\w+\}/g, 'nothing');
    const { status } = await desk.http(null, method, there, {}, { cookie, origin: 'https://evil.test' });
    expect([401, 403], `${method} ${path}`).toContain(status);
  }
});

test('an invitation is a link that makes one account, once, and is kept only as a hash', async () => {
  await using desk = await testApp();
  const made = await invite(desk, 'New@Test.test');
  expect(made.status).toBe(201);
  const { token, invitation } = made.body;
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(invitation).toMatchObject({ email: 'new@test.test', role: 'operator', invitedBy: 'The admin' });
  const stored = JSON.stringify(await desk.app.database.accounts.invitation.findMany());
  expect(stored).not.toContain(token);
  expect(await invite(desk)).toMatchObject({ status: 409, body: { details: { reason: 'invited' } } });
  expect(await invite(desk, 'viewer@test.test')).toMatchObject({
    status: 409,
    body: { details: { reason: 'account' } },
  });

  const look = await desk.http(null, 'POST', '/api/invite', { token });
  expect(look.body).toEqual({
    invite: { email: 'new@test.test', name: 'New One', role: 'operator', company: null },
  });
  const short = await desk.http(null, 'POST', '/api/invite/accept', { token, password: 'short' });
  expect(short.body).toMatchObject({ code: 'invalid', details: { fields: [{ path: 'password' }] } });
  const accept = () => desk.http(null, 'POST', '/api/invite/accept', { token, password: PASSWORD });
  const all = await Promise.all([accept(), accept(), accept()]);
  expect(all.map(({ status }) => status).sort()).toEqual([201, 404, 404]);

  expect((await signIn(desk, 'new@test.test')).body).toMatchObject({
    token: expect.any(String),
    user: { email: 'new@test.test', role: 'operator' },
  });
  expect((await desk.http('admin', 'GET', '/api/invitations')).body.items).toEqual([]);
});

test('links that are unknown, expired, renewed, withdrawn or used get one and the same answer', async () => {
  await using desk = await testApp();
  const db = desk.app.database.accounts;
  const first = (await invite(desk)).body;
  const renewed = (await desk.http('admin', 'POST', `/api/invitations/${first.invitation.id}/link`, {})).body;
  const withdrawn = (await invite(desk, 'gone@test.test')).body;
  await desk.http('admin', 'DELETE', `/api/invitations/${withdrawn.invitation.id}`);
  const expired = (await invite(desk, 'late@test.test')).body;
  await db.invitation.update({ where: { id: expired.invitation.id }, data: { expiresAt: new Date(0) } });
  const used = (await invite(desk, 'used@test.test')).body;
  await desk.http(null, 'POST', '/api/invite/accept', { token: used.token, password: PASSWORD });

  const answers = [];
  for (const { token } of [first, withdrawn, expired, used, { token: 'made-up' }]) {
    answers.push((await desk.http(null, 'POST', '/api/invite', { token })).body);
    answers.push((await desk.http(null, 'POST', '/api/invite/accept', { token, password: PASSWORD })).body);
  }
  expect(answers[0]).toMatchObject({ code: 'not_found', status: 404 });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect((await desk.http(null, 'POST', '/api/invite', { token: renewed.token })).status).toBe(200);
  expect((await invite(desk, 'late@test.test')).status).toBe(201);
});

test('guesses at links and passwords are limited as sign-ins are', async () => {
  await using desk = await testApp({ config: { RATE_SIGN_IN: 3 } });
  const guess = () => desk.http(null, 'POST', '/api/invite', { token: 'guess' });
  for (let i = 0; i < 3; i += 1) expect((await guess()).status).toBe(404);
  expect(await guess()).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  const change = () => desk.http('viewer', 'POST', '/api/me/password', { current: 'guess', next: PASSWORD });
  for (let i = 0; i < 3; i += 1) expect((await change()).status).toBe(409);
  expect((await change()).status).toBe(429);
});

test('[A2] who is deactivated is put out of every door at once, keys too, and may come back', async () => {
  await using desk = await testApp();
  const { token } = (await invite(desk, 'boss@test.test', 'admin')).body;
  await desk.http(null, 'POST', '/api/invite/accept', { token, password: PASSWORD });
  const signed = (await signIn(desk, 'boss@test.test')).body;
  const own = bearer(signed.token);
  const { key } = (await desk.http(null, 'POST', '/api/keys', { name: 'Till', role: 'operator' }, own)).body;
  const socket = await rawSocket(desk.url, { token: signed.token });
  const till = await rawSocket(desk.url, { token: key });
  const ended: unknown[] = [];
  for (const raw of [socket, till]) raw.socket.on('session_ended', (notice) => ended.push(notice));

  const change = (body: object) => desk.http('admin', 'PATCH', `/api/people/${signed.user.id}`, body);
  expect((await change({ active: false })).body.person).toMatchObject({ active: false, keys: 1 });
  await expect.poll(() => ended).toEqual([{ code: 'revoked' }, { code: 'revoked' }]);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, own)).status).toBe(401);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, { 'x-api-key': key })).status).toBe(401);
  expect(await refusalOf(rawSocket(desk.url, { token: key }))).toMatchObject({ code: 'unauthenticated' });
  expect(await signIn(desk, 'boss@test.test')).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  // Who does not know the password is not told.
  expect((await signIn(desk, 'boss@test.test', 'wrong password')).status).toBe(401);
  const users = (await desk.http('viewer', 'GET', '/api/users')).body.items;
  expect(users.find(({ id }: { id: string }) => id === signed.user.id)).toMatchObject({ active: false });

  await change({ active: true });
  expect((await signIn(desk, 'boss@test.test')).status).toBe(200);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, { 'x-api-key': key })).status).toBe(200);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, own)).status).toBe(401);
});

test('there is always an administrator left: nobody changes themselves, and of two who turn on each other one stays', async () => {
  await using desk = await testApp();
  const db = desk.app.database.accounts;
  const { admin, operator } = desk.users;
  for (const body of [{ role: 'viewer' }, { active: false }]) {
    expect(await desk.http('admin', 'PATCH', `/api/people/${admin.id}`, body)).toMatchObject({
      status: 409,
      body: { details: { reason: 'self' } },
    });
  }
  const set = { userId: admin.id, role: 'viewer' };
  expect((await desk.http('admin', 'POST', '/api/auth/admin/set-role', set)).status).toBe(409);

  await desk.http('admin', 'PATCH', `/api/people/${operator.id}`, { role: 'admin' });
  const both = await Promise.all([
    desk.http('admin', 'PATCH', `/api/people/${operator.id}`, { role: 'viewer' }),
    desk.http('operator', 'PATCH', `/api/people/${admin.id}`, { active: false }),
  ]);
  expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  expect(await db.user.count({ where: { role: 'admin', banned: { not: true } } })).toBe(1);
});

test('nobody is given an order once they are deactivated', async () => {
  await using desk = await testApp();
  const { client } = await desk.run('create_client', { name: 'C' });
  const { product } = await desk.run('create_product', {
    sku: 'FEE',
    name: 'Fee',
    unitPrice: { amount: 5, currency: 'EUR' },
    stocked: false,
  });
  const { order } = await desk.run('place_order', {
    clientId: client.id,
    lines: [{ productId: product.id, quantity: 1 }],
  });
  const { id } = desk.users.operator;
  await desk.http('admin', 'PATCH', `/api/people/${id}`, { active: false });
  const assign = { orderId: order.id, userId: id };
  await expect(desk.run('assign_order', assign)).rejects.toThrow('The operator is deactivated');
});

test('one’s own devices are listed with the current one marked, and ended one by one or all but this', async () => {
  await using desk = await testApp();
  const { token } = (await invite(desk)).body;
  await desk.http(null, 'POST', '/api/invite/accept', { token, password: PASSWORD });
  const on = async (agent: string) =>
    bearer(
      (await signIn(desk, 'new@test.test', PASSWORD, { 'user-agent': agent, 'x-forwarded-for': '6.6.6.6' }))
        .body.token,
    );
  const [laptop, phone, tablet] = [await on('Laptop'), await on('Phone'), await on('Tablet')];
  const list = async () => (await desk.http(null, 'GET', '/api/me/sessions', undefined, laptop)).body.items;
  const devices = await list();
  expect(devices.map(({ agent }: { agent: string }) => agent).sort()).toEqual(['Laptop', 'Phone', 'Tablet']);
  expect(devices.filter(({ current }: { current: boolean }) => current)).toMatchObject([
    // Nobody's word about where they come from is taken, as no proxy is configured.
    { agent: 'Laptop', address: '127.0.0.1' },
  ]);
  expect(JSON.stringify(devices)).not.toContain(laptop.authorization.slice(7));
  const idOf = (agent: string) => devices.find((device: { agent: string }) => device.agent === agent).id;

  expect((await desk.http('viewer', 'DELETE', `/api/me/sessions/${idOf('Phone')}`)).status).toBe(404);
  expect(
    (await desk.http(null, 'DELETE', `/api/me/sessions/${idOf('Phone')}`, undefined, laptop)).status,
  ).toBe(200);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, phone)).status).toBe(401);
  const tabletSocket = await rawSocket(desk.url, { token: tablet.authorization.slice(7) });
  const ended: unknown[] = [];
  tabletSocket.socket.on('session_ended', (notice) => ended.push(notice));
  const others = await desk.http(null, 'DELETE', '/api/me/sessions', undefined, laptop);
  expect(others.body).toEqual({ ended: 1 });
  await expect.poll(() => ended).toEqual([{ code: 'revoked' }]);
  expect((await list()).length).toBe(1);
  const { key } = (await desk.http('admin', 'POST', '/api/keys', { name: 'K', role: 'admin' })).body;
  expect((await desk.http(null, 'GET', '/api/me/sessions', undefined, { 'x-api-key': key })).status).toBe(
    403,
  );
});

test('a password is changed by who knows the old one; other sessions end where that is asked for', async () => {
  await using desk = await testApp();
  const { token } = (await invite(desk)).body;
  await desk.http(null, 'POST', '/api/invite/accept', { token, password: PASSWORD });
  const here = bearer((await signIn(desk, 'new@test.test')).body.token);
  const there = bearer((await signIn(desk, 'new@test.test')).body.token);
  const change = (body: object) => desk.http(null, 'POST', '/api/me/password', body, here);
  expect(await change({ current: 'not this one', next: 'another password' })).toMatchObject({
    status: 400,
    body: { details: { fields: [{ path: 'current' }] } },
  });
  expect((await change({ current: PASSWORD, next: 'short' })).status).toBe(400);
  expect((await change({ current: PASSWORD, next: 'another password' })).status).toBe(200);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, there)).status).toBe(200);
  const again = { current: 'another password', next: 'a third password', signOutOthers: true };
  expect((await change(again)).status).toBe(200);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, there)).status).toBe(401);
  expect((await desk.http(null, 'GET', '/api/orders', undefined, here)).status).toBe(200);
  expect((await signIn(desk, 'new@test.test')).status).toBe(401);
  expect((await signIn(desk, 'new@test.test', 'a third password')).status).toBe(200);
});

test('administrators see every sign-in and every change of an account, without a secret in it', async () => {
  await using desk = await testApp();
  const made = (await invite(desk)).body;
  await desk.http(null, 'POST', '/api/invite/accept', { token: made.token, password: PASSWORD });
  const signed = (await signIn(desk, 'new@test.test', PASSWORD, { 'user-agent': 'Till 3' })).body;
  await signIn(desk, 'new@test.test', 'wrong password');
  await signIn(desk, 'nobody@test.test');
  await signIn(desk, 'no\u0000address');
  const key = (await desk.http('admin', 'POST', '/api/keys', { name: 'Till', role: 'viewer' })).body;
  expect(key.lastUsedAt).toBeNull();
  expect((await desk.http(null, 'GET', '/api/orders', undefined, { 'x-api-key': key.key })).status).toBe(200);
  const [listed] = (await desk.http('admin', 'GET', '/api/keys')).body.items;
  expect(Date.now() - Date.parse(listed.lastUsedAt)).toBeLessThan(60_000);
  await desk.http('admin', 'DELETE', `/api/keys/${key.id}`);
  await desk.http('admin', 'PATCH', `/api/people/${signed.user.id}`, { role: 'viewer', active: false });
  await signIn(desk, 'new@test.test');

  const events = await happened(desk);
  expect(events.map(({ kind, reason, by, detail }) => [kind, reason ?? by ?? detail])).toEqual([
    ['sign_in_refused', 'deactivated'],
    ['deactivated', 'The admin'],
    ['role_changed', 'The admin'],
    ['key_revoked', 'Till'],
    ['key_made', 'Till'],
    ['sign_in_refused', 'invalid'],
    ['sign_in_refused', 'unknown_email'],
    ['sign_in_refused', 'wrong_password'],
    ['signed_in', null],
    ['invitation_accepted', 'operator'],
    ['invited', 'The admin'],
  ]);
  expect(events.find(({ kind }) => kind === 'signed_in')).toMatchObject({
    name: 'New One',
    email: 'new@test.test',
    address: '127.0.0.1',
    agent: 'Till 3',
  });
  const all = JSON.stringify(await desk.app.database.accounts.accountEvent.findMany());
  for (const secret of [PASSWORD, 'wrong password', made.token, signed.token, key.key])
    expect(all).not.toContain(secret);

  const pages: unknown[] = [];
  for (let cursor = ''; ; ) {
    const page = await desk.http('admin', 'GET', `/api/sign-ins?limit=4${cursor && `&cursor=${cursor}`}`);
    pages.push(...page.body.items);
    if (page.body.nextCursor === null) break;
    cursor = page.body.nextCursor;
  }
  expect(pages).toEqual(events);
  expect(await happened(desk, '?only=refused')).toHaveLength(4);
  expect((await desk.http('admin', 'GET', '/api/sign-ins?cursor=x')).status).toBe(400);
});

test('what happened to accounts is kept for a year', async () => {
  const years = { now: new Date() };
  const clock = { now: () => years.now, after: () => () => {} };
  await using desk = await testApp();
  await signIn(desk, 'nobody@test.test');
  years.now = new Date(Date.now() + 366 * 86_400_000);
  await using later = await testApp({ databaseUrl: desk.databaseUrl, clock });
  await expect.poll(() => later.app.database.accounts.accountEvent.count()).toBe(0);
});

test('what better-auth turns down comes as a problem document of ours, and its unused doors are closed', async () => {
  await using desk = await testApp();
  const wrong = await signIn(desk, 'nobody@test.test');
  expect(wrong.headers.get('content-type')).toContain('application/problem+json');
  expect(wrong).toMatchObject({ status: 401, body: { code: 'unauthenticated', detail: expect.any(String) } });
  expect(await signIn(desk, 'no address')).toMatchObject({ status: 400, body: { code: 'invalid' } });
  const form = await desk.http(null, 'POST', '/api/auth/sign-in/email', 'email=a@b.test&password=x', {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(form).toMatchObject({ status: 400, body: { code: 'invalid' } });
  for (const path of [
    'list-sessions',
    'change-password',
    'delete-user',
    'api-key/create',
    'sign-in/social',
  ]) {
    for (const method of ['GET', 'POST']) {
      const answer = await desk.http(
        'admin',
        method,
        `/api/auth/${path}`,
        method === 'POST' ? {} : undefined,
      );
      expect(answer, `${method} ${path}`).toMatchObject({ status: 404, body: { code: 'not_found' } });
    }
  }
  const session = await desk.http(null, 'GET', '/api/auth/get-session');
  expect(session).toMatchObject({ status: 200, body: null });
});

test('the first run is found again until it is finished; sample goods are for an empty desk, without accounts', async () => {
  await using desk = await testApp();
  const db = desk.app.database.accounts;
  await db.user.deleteMany();
  await desk.http(null, 'POST', '/api/setup', { name: 'Ada', email: 'Ada@test.test', password: PASSWORD });
  const own = bearer((await signIn(desk, 'ada@test.test')).body.token);
  const ask = (method: string, path: string, body?: object) => desk.http(null, method, path, body, own);
  const progress = async () => (await ask('GET', '/api/setup/progress')).body;
  expect(await progress()).toEqual({ pending: true, company: false, zones: 0, empty: true });
  expect((await desk.http(null, 'GET', '/api/about')).body).toMatchObject({ demo: false, setup: true });

  await ask('PATCH', '/api/company', { name: 'Ada & Co', currency: 'GBP' });
  await ask('POST', '/api/zones', { code: 'A1', name: 'Shelf' });
  expect(await progress()).toEqual({ pending: true, company: true, zones: 1, empty: true });
  const twice = await Promise.all([
    ask('POST', '/api/setup/sample', {}),
    ask('POST', '/api/setup/sample', {}),
  ]);
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  expect(await db.product.count()).toBe(17);
  expect(await db.product.count({ where: { currency: 'GBP' } })).toBe(17);
  expect(await db.user.count()).toBe(1);
  expect((await db.zone.findUnique({ where: { code: 'A1' } }))?.name).toBe('Shelf');
  await ask('POST', '/api/setup/finish', {});
  expect(await progress()).toMatchObject({ pending: false, empty: false });

  const other = await testApp();
  await other.run('create_client', { name: 'Ours' });
  expect(await other.http('admin', 'POST', '/api/setup/sample', {})).toMatchObject({ status: 409 });
  await other[Symbol.asyncDispose]();
  expect(await desk.brokenInvariants()).toEqual([]);
}, 120_000);
