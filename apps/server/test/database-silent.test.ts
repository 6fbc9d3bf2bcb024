import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { DatabaseHealth } from '../src/database/health.ts';
import { WatchedPool } from '../src/database/pool.ts';
import { Probe } from '../src/database/probe.ts';
import { testApp } from './app.ts';
import { testDatabase } from './database.ts';
import { proxyTo } from './proxy.ts';
import { rawSocket } from './socket.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const UNTOLD = { away: () => {}, back: () => {} };

test('[D2][C1] a COMMIT whose answer never comes is answered "unavailable"; sent again it is found done, once', async () => {
  await using database = await testDatabase();
  await using proxy = await proxyTo(database.url);
  await using desk = await testApp({ databaseUrl: proxy.url });
  await using raw = await rawSocket(desk.url, { token: desk.users.operator.token });
  const id = randomUUID();

  proxy.stallAfter('COMMIT');
  const lost = await raw.command('create_client', { name: 'Committed' }, id);
  expect(lost).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  expect(lost.error.retryAfterMs).toBeGreaterThan(0);
  expect((await desk.http('viewer', 'GET', '/api/clients')).status).toBe(503);

  proxy.resume();
  await expect.poll(async () => (await desk.http(null, 'GET', '/health/ready')).status).toBe(200);
  const again = await raw.command('create_client', { name: 'Committed' }, id);
  expect(again.ok).toBe(true);
  const { body } = await desk.http('viewer', 'GET', '/api/clients');
  expect(body.items).toEqual([again.data.client]);
  await expectFoldsToEqualTables(desk.app);
});

test('[D2][R1] who follows a topic while the network to the database fails has every event once it is back', async () => {
  await using database = await testDatabase();
  await using proxy = await proxyTo(database.url);
  await using other = await testApp({ databaseUrl: database.url });
  await using desk = await testApp({ databaseUrl: proxy.url });
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  await raw.ask('subscribe', { topics: [{ topic: 'clients' }] });

  proxy.stall();
  expect((await desk.http(null, 'GET', '/health/ready')).status).toBe(503);
  expect((await desk.http(null, 'GET', '/health/live')).status).toBe(200);
  for (const name of ['One', 'Two', 'Three']) await other.run('create_client', { name });
  const refused = await raw.ask('subscribe', { topics: [{ topic: 'orders' }] });
  expect(refused).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  expect(raw.events).toEqual([]);

  proxy.resume();
  await expect.poll(() => raw.events.map(({ seq }) => seq), { timeout: 10_000 }).toEqual([1, 2, 3]);
  expect((await raw.ask('subscribe', { topics: [{ topic: 'orders' }] })).ok).toBe(true);
});

test('[D2] a table that somebody keeps locked is "unavailable" to readers, not a wait without end', async () => {
  await using desk = await testApp();
  let release = () => {};
  const locked = new Promise<void>((resolve) => {
    release = resolve;
  });
  const holding = desk.app.database.writer.$transaction(
    async (tx) => {
      await tx.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = 0`;
      await tx.$executeRaw`LOCK TABLE "order", "session" IN ACCESS EXCLUSIVE MODE`;
      await locked;
    },
    { timeout: 60_000 },
  );
  await expect
    .poll(() => desk.app.database.reader.$queryRaw`SELECT 1 FROM pg_locks WHERE mode = 'AccessExclusiveLock'`)
    .not.toEqual([]);
  const { status, body } = await desk.http('viewer', 'GET', '/api/orders');
  expect({ status, code: body.code }).toEqual({ status: 503, code: 'unavailable' });
  expect((await desk.http(null, 'GET', '/health/ready')).status).toBe(200);
  release();
  await holding;
  expect((await desk.http('viewer', 'GET', '/api/orders')).status).toBe(200);
});

test('[D2] one connection of many that falls silent is destroyed and not used again; the database is not taken for away', async () => {
  await using database = await testDatabase();
  await using proxy = await proxyTo(database.url);
  const told: string[] = [];
  const health = new DatabaseHealth(new Probe(database.url), { ...UNTOLD, away: (why) => told.push(why) });
  const pool = new WatchedPool(proxy.url, { max: 1, options: '', silentMs: 300 }, health);
  const client = await pool.connect();
  const { rows: before } = await client.query('SELECT pg_backend_pid() AS pid');
  proxy.stall();
  const hanging = client.query('BEGIN');
  await expect(hanging).rejects.toThrow('The database does not answer.');
  // As Prisma does after a failed statement: it rolls back and gives the connection back as if it were sound.
  await expect(client.query('ROLLBACK')).rejects.toThrow();
  client.release();
  proxy.resume();
  const { rows: after } = await pool.query('SELECT pg_backend_pid() AS pid');
  expect(after).not.toEqual(before);
  expect(told).toEqual([]);
  health.close();
  await pool.end();
});
