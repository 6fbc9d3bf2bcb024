import { randomUUID } from 'node:crypto';
import { topicName } from '@almenara/events';
import pg from 'pg';
import { expect, test } from 'vitest';
import { FakeClock } from '../src/fake-clock.ts';
import { stockedDesk, testApp } from './app.ts';
import { rawSocket } from './socket.ts';
import { expectFoldsToEqualTables } from './topics.ts';

test('[C1] commands whose connection is cut in the middle answer "unavailable"; sent again each takes effect once', async () => {
  await using desk = await testApp();
  const actor = { userId: desk.users.operator.id, role: 'operator' } as const;
  const cutting = new pg.Client({ connectionString: desk.databaseUrl });
  await cutting.connect();
  let running = true;
  const cutter = (async () => {
    for (let cuts = 0; running && cuts < 25; ) {
      // Not whoever asks whether the database is there: it is.
      const { rows } = await cutting.query(`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND state <> 'idle' AND pid <> pg_backend_pid()
          AND application_name <> 'almenara probe'
        LIMIT 1`);
      cuts += rows.length;
    }
    await cutting.end();
  })();

  const codes = new Set<string>();
  const names = Array.from({ length: 60 }, (_, i) => `Client ${i}`);
  await Promise.all(
    names.map(async (name) => {
      const id = randomUUID();
      for (;;) {
        const outcome = await desk.app.bus.run(actor, 'create_client', { name }, id);
        if (outcome.ok) return;
        codes.add(outcome.error.code);
        if (codes.size > 1 || !codes.has('unavailable')) return;
      }
    }),
  );
  running = false;
  await cutter;

  expect([...codes].filter((code) => code !== 'unavailable')).toEqual([]);
  const { body } = await desk.http('viewer', 'GET', '/api/clients?limit=200');
  expect(body.items.map((client: { name: string }) => client.name).sort()).toEqual(names.toSorted());
  await expectFoldsToEqualTables(desk.app);
}, 60_000);

test('a writer that froze while it held a topic is thrown out by the database, and the others go on', async () => {
  await using desk = await testApp({ config: { DATABASE_WRITERS: 2 } });
  await desk.run('create_client', { name: 'Before' });
  let release = () => {};
  const frozen = desk.app.database.writer.$transaction(
    async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM topic WHERE name = ${topicName('clients')} FOR UPDATE`;
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      await tx.$executeRaw`SELECT 1`;
    },
    { timeout: 60_000 },
  );
  const ended = expect(frozen).rejects.toThrow();
  await expect
    .poll(() => desk.app.database.accounts.$queryRaw`SELECT 1 FROM pg_locks WHERE mode = 'RowShareLock'`)
    .not.toEqual([]);

  // Whoever has waited for five seconds is told so, and asks again.
  const actor = { userId: desk.users.operator.id, role: 'operator' } as const;
  const id = randomUUID();
  const send = () => desk.app.bus.run(actor, 'create_client', { name: 'After' }, id);
  await expect.poll(async () => (await send()).ok, { timeout: 30_000 }).toBe(true);

  release();
  await ended;
  expect((await desk.http('viewer', 'GET', '/api/clients')).body.total).toBe(2);
}, 60_000);

test('[R1] every 15 s the heads of topics that changed are told, so that a lost packet is noticed without another event', async () => {
  const clock = new FakeClock();
  await using desk = await testApp({ clock });
  await stockedDesk(desk, { products: 0 });
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const told: unknown[] = [];
  raw.socket.on('heads', (heads) => told.push(heads));
  const { data } = await raw.ask('subscribe', { topics: [{ topic: 'clients' }] });

  clock.advance(15_000);
  await expect.poll(() => told).toEqual([{ epoch: data.epoch, heads: { clients: 1 } }]);
  await desk.run('create_client', { name: 'Two' });
  // Heads name what was sent.
  await expect.poll(() => raw.events.length).toBe(1);
  await expect.poll(() => clock.pending).toBeGreaterThanOrEqual(4);
  clock.advance(15_000);
  await expect.poll(() => told.at(-1)).toEqual({ epoch: data.epoch, heads: { clients: 2 } });
  expect(told).toHaveLength(2);
});

test('outcomes of commands are kept for 30 days and then forgotten; the log is not', async () => {
  const clock = new FakeClock();
  await using desk = await testApp({ clock });
  const db = desk.app.database.accounts;
  await desk.run('create_client', { name: 'Old' });
  clock.advance(29 * 86_400_000);
  await desk.run('create_client', { name: 'Young' });
  clock.advance(2 * 86_400_000);
  await expect.poll(() => db.command.count()).toBe(1);
  expect(await db.event.count({ where: { topic: 'clients' } })).toBe(2);
});
