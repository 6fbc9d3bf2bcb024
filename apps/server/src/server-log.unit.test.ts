import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { loggedPath } from './http/access-log.ts';
import { SecretMask } from './secret-mask.ts';
import { createServerLog, loggedError } from './server-log.ts';

const TOKEN = 'Zm9yIHRlc3RzIG9ubHksIG5vdCBhIHRva2Vu';

function logTo(mask = new SecretMask()) {
  const lines: string[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(String(chunk));
      done();
    },
  });
  return { lines, log: createServerLog('trace', mask, destination) };
}

test('of an error the log tells kind, message, code and places, and nothing that hangs on it', () => {
  const error = Object.assign(
    new Error('it failed', { cause: Object.assign(new Error('inside'), { detail: TOKEN }) }),
    {
      code: '23505',
      parameters: [TOKEN],
      headers: { cookie: TOKEN },
      input: `postgres://u:${TOKEN}@h/d`,
    },
  );
  const told = loggedError(error);
  expect(told).toMatchObject({
    type: 'Error',
    message: 'it failed',
    code: '23505',
    cause: { message: 'inside' },
  });
  expect(told.stack).toMatch(/^at /);
  expect(JSON.stringify(told)).not.toContain(TOKEN);
  for (const thrown of [{ token: TOKEN }, [TOKEN], () => TOKEN, null, undefined])
    expect(JSON.stringify(loggedError(thrown))).not.toContain(TOKEN);
  const round = new Error('round');
  round.cause = round;
  expect(JSON.stringify(loggedError(round)).length).toBeLessThan(20_000);
});

test('what Prisma and PostgreSQL quote of a call is left out', () => {
  const prisma = Object.assign(
    new Error(
      `\nInvalid \`db.session.findUnique()\` invocation:\n\n{\n  where: {\n    token: "${TOKEN}"\n  }\n}\n\nArgument \`token\`: Invalid value provided.`,
    ),
    { name: 'PrismaClientValidationError' },
  );
  expect(loggedError(prisma).message).toBe(
    'Invalid `db.session.findUnique()` invocation: Argument `token`: Invalid value provided.',
  );
  expect(loggedError(new Error(`invalid input syntax for type uuid: "${TOKEN}"`)).message).toBe(
    'invalid input syntax for type uuid: "…"',
  );
});

test('what looks like a secret is masked in whatever text it stands, and the line stays JSON', () => {
  const mask = new SecretMask();
  mask.hide('the known one');
  mask.hideUrl('postgresql://desk:p%40ss:w/ord-of-it@db:5432/desk');
  const { lines, log } = logTo(mask);
  const texts = [
    `connect to postgresql://desk:${TOKEN}@db:5432/desk failed`,
    `redis://:${TOKEN}@cache`,
    `Authorization: Bearer ${TOKEN}`,
    `key alm_${TOKEN} is unknown`,
    `GET /invite/${TOKEN}?x=1`,
    `open https://desk.test/setup#${TOKEN}`,
    `GET /x?token=${TOKEN}&a=b`,
    `almenara.session_token=${TOKEN}; Path=/`,
    `{"email":"a@b.test","password":"${TOKEN}"}`,
    `{ password: '${TOKEN}' }`,
    'said the known one here',
  ];
  for (const text of texts) {
    log.info({ text, err: new Error(text), nested: { body: JSON.stringify({ password: TOKEN }) } }, text);
    log.info({ token: TOKEN, req: { headers: { cookie: `a.session_token=${TOKEN}` } } }, 'carelessly');
  }
  expect(lines).toHaveLength(texts.length * 2);
  for (const line of lines) {
    expect(line).not.toContain(TOKEN);
    expect(line).not.toContain('the known one');
    expect(JSON.parse(line)).toMatchObject({ level: 30 });
  }
  log.info(
    { token: 7, level2: 1, count: 3, path: '/api/invite/accept', url: 'http://localhost:4000/x' },
    'plain',
  );
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    token: 7,
    count: 3,
    path: '/api/invite/accept',
    url: 'http://localhost:4000/x',
  });
});

test('a path is told by our own words and by ids, and by nothing else that stands in it', () => {
  const id = '0190a8f4-6b7e-7c3d-8a00-3f1f5a2b9c1d';
  expect(loggedPath(`/api/orders/${id}/status?token=${TOKEN}#x`)).toBe(`/api/orders/${id}/status`);
  expect(loggedPath(`/invite/${TOKEN}`)).toBe('/invite/…');
  expect(loggedPath(`//invite//${TOKEN}/`)).toBe('//invite//…/');
  expect(loggedPath(`/inv%69te/${TOKEN};x=${TOKEN}`)).toBe('/…/…');
  expect(loggedPath('/__proto__/constructor')).toBe('/…/…');
  expect(loggedPath('/a'.repeat(4000)).length).toBeLessThan(50);
  expect(loggedPath('*')).toBe('…');
});
