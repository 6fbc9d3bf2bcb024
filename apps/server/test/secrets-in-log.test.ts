import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { expect, test } from 'vitest';
import { attachEmbeddedPostgres } from '../src/database/embedded.ts';
import { dataFolder, startServer } from './server-process.ts';
import { rawSocket, refusalOf } from './socket.ts';

const secret = (): string => `s3cr3t${randomBytes(12).toString('hex')}`;

/** What a server wrote, line by line, but for what it prints for whoever starts it. */
const logged = (output: string): string[] => output.split('\n').filter((line) => line.startsWith('{'));

test('[A5] no password, token, key, cookie or link is in the log at its finest, whatever is done and wherever it stands', async () => {
  await using folder = await dataFolder();
  const password = `${secret()} and more`;
  // Behind a proxy: so the first run takes its link.
  await using server = await startServer(folder.path, {
    LOG_LEVEL: 'trace',
    TRUST_PROXY: '1',
    RATE_SIGN_IN: '1000',
  });
  const secrets = new Map<string, string>();
  const keep = (what: string, value: string): string => {
    expect(value.length, what).toBeGreaterThan(12);
    secrets.set(what, value);
    return value;
  };
  const ask = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { response, body: text.startsWith('{') ? JSON.parse(text) : null };
  };

  // The first run, by the printed link.
  const link = /(http\S+\/setup#(\S+))/.exec(server.output());
  const token = keep('setup link', link?.[2] ?? '');
  const admin = { name: 'Ada', email: 'ada@desk.test', password: keep('password', password) };
  expect((await ask('POST', '/api/setup', { ...admin, token: secret() })).response.status).toBe(403);
  expect((await ask('POST', '/api/setup', { ...admin, token })).response.status).toBe(201);

  // Signing in, right and wrong, by cookie and by token.
  const wrong = keep('wrong password', secret());
  await ask('POST', '/api/auth/sign-in/email', { email: admin.email, password: wrong });
  await ask('POST', '/api/auth/sign-in/email', `{"email": "${admin.email}", "password": "${wrong}`);
  const signed = await ask('POST', '/api/auth/sign-in/email', admin);
  const session = keep('session token', signed.body.token);
  const cookies = signed.response.headers.getSetCookie().map((set) => set.split(';')[0] ?? '');
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) keep(`cookie ${cookie.split('=')[0]}`, cookie.split('=')[1] ?? '');
  const cookie = cookies.join('; ');
  const own = { cookie, origin: server.url };
  await ask('GET', '/api/auth/get-session', undefined, { cookie });
  await ask('GET', '/api/orders', undefined, { authorization: `Bearer ${session}` });

  // Keys and invitations.
  const made = await ask('POST', '/api/keys', { name: 'Till', role: 'operator' }, own);
  const key = keep('key', made.body.key);
  await ask('GET', '/api/orders', undefined, { 'x-api-key': key });
  const person = { email: 'new@desk.test', name: 'New', role: 'operator' };
  const invited = await ask('POST', '/api/invitations', person, own);
  const invite = keep('invitation', invited.body.token);
  await ask('GET', `/invite/${invite}`);
  await ask('POST', '/api/invite', { token: invite });
  const theirs = keep('invited password', `${secret()} too`);
  await ask('POST', '/api/invite/accept', { token: invite, password: theirs });
  const next = keep('next password', `${secret()} next`);
  await ask('POST', '/api/me/password', { current: password, next }, own);

  // Sockets: by token, by key, by what is none.
  for (const good of [session, key])
    await (await rawSocket(server.url, { token: good }))[Symbol.asyncDispose]();
  await refusalOf(rawSocket(server.url, { token: keep('bad token', secret()) }));

  // Where nobody should put a secret, and somebody does.
  for (const value of [session, key, invite, token, keep('anything', secret())]) {
    const odd = [
      `/invite/${value}/more?x=${value}`,
      `//invite/${value}`,
      `/INVITE/${value}`,
      `/setup/${value}?token=${value}`,
      `/api/invite/${value}`,
      `/api/auth/reset-password/${value}?token=${value}`,
      `/api/orders?token=${value}&q=${value}`,
      `/api/orders/${value}`,
      `/api/topics/${value}/events?after=${value}`,
      `/api/nothing/${value}%`,
      `/socket.io/?EIO=4&transport=polling&token=${value}`,
      `/assets/${value}.js`,
      `/health/${value}`,
      `/api/export/${value}.csv`,
    ];
    for (const path of odd) await ask('GET', path, undefined, { authorization: `Bearer ${value}` });
    await ask('POST', '/api/orders', { [value]: value }, { 'x-api-key': value, 'idempotency-key': value });
    await ask('POST', `/api/clients?key=${value}`, `{"name": "${value}`, { 'x-api-key': key });
    await ask('PATCH', `/api/people/${value}%00`, { role: value }, own);
  }

  // Faults of ours, with all of it under way.
  const database = await attachEmbeddedPostgres(`${folder.path}/postgres`);
  const admins = new pg.Client({ connectionString: database?.url });
  await admins.connect();
  await admins.query('ALTER TABLE session RENAME COLUMN token TO gone');
  await admins.query('ALTER TABLE apikey RENAME COLUMN key TO gone');
  await admins.query('ALTER TABLE invitation RENAME COLUMN token_hash TO gone');
  await admins.query('ALTER TABLE client RENAME COLUMN name TO gone');
  await admins.end();
  expect(
    (await ask('GET', '/api/orders', undefined, { authorization: `Bearer ${session}` })).response.status,
  ).toBe(500);
  await ask('GET', '/api/orders', undefined, { 'x-api-key': key });
  await ask('GET', '/api/orders', undefined, { cookie });
  await ask('POST', '/api/invite', { token: invite });
  await ask('POST', '/api/auth/sign-in/email', { email: admin.email, password: next });
  await refusalOf(rawSocket(server.url, { token: session }));
  await refusalOf(rawSocket(server.url, { token: key }));

  expect(await server.stop()).toBe(0);
  const lines = logged(server.output());
  expect(lines.length).toBeGreaterThan(90);
  expect(lines.filter((line) => JSON.parse(line).level >= 50).length).toBeGreaterThan(3);
  const rest = server.output().replace(link?.[0] ?? '', '');
  for (const [what, value] of secrets) {
    const found = rest.split('\n').filter((line) => line.includes(value));
    expect(found, what).toEqual([]);
  }
  // A cookie's signature stands behind its token, encoded or not.
  for (const value of secrets.values()) expect(rest).not.toContain(decodeURIComponent(value));
});
