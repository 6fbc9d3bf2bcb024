import { randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { commandNames, commands, queries, queryNames, routeLine, routeNames, routes } from '@almenara/events';
import express from 'express';
import { type Logger, pino } from 'pino';
import { expect, test } from 'vitest';
import { Drain } from '../src/http/drain.ts';
import { answerErrors, unknownRoute } from '../src/http/respond.ts';
import { builtWeb } from '../src/http/web.ts';
import { stockedDesk, type TestApp, testApp } from './app.ts';
import { pick, runSeed, seeded } from './random.ts';
import { dataFolder } from './server-process.ts';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 300);

/** A log that keeps what is worth somebody's attention. */
function alarms(): { log: Logger; lines: string[] } {
  const lines: string[] = [];
  const write = (chunk: unknown, _encoding: unknown, done: () => void): void => {
    lines.push(String(chunk));
    done();
  };
  return { log: pino({ level: 'warn' }, new Writable({ write })), lines };
}

interface Told {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request as it stands, path and all: `fetch` would put it right. */
function send(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string | string[]> = {},
  body?: string | Buffer,
): Promise<Told> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ hostname, port, method, path, headers, timeout: 20_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => (text += part));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
      answer.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error(`${method} ${path} was not answered`)));
    asked.on('error', reject);
    asked.end(body);
  });
}

/** Bytes, and what comes back until the other side closes. */
function sendRaw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), hostname);
    socket.setTimeout(20_000, () => socket.destroy(new Error(`not answered: ${bytes.slice(0, 60)}`)));
    socket.on('data', (part) => (answer += String(part)));
    socket.on('error', (error: Error & { code?: string }) =>
      error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(answer) : reject(error),
    );
    socket.on('close', () => resolve(answer));
    socket.write(bytes, 'latin1');
  });
}

function expectProblem({ status, headers, text }: Told, what: string): void {
  expect(status, what).toBeGreaterThanOrEqual(400);
  expect(status, what).toBeLessThan(500);
  expect(headers['content-type'], what).toContain('application/problem+json');
  if (text !== '') expect(JSON.parse(text), what).toMatchObject({ status, code: expect.any(String) });
}

test('[F2] a file asked for in an odd way is a 4xx or the file, and nobody is alarmed', async () => {
  await using folder = await dataFolder();
  await mkdir(join(folder.path, 'assets', 'deep'), { recursive: true });
  await writeFile(join(folder.path, 'index.html'), '<!doctype html>');
  await writeFile(join(folder.path, 'assets', 'app.js'), 'console.log(1)');
  await writeFile(join(folder.path, 'secret.txt'), 'not under assets, but ours');
  const faults: unknown[] = [];
  const app = express();
  const web = builtWeb(folder.path);
  if (!web) throw new Error('no web app');
  app.use(
    web,
    unknownRoute,
    answerErrors((error) => faults.push(error), new Drain()),
  );
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  const url = `http://127.0.0.1:${address.port}`;
  try {
    const paths = [
      '/assets/..%2f..%2fetc/passwd',
      '/assets/..%2fsecret.txt',
      '/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
      '/assets/..%5c..%5cwindows',
      '/assets/%',
      '/assets/%00',
      '/assets/%c0%ae%c0%ae/',
      '/assets/app.js%00.css',
      '/assets/app.js/more',
      '/assets/gone.js',
      '/assets/deep',
      '/assets/.env',
      `/assets/${'a'.repeat(5000)}`,
    ];
    for (const path of paths) {
      const answer = await send(url, 'GET', path);
      expectProblem(answer, path);
      expectProblem(await send(url, 'HEAD', path), `HEAD ${path}`);
    }
    for (const path of ['/%', '/%ff', '/orders/%zz', '/%00%'])
      expectProblem(await send(url, 'GET', path), path);
    for (const path of ['/assets/app.js', '/', '/orders']) {
      for (const headers of [
        { 'if-match': '"nothing"' },
        { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
      ])
        expectProblem(await send(url, 'GET', path, headers), `${path} ${JSON.stringify(headers)}`);
      expect((await send(url, 'GET', path, { 'if-none-match': '*' })).status).toBe(304);
      for (const range of ['bytes=9999999-', 'bytes=-0'])
        expectProblem(await send(url, 'GET', path, { range }), range);
      for (const range of ['bytes=a-b', 'lines=1-2', 'bytes=0-1,5-6', ''])
        expect([200, 206]).toContain((await send(url, 'GET', path, { range })).status);
    }
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE'])
      expectProblem(await send(url, method, '/assets/app.js'), method);
    expect((await send(url, 'GET', '/assets/app.js')).text).toBe('console.log(1)');
    expect(faults).toEqual([]);
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder.path, { recursive: true, force: true });
  }
});

test('[F2] what Node itself turns away is told as a problem too, and quietly', async () => {
  const { log, lines } = alarms();
  await using desk = await testApp({ log });
  const host = 'Host: desk\r\n';
  const cases: readonly [bytes: string, status: number][] = [
    ['NONSENSE\r\n\r\n', 400],
    [`FROB / HTTP/1.1\r\n${host}\r\n`, 400],
    ['GET / HTTP/1.1\r\n\r\n', 400],
    [`GET / HTTP/9.9\r\n${host}\r\n`, 400],
    [`GET /\x01 HTTP/1.1\r\n${host}\r\n`, 400],
    [`GET / HTTP/1.1\r\n${host}Bad Header: x\r\n\r\n`, 400],
    [`GET / HTTP/1.1\r\n${host}X: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
    [`GET /${'a'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431],
    [
      `POST /api/orders HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      400,
    ],
    [`POST /api/orders HTTP/1.1\r\n${host}Content-Length: -1\r\n\r\n`, 400],
    [
      `POST /api/setup HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\nzz\r\n`,
      400,
    ],
    [`GET / HTTP/1.1\r\n${host}Expect: the-unexpected\r\n\r\n`, 417],
  ];
  for (const [bytes, status] of cases) {
    const answer = await sendRaw(desk.url, bytes);
    const what = JSON.stringify(bytes.slice(0, 70));
    expect(answer.split('\r\n', 1)[0], what).toContain(`HTTP/1.1 ${status}`);
    if (status !== 400 || answer.includes('problem'))
      expect(answer, what).toContain('application/problem+json');
  }
  expect((await desk.http(null, 'GET', '/health/ready')).status).toBe(200);
  expect(lines).toEqual([]);
});

const ROUTES = [
  ...commandNames.map((name) => `${commands[name].http.method} ${commands[name].http.path}`),
  ...queryNames.map((name) => `GET ${queries[name].path}`),
  // Nobody of the test could go on after it.
  ...routeNames.filter((name) => name !== 'sign_out').map((name) => routeLine(routes[name])),
  'GET /api/auth/{id}',
  'GET /socket.io/',
  'GET /{id}',
];

const ODD_VALUES: readonly string[] = [
  '%00',
  '%',
  '%ff',
  '%F0%9F%98%80',
  '%ED%A0%80',
  '..%2f..%2f',
  '__proto__',
  'constructor',
  'orders',
  'inventory:A1',
  'user:x',
  'null',
  '-1',
  '1e400',
  '9'.repeat(40),
  "'%20OR%201=1--",
  '[object%20Object]',
  '%7B%7D',
  'a'.repeat(3000),
  '%E2%80%8B',
];

const ODD_QUERIES: readonly string[] = [
  'q=%00',
  'q=a&q=b',
  'q[]=1&q[a]=b',
  '__proto__[x]=1',
  'limit=0',
  'limit=1e9',
  'limit=NaN',
  'cursor=%00',
  ...[
    '[null,"\\u0000"]',
    '{"a":1}',
    '["a","b"]',
    '["2026-01-01T00:00:00.000Z","x"]',
    '["0000-01-01T00:00:00Z",1]',
    '[9007199254740991,1]',
    '[1,-9007199254740991]',
    '[9007199254740991]',
    '["\\ud800","\\u0000"]',
    `[${Array(99).fill('1')}]`,
  ].map((key) => `cursor=${Buffer.from(key).toString('base64url')}&sort=changed`),
  `cursor=${Buffer.from('["2026-01-01T00:00:00.000Z",1]').toString('base64url')}&sort=largest`,
  'from=0000-01-01T00:00:00Z&before=9999-12-31T23:59:59Z',
  'at=0000-01-01T00:00:00Z',
  'after=-1',
  'after=1e300',
  'epoch=%00',
  'at=999999999999',
  'from=x&to=y',
  'status=,,,',
  '%=%',
  '&&&=&',
  'name=%00.csv',
  'EIO=4&transport=nonsense',
  'EIO=4&transport=polling&sid=__proto__',
];

const ODD_HEADERS: readonly Record<string, string | string[]>[] = [
  { 'if-match': '"x"' },
  { 'if-none-match': 'W/"x", *' },
  { 'if-modified-since': 'yesterday' },
  { range: 'bytes=9-1' },
  { 'accept-encoding': 'nonsense;q=2, *;q=0' },
  { accept: '///;;;' },
  { 'content-type': 'application/json; charset=utf-7' },
  { 'content-type': 'application/json; charset' },
  { 'content-type': 'text/plain' },
  { 'content-type': 'multipart/form-data' },
  { 'content-type': ';;;' },
  { 'content-encoding': 'gzip' },
  { 'content-encoding': 'br' },
  { 'content-encoding': 'nonsense' },
  { origin: 'null' },
  { origin: 'http://' },
  { origin: 'https://evil.test' },
  { host: 'a b c' },
  { host: '[::1' },
  { host: '' },
  { 'x-forwarded-for': "1.2.3.4, '; --, \x80" },
  { 'x-forwarded-proto': 'gopher' },
  { 'x-forwarded-host': '@@@' },
  { cookie: 'almenara.session_token=%zz; =; ;;' },
  { cookie: `almenara.session_token=${'x'.repeat(3000)}` },
  { authorization: 'Bearer %zz%00' },
  { authorization: 'Bearer alm_%' },
  { authorization: 'Basic !!!' },
  { authorization: 'Bearer \xff\xfe' },
  { 'x-api-key': 'alm_\xff' },
  { 'x-api-key': ['alm_a', 'alm_b'] },
  { 'idempotency-key': '\x80' },
  { 'user-agent': '\xff'.repeat(500) },
  { 'accept-language': ';;q=x' },
  { 'x-http-method-override': 'DELETE' },
  { upgrade: 'h2c' },
  { te: 'nonsense' },
];

const deep = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const ODD_BODIES: readonly (string | Buffer)[] = [
  '',
  '{',
  'null',
  '[]',
  '"text"',
  '7',
  '{}',
  '{"__proto__": {"role": "admin"}}',
  '{"constructor": {"prototype": {"role": "admin"}}}',
  '{"email": "\\u0000@a.test", "password": "\\u0000", "name": "\\ud800"}',
  '{"email": "a@b.test", "password": "xxxxxxxxxxxx", "name": {"a": 1}}',
  '{"email": ["a@b.test"], "password": {"$ne": null}}',
  '{"email": "a@b.test", "password": "x", "callbackURL": "//evil.test", "rememberMe": "maybe"}',
  '{"name": "\\u0000", "image": "\\u0000", "role": "admin"}',
  '{"userId": "\\u0000", "role": "viewer"}',
  '{"token": "\\u0000\\ud800", "password": "a long password"}',
  '{"name": 1e400, "sku": -0, "quantity": 1e308}',
  '{"a": 1, "a": 2}',
  deep(20_000),
  `[${'['.repeat(5000)}${']'.repeat(5000)}]`,
  gzipSync('{"name": "x"}'),
  Buffer.from([0xff, 0xfe, 0x00, 0xd8]),
  '\ufeff{}',
];

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE', 'SEARCH'];

async function oddRequest(desk: TestApp, random: () => number): Promise<{ told: Told; what: string }> {
  const one = <T>(items: readonly T[]): T => pick(random, items);
  const [own = 'GET', pattern = '/'] = one(ROUTES).split(' ');
  const method = random() < 0.75 ? own : one(METHODS);
  const path = pattern.replaceAll(/\{\w+\}/g, () => (random() < 0.3 ? randomUUID() : one(ODD_VALUES)));
  const query = random() < 0.4 ? `?${one(ODD_QUERIES)}` : '';
  const roles = ['admin', 'operator', 'viewer'] as const;
  const role = random() < 0.2 ? null : one(roles);
  const headers = {
    ...(role && { authorization: `Bearer ${desk.users[role].token}` }),
    'content-type': 'application/json',
    ...(random() < 0.5 && one(ODD_HEADERS)),
    ...(random() < 0.2 && one(ODD_HEADERS)),
  };
  const body = method === 'GET' || method === 'HEAD' ? undefined : one(ODD_BODIES);
  const what = `${method} ${path}${query} as ${role} ${JSON.stringify(headers)} ${String(body).slice(0, 100)}`;
  return { told: await send(desk.url, method, path + query, headers, body), what };
}

test(`[F2] ${REQUESTS} odd requests to every route: each is answered, none is a fault, and nobody is alarmed`, async () => {
  const { log, lines } = alarms();
  await using desk = await testApp({ log, config: { RATE_SIGN_IN: 1_000_000 } });
  await stockedDesk(desk, { products: 1 });
  const seed = runSeed();
  const random = seeded(seed);
  for (let i = 0; i < REQUESTS; i += 1) {
    const { told, what: asked } = await oddRequest(desk, random);
    const what = `SEED=${seed} ${asked}`;
    expect(told.status, `${what}\n${told.text}\n${lines.join('')}`).toBeLessThan(500);
    expect(lines, what).toEqual([]);
    // Socket.IO answers for itself.
    if (told.status >= 400 && !asked.includes(' /socket.io')) expectProblem(told, what);
  }
  expect((await desk.http('admin', 'GET', '/api/orders')).status).toBe(200);
  expect(Object.prototype).not.toHaveProperty('role');
}, 300_000);
