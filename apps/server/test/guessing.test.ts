import { expect, test } from 'vitest';
import { type Caller, SignInGuard } from '../src/auth/sign-in-guard.ts';
import { type TestApp, testApp } from './app.ts';

const PASSWORD = 'a long password';
const OWNER = 'owner@test.test';

/** As from that address, by way of the proxy that TRUST_PROXY believes. */
const from = (address: string, cookie?: string) => ({
  'x-forwarded-for': address,
  ...(cookie !== undefined && { cookie }),
});

const signIn = (desk: TestApp, email: string, password: string, headers: Record<string, string>) =>
  desk.http(null, 'POST', '/api/auth/sign-in/email', { email, password }, headers);

const cookiesOf = (headers: Headers): string =>
  headers
    .getSetCookie()
    .map((set) => set.split(';')[0])
    .join('; ');

/** A desk behind a proxy, with an owner who has signed in from home before; the cookies of that browser. */
async function ownedDesk(rate = 60) {
  const desk = await testApp({ config: { TRUST_PROXY: 1, RATE_SIGN_IN: rate } });
  await desk.app.accounts.api.createUser({
    body: { email: OWNER, name: 'Owner', password: PASSWORD, role: 'admin' },
  });
  const { status, headers } = await signIn(desk, OWNER, PASSWORD, from('198.51.100.1'));
  expect(status).toBe(200);
  return { desk, cookies: cookiesOf(headers) };
}

/** Wrong passwords, all at once; how many of them were looked at. */
async function guess(desk: TestApp, email: string, addresses: readonly string[]): Promise<number> {
  const answers = await Promise.all(
    addresses.map((address, i) => signIn(desk, email, `wrong password ${i}`, from(address))),
  );
  for (const { status, body } of answers) {
    expect([401, 429]).toContain(status);
    if (status === 429)
      expect(body).toMatchObject({ code: 'rate_limited', retryAfterMs: expect.any(Number) });
  }
  return answers.filter(({ status }) => status === 401).length;
}

test('[A4] whoever guesses at an account is bounded, and its owner gets in: from elsewhere, from home, on a known device', async () => {
  const { desk, cookies } = await ownedDesk();
  await using _ = desk;
  const oneGuesser = await guess(
    desk,
    OWNER,
    Array.from({ length: 80 }, () => '203.0.113.66'),
  );
  expect(oneGuesser).toBeLessThanOrEqual(12);
  // The right one would not help the guesser now.
  expect((await signIn(desk, OWNER, PASSWORD, from('203.0.113.66'))).status).toBe(429);
  expect((await signIn(desk, OWNER, PASSWORD, from('192.0.2.77'))).status).toBe(200);
  // From the guesser's own address, as at one office, on a device that is known.
  expect((await signIn(desk, OWNER, PASSWORD, from('203.0.113.66', cookies))).status).toBe(200);
  expect((await signIn(desk, OWNER, 'wrong once', from('203.0.113.66', cookies))).status).toBe(401);
  // Another account on the guesser's address is not the one that was guessed at.
  expect((await signIn(desk, 'viewer@test.test', PASSWORD, from('203.0.113.66'))).status).toBe(429);
  expect((await signIn(desk, 'viewer@test.test', PASSWORD, from('192.0.2.78'))).status).toBe(401);
});

test('[A4] an account that does not exist answers like one that does; a cookie that was made up makes no device known', async () => {
  const { desk, cookies } = await ownedDesk(2);
  await using _ = desk;
  const answers = [];
  for (const [email, address] of [
    [OWNER, '192.0.2.1'],
    ['nobody@test.test', '192.0.2.2'],
  ] as const) {
    const told = [];
    for (let i = 0; i < 4; i += 1) {
      const { status, body } = await signIn(desk, email, 'wrong password', from(address));
      told.push([status, body.code, body.detail]);
    }
    answers.push(told);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]?.map(([status]) => status)).toEqual([401, 401, 429, 429]);
  const forged = [
    cookies.replaceAll('known_', 'known_x'),
    cookies.replace(/(known_[\w-]+=)(.)/, (_, name, first) => name + (first === 'x' ? 'y' : 'x')),
    'known=1',
  ];
  for (const cookie of forged)
    expect((await signIn(desk, OWNER, PASSWORD, from('192.0.2.1', cookie))).status).toBe(429);
  expect((await signIn(desk, OWNER, PASSWORD, from('192.0.2.1', cookies))).status).toBe(200);
  // It opens nothing by itself.
  const known = cookies.split('; ').filter((cookie) => cookie.includes('known_'));
  expect((await desk.http(null, 'GET', '/api/orders', undefined, { cookie: known.join('; ') })).status).toBe(
    401,
  );
});

/** The guard alone, over the accounts of a desk: what a password costs to check has no part in what is counted. */
function guardOf(desk: TestApp) {
  const guard = new SignInGuard(desk.app.database.accounts, 1000);
  const tries = async (callers: readonly Partial<Caller>[]): Promise<number> => {
    const all = callers.map((caller) =>
      guard.begin({ email: OWNER, address: null, device: null, ...caller }).then(
        () => true,
        (refusal: unknown) => {
          expect(refusal).toMatchObject({ code: 'rate_limited' });
          return false;
        },
      ),
    );
    return (await Promise.all(all)).filter(Boolean).length;
  };
  return { guard, tries };
}

test('[A4] guesses from everywhere at once are bounded for the account; known devices and places pass', async () => {
  const { desk } = await ownedDesk();
  await using _ = desk;
  const { guard, tries } = guardOf(desk);
  const everywhere = Array.from({ length: 400 }, (_, i) => ({
    address: `203.0.${Math.floor(i / 200)}.${i % 200}`,
  }));
  expect(await tries(everywhere)).toBe(101);
  expect(await tries([{ address: '192.0.2.79' }])).toBe(0);
  expect(await tries([{ address: '192.0.2.79', device: 'mine' }])).toBe(1);
  // Where the owner has signed in before; each such place is bounded like any other.
  expect(await tries(Array.from({ length: 40 }, () => ({ address: '198.51.100.1' })))).toBe(11);
  expect(await tries([{ address: '192.0.2.79', email: 'viewer@test.test' }])).toBe(1);
  // An account that does not exist is bounded the same.
  expect(await tries(everywhere.map((caller) => ({ ...caller, email: 'nobody@test.test' })))).toBe(101);
  // Whoever succeeds has not used up what is left for others.
  for (let i = 0; i < 150; i += 1) {
    const address = `198.18.${i}.1`;
    await (await guard.begin({ email: 'busy@test.test', address, device: null })).succeeded();
  }
  expect(await tries([{ email: 'busy@test.test', address: '192.0.2.80' }])).toBe(1);
});

test('[A4] what could not be looked up while the database was away was no guess', async () => {
  const { desk } = await ownedDesk();
  await using _ = desk;
  const { guard, tries } = guardOf(desk);
  for (const caller of [
    { email: OWNER, address: '192.0.2.83', device: null },
    { email: OWNER, address: null, device: 'mine' },
  ]) {
    for (let i = 0; i < 30; i += 1) await (await guard.begin(caller)).undone();
    expect(await tries([caller])).toBe(1);
  }
});

test('[A4] a line of IPv6 addresses is one guesser, and so is a device that somebody has taken', async () => {
  const { desk } = await ownedDesk();
  await using _ = desk;
  const { tries } = guardOf(desk);
  const line = Array.from({ length: 60 }, (_, i) => ({ address: `2001:db8:7:7::${(i + 1).toString(16)}` }));
  expect(await tries(line)).toBe(11);
  expect(await tries([{ address: '2001:db8:7:8::1' }])).toBe(1);
  expect(await tries(Array.from({ length: 60 }, () => ({ device: 'taken' })))).toBe(11);
  expect(await tries([{ device: 'another' }, { address: '192.0.2.82' }])).toBe(2);
});

test('[A4] a good invitation opens where others have guessed; keys that are none are slowed down, good ones never', async () => {
  await using desk = await testApp({ config: { RATE_SIGN_IN: 3 } });
  const person = { email: 'new@test.test', name: 'New', role: 'viewer' };
  const { token } = (await desk.http('admin', 'POST', '/api/invitations', person)).body;
  const { key } = (await desk.http('admin', 'POST', '/api/keys', { name: 'Till', role: 'viewer' })).body;
  const look = (of: string) => desk.http(null, 'POST', '/api/invite', { token: of });
  const statuses = [];
  for (let i = 0; i < 5; i += 1) statuses.push((await look(`guess ${i}`)).status);
  expect(statuses).toEqual([404, 404, 404, 429, 429]);
  expect((await look(token)).status).toBe(200);
  expect((await desk.http(null, 'POST', '/api/invite/accept', { token, password: PASSWORD })).status).toBe(
    201,
  );

  const ask = (headers: Record<string, string>) => desk.http(null, 'GET', '/api/zones', undefined, headers);
  const keys = await Promise.all(Array.from({ length: 40 }, (_, i) => ask({ 'x-api-key': `alm_guess${i}` })));
  expect(keys.filter(({ status }) => status === 401)).toHaveLength(30);
  expect(keys.filter(({ status }) => status === 429)).toHaveLength(10);
  expect((await ask({ 'x-api-key': key })).status).toBe(200);
  expect((await ask({ authorization: `Bearer ${desk.users.viewer.token}` })).status).toBe(200);
});

test('[A6] the first administrator of a desk that others can reach needs the printed link, from a page of ours', async () => {
  await using desk = await testApp({ config: { HOST: '0.0.0.0', RATE_SIGN_IN: 1000 } });
  const db = desk.app.database.accounts;
  expect(await desk.app.firstRun.token()).toBeNull();
  await db.user.deleteMany();
  const token = await desk.app.firstRun.token();
  if (token === null) throw new Error('no link');
  expect((await desk.http(null, 'GET', '/api/setup')).body).toEqual({ needed: true, byLink: true });
  const ada = { name: 'Ada', email: 'ada@test.test', password: 'correct horse' };
  const make = (body: object, headers = {}) =>
    desk.http(null, 'POST', '/api/setup', { ...ada, ...body }, headers);
  for (const wrong of [{}, { token: '' }, { token: 'x'.repeat(token.length) }, { token: `${token}x` }])
    expect(await make(wrong)).toMatchObject({ status: 403, body: { details: { reason: 'setup_link' } } });
  expect((await make({ token: { $ne: null } })).status).toBe(400);
  for (const origin of ['https://evil.test', 'null'])
    expect((await make({ token }, { origin })).status).toBe(403);
  expect(await db.user.count()).toBe(0);
  const both = await Promise.all([make({ token }), make({ token })]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  // Once: also where all accounts are gone again.
  await db.user.deleteMany();
  expect((await make({ token })).status).toBe(403);
});

test('[A6] a desk on this machine alone takes its administrator without the link, but not through a proxy or another name', async () => {
  await using desk = await testApp();
  await desk.app.database.accounts.user.deleteMany();
  const ada = { name: 'Ada', email: 'ada@test.test', password: 'correct horse' };
  const make = (headers: Record<string, string>) => desk.http(null, 'POST', '/api/setup', ada, headers);
  for (const headers of [from('203.0.113.5'), { forwarded: 'for=203.0.113.5' }, { via: '1.1 cache' }])
    expect((await make(headers)).status).toBe(403);
  expect((await make({ origin: 'https://evil.test' })).status).toBe(403);
  expect((await make({ origin: desk.url })).status).toBe(201);
});

test('the commonest passwords are refused wherever one is set, with a hint; whoever has one already gets in', async () => {
  await using desk = await testApp({ config: { RATE_SIGN_IN: 1000 } });
  const weak = (path: string, hint: string) => ({
    status: 400,
    body: {
      code: 'invalid',
      details: { reason: 'weak_password', hint, fields: [{ path, message: expect.any(String) }] },
    },
  });
  await desk.run('update_company', { name: 'Mercería Dávila', currency: 'EUR' });
  const person = { email: 'lola@test.test', name: 'Lola Montes', role: 'viewer' };
  const { token } = (await desk.http('admin', 'POST', '/api/invitations', person)).body;
  const accept = (password: string) => desk.http(null, 'POST', '/api/invite/accept', { token, password });
  for (const password of ['Password123!', 'qwertyuiop', '1234567890'])
    expect(await accept(password)).toMatchObject(weak('password', 'common'));
  for (const password of ['lola montes', 'Mercería Dávila', 'lola@test.test'])
    expect(await accept(password)).toMatchObject(weak('password', 'personal'));
  expect((await accept(PASSWORD)).status).toBe(201);

  const own = { authorization: `Bearer ${(await signIn(desk, person.email, PASSWORD, {})).body.token}` };
  const change = (next: string, current = PASSWORD) =>
    desk.http(null, 'POST', '/api/me/password', { current, next }, own);
  expect(await change('iloveyou12')).toMatchObject(weak('next', 'common'));
  expect(await change('aaaaaaaaaaaa')).toMatchObject(weak('next', 'pattern'));
  // Whoever does not know the current one learns nothing of the next.
  expect((await change('iloveyou12', 'a wrong one')).body.details.fields[0].path).toBe('current');
  expect((await change('three snails in the rain')).status).toBe(200);

  await desk.app.accounts.api.createUser({
    body: { email: 'old@test.test', name: 'Old', password: 'password12', role: 'viewer' },
  });
  expect((await signIn(desk, 'old@test.test', 'password12', {})).status).toBe(200);

  await desk.app.database.accounts.user.deleteMany();
  const ada = { name: 'Ada Lovelace', email: 'ada@test.test' };
  for (const [password, hint] of [
    ['password123', 'common'],
    ['Lovelace1815', 'personal'],
  ] as const)
    expect(await desk.http(null, 'POST', '/api/setup', { ...ada, password })).toMatchObject(
      weak('password', hint),
    );
  expect((await desk.http(null, 'POST', '/api/setup', { ...ada, password: PASSWORD })).status).toBe(201);
});
