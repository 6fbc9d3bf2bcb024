import { randomUUID } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Outside, outside, SIGN_IN } from './outside.ts';
import { freeze, postgresProcesses, signal } from './processes.ts';
import { dataFolder, launchServer, type ServerProcess, startServer } from './server-process.ts';
import { type RawSocket, rawSocket, refusalOf } from './socket.ts';

/** How long the database stays frozen; the long round holds it for 70 s and more. */
const FREEZE_MS = Number(process.env.FREEZE_MS ?? 5000);
const KILLS = Number(process.env.DATABASE_KILLS ?? 3);
const COMMANDS = Number(process.env.KILL_COMMANDS ?? 200);

/** What everybody is told, at whichever door, while the database is away. */
const AWAY = { status: 503, body: { code: 'unavailable' } };

/** One question at each door, each answered by its code. */
async function askEverywhere({ ask, key }: Outside, raw: RawSocket, url: string): Promise<void> {
  const http: Record<string, Parameters<Outside['ask']>> = {
    command: ['/api/clients', { name: 'While away' }],
    query: ['/api/orders'],
    'query by key': ['/api/orders', undefined, { headers: { authorization: '', 'x-api-key': key } }],
    snapshot: ['/api/topics/orders/snapshot'],
    events: ['/api/topics/orders/events?after=0'],
    export: ['/api/export/orders.csv'],
    people: ['/api/people'],
    devices: ['/api/me/sessions'],
    upload: ['/api/imports?name=a.csv', 'a,b'],
    'sign in': ['/api/auth/sign-in/email', SIGN_IN],
    session: ['/api/auth/get-session'],
    rename: ['/api/auth/update-user', { name: 'Ada L.' }],
    invitation: ['/api/invite', { token: 'x'.repeat(43) }],
    'first run': ['/api/setup'],
    about: ['/api/about'],
  };
  const topics = [{ topic: 'clients' }];
  const cursor = { epoch: raw.hello.epoch, seq: 0 };
  const began = performance.now();
  const [ready, handshake, command, subscribe, catchUp, ...answers] = await Promise.all([
    ask('/health/ready'),
    refusalOf(rawSocket(url, { token: key })),
    raw.command('create_client', { name: 'While away, too' }),
    raw.ask('subscribe', { topics }),
    raw.ask('catch_up', { topic: 'clients', cursor }),
    ...Object.entries(http).map(async ([name, question]) => ({ name, answer: await ask(...question) })),
  ]);
  const seconds = (performance.now() - began) / 1000;

  expect(ready).toMatchObject(AWAY);
  expect(ready.ms).toBeLessThan(3000);
  for (const { name, answer } of answers) {
    expect({ name, ...answer }).toMatchObject({ name, ...AWAY });
    expect(Number(answer.retryAfter)).toBeGreaterThan(0);
  }
  expect(handshake).toMatchObject({ code: 'unavailable' });
  expect(handshake.retryAfterMs).toBeGreaterThan(0);
  expect(command).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  expect(catchUp).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  const refused = subscribe.ok ? subscribe.data.topics[0] : subscribe;
  expect(refused).toMatchObject({ error: { code: 'unavailable' } });
  // Four seconds until it is known, and room for a slow machine.
  expect(seconds).toBeLessThan(8);
  expect((await ask('/health/live')).status).toBe(200);
}

const LONG = { timeout: 30_000, interval: 20 };

const untilReady = ({ ask }: Outside) =>
  expect.poll(async () => (await ask('/health/ready')).status, LONG).toBe(200);

/** What the log has of a server at LOG_LEVEL=warn, line by line. */
const logOf = (server: Pick<ServerProcess, 'output'>): { level: number; msg: string }[] =>
  server
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

/** Sends every command until it is acknowledged, under its one id. @returns the acks by id */
async function sendUntilAcked(raw: RawSocket, ids: readonly string[]): Promise<Map<string, unknown>> {
  const acks = new Map<string, unknown>();
  await Promise.all(
    ids.map(async (id, i) => {
      for (;;) {
        const ack = await raw.command('create_client', { name: `Client ${i}` }, id);
        if (ack.ok) return acks.set(id, ack.data);
        expect(ack.error.code).toBe('unavailable');
        await new Promise((resolve) => void setTimeout(resolve, ack.error.retryAfterMs));
      }
    }),
  );
  return acks;
}

test(`[D1][D2][C1][C2] the built-in PostgreSQL is killed ${KILLS} times amid ${COMMANDS} commands, then frozen: it is started again, every door says "unavailable" meanwhile, and what was acknowledged is there once`, async () => {
  await using folder = await dataFolder();
  // Those who send again at once are not the attack that the limit is for.
  await using server = await startServer(folder.path, { RATE_COMMANDS: '1000000' });
  const desk = await outside(server);
  await using raw = await rawSocket(server.url, { token: desk.token });
  await using follower = await rawSocket(server.url, { token: desk.token });
  await follower.ask('subscribe', { topics: [{ topic: 'clients' }] });

  const ids = Array.from({ length: COMMANDS }, () => randomUUID());
  const acking = sendUntilAcked(raw, ids);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const told = follower.events.length;
    await expect.poll(() => follower.events.length, LONG).toBeGreaterThan(Math.min(told, COMMANDS - 1));
    const [postmaster] = await postgresProcesses(folder.path);
    // In turn: killed, told to end, and one of its sessions killed, after which it starts again by itself.
    const [victim, how] =
      kill % 3 === 2
        ? [(await postgresProcesses(folder.path)).at(-1), 'SIGKILL' as const]
        : [postmaster, kill % 3 === 0 ? ('SIGKILL' as const) : ('SIGTERM' as const)];
    expect(victim).toBeGreaterThan(1);
    if (victim !== undefined) signal(victim, how);
    await expect.poll(() => awayLines(server), LONG).toBe(kill + 1);
    await untilReady(desk);
  }
  const acks = await acking;
  for (const id of ids.slice(0, 20)) {
    const again = await raw.command('create_client', { name: `Client ${ids.indexOf(id)}` }, id);
    expect(again.data).toEqual(acks.get(id));
  }
  expect((await desk.ask('/api/clients?limit=1')).body.total).toBe(COMMANDS);
  await expect.poll(() => follower.events.map(({ seq }) => seq), LONG).toEqual(ids.map((_, i) => i + 1));

  const before = logOf(server).length;
  const thaw = await freeze(folder.path);
  const began = performance.now();
  await askEverywhere(desk, raw, server.url);
  await askEverywhere(desk, raw, server.url);
  await expect
    .poll(() => performance.now() - began, { timeout: FREEZE_MS + 1000, interval: 100 })
    .toBeGreaterThan(FREEZE_MS);
  thaw();
  await untilReady(desk);
  const found = await sendUntilAcked(raw, ids);
  expect(found).toEqual(acks);
  expect((await desk.ask('/api/orders')).status).toBe(200);
  expect(
    logOf(server)
      .slice(before)
      .map(({ msg }) => msg),
  ).toEqual(['the database is away', 'the database is back']);
  expect(logOf(server).filter(({ msg }) => msg === 'failed')).toEqual([]);
  expect(await server.stop()).toBe(0);
  expect(await postgresProcesses(folder.path)).toEqual([]);
}, 400_000);

const awayLines = (server: ServerProcess): number =>
  logOf(server).filter(({ msg }) => msg === 'the database is away').length;

test('[D3] a frozen database is killed in time, a second signal ends at once, a start is given up; nothing is left', async () => {
  await using folder = await dataFolder();
  {
    await using server = launchServer(folder.path);
    await expect.poll(async () => (await postgresProcesses(folder.path)).length, LONG).toBeGreaterThan(0);
    server.send('SIGTERM');
    expect(await server.exited).toBe(0);
    expect(await postgresProcesses(folder.path)).toEqual([]);
  }
  {
    await using server = await startServer(folder.path, { STOP_MS: '2500' });
    const desk = await outside(server);
    await freeze(folder.path);
    const hanging = desk.ask('/api/clients', { name: 'Nobody knows' }).catch(() => null);
    const began = performance.now();
    await server.stop();
    expect(performance.now() - began).toBeLessThan(6000);
    expect(await postgresProcesses(folder.path)).toEqual([]);
    await hanging;
  }
  {
    await using server = await startServer(folder.path);
    const desk = await outside(server);
    await freeze(folder.path);
    const hanging = desk.ask('/api/clients', { name: 'Nobody knows' }).catch(() => null);
    server.send('SIGTERM');
    await expect
      .poll(
        () =>
          desk.ask('/health/ready').then(
            ({ status }) => status,
            () => 0,
          ),
        LONG,
      )
      .not.toBe(200);
    // The same signal within a moment is the same Ctrl-C, passed on by a package manager.
    await new Promise((resolve) => void setTimeout(resolve, 400));
    const began = performance.now();
    server.send('SIGTERM');
    expect(await server.exited).toBe(143);
    expect(performance.now() - began).toBeLessThan(2000);
    await expect.poll(() => postgresProcesses(folder.path), LONG).toEqual([]);
    await hanging;
  }
}, 120_000);

test('[D1] a PostgreSQL that cannot be started again ends the server with an error and its last lines', async () => {
  await using folder = await dataFolder();
  await using server = await startServer(folder.path, { DATABASE_PATIENCE_MS: '700' });
  const [postmaster] = await postgresProcesses(folder.path);
  await rename(join(folder.path, 'postgres', 'global'), join(folder.path, 'global'));
  if (postmaster !== undefined) signal(postmaster, 'SIGKILL');
  expect(await server.exited).toBe(1);
  expect(server.output()).toMatch(/Almenara stops: PostgreSQL ended, and could not be started again/);
  expect(server.output()).toMatch(/Its last lines:\n(.*\n)*.*global\/pg_control/);
  expect(await postgresProcesses(folder.path)).toEqual([]);
}, 60_000);
