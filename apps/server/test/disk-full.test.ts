import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { attachEmbeddedPostgres } from '../src/database/embedded.ts';
import { MAY_MOUNT, smallDisk } from './disk.ts';
import { outside } from './outside.ts';
import { dataFolder, startServer } from './server-process.ts';
import { rawSocket } from './socket.ts';

const LONG = { timeout: 30_000, interval: 50 };

/** The log goes on in a new file, for which there is no room: PostgreSQL gives up (PANIC). */
async function needRoom(dataDir: string): Promise<void> {
  const attached = await attachEmbeddedPostgres(join(dataDir, 'postgres'));
  const client = new pg.Client({ connectionString: attached?.url });
  client.on('error', () => {});
  await client.connect();
  const ended = new Promise((resolve) => client.once('end', resolve));
  for (;;) {
    const isGone = await client.query("SELECT pg_logical_emit_message(true, '', repeat('x', 4000000))").then(
      () => false,
      () => true,
    );
    if (isGone) break;
  }
  await client.end();
  await ended;
}

/** Only root may have a disk of its own; elsewhere this is not tested. */
test.runIf(MAY_MOUNT)(
  '[D1][C2] a disk that is full while the log grows: PostgreSQL is started again once there is room, and without room the server ends with what it said',
  async () => {
    await using folder = await dataFolder();
    await using disk = smallDisk(folder.path, 160);
    await using server = await startServer(folder.path, { DATABASE_PATIENCE_MS: '3000' });
    const desk = await outside(server);
    await using raw = await rawSocket(server.url, { token: desk.token });
    const id = randomUUID();
    const first = await raw.command('create_client', { name: 'First' }, id);
    expect(first.ok).toBe(true);

    const makeRoom = await disk.fill();
    await needRoom(folder.path);
    expect((await desk.ask('/api/orders')).body).toMatchObject({ code: 'unavailable' });
    expect((await raw.command('create_client', { name: 'Second' })).error).toMatchObject({
      code: 'unavailable',
    });
    await expect.poll(() => server.output(), LONG).toMatch(/PostgreSQL ended by itself/);
    await makeRoom();
    await expect.poll(async () => (await desk.ask('/health/ready')).status, LONG).toBe(200);
    expect((await raw.command('create_client', { name: 'First' }, id)).data).toEqual(first.data);
    expect((await desk.ask('/api/clients')).body.total).toBe(1);

    await disk.fill();
    await needRoom(folder.path);
    expect(await server.exited).toBe(1);
    expect(server.output()).toMatch(/PANIC: .*No space left on device/);
    expect(server.output()).toMatch(/Almenara stops: (.*\n)*.*No space left on device/);
  },
  120_000,
);
