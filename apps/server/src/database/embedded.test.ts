import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { attachEmbeddedPostgres, EmbeddedPostgresError, startEmbeddedPostgres } from './embedded.ts';
import { detectHost } from './embedded-launch.ts';

/** A private folder, as `mktemp -d` and many home folders are. */
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almenara-embedded-'));
  await chmod(folder, 0o700);
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'template') });
  await database.stop();
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The data of a server that has run and stopped; copying is faster than setting up. */
async function usedFolder(name: string): Promise<string> {
  await cp(join(folder, 'template'), join(folder, name), { recursive: true });
  return join(folder, name);
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function startInChild(
  dataDir: string,
  flags: string[] = [],
): Promise<{ child: ChildProcess; url: string }> {
  const script = fileURLToPath(new URL('../../test/embedded-child.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, dataDir, ...flags], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const url of createInterface({ input: child.stdout })) return { child, url };
  throw new Error('The child ended before PostgreSQL was ready.');
}

async function postmasterPid(dataDir: string): Promise<number> {
  return Number.parseInt(await readFile(join(dataDir, 'postmaster.pid'), 'utf8'), 10);
}

function processExists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  const error = await promise.then(
    () => new Error('It was not refused.'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(EmbeddedPostgresError);
  return error instanceof Error ? error : new Error(String(error));
}

test('a fresh start sets up a safe database that only its own password opens', async () => {
  const database = await startEmbeddedPostgres({ dataDir: join(folder, 'fresh') });
  try {
    const settings = [
      'fsync',
      'full_page_writes',
      'server_encoding',
      'lc_collate',
      'listen_addresses',
      'max_connections',
    ];
    expect(
      await query(
        database.url,
        `SELECT coalesce(current_setting(name, true), (SELECT datcollate FROM pg_database WHERE datname = current_database()))
         FROM unnest('{${settings}}'::text[]) WITH ORDINALITY AS setting (name, place) ORDER BY place`,
      ),
    ).toEqual(['on', 'on', 'UTF8', 'C', '', '60']);
    expect(await query(database.url, 'SELECT current_database()')).toEqual(['almenara']);

    const stranger = new URL(database.url);
    stranger.password = 'guess';
    await expect(query(String(stranger), 'SELECT 1')).rejects.toThrow('password authentication failed');
    expect((await stat(join(folder, 'fresh', 'almenara.password'))).mode & 0o777).toBe(0o600);
    const socketFolder = new URL(database.url).searchParams.get('host') ?? '';
    expect((await stat(socketFolder)).mode & 0o777).toBe(0o700);
    expect(`${socketFolder}/.s.PGSQL.5432`.length).toBeLessThan(100);
  } finally {
    await database.stop();
  }
});

test('Prisma connects with the same URL', async () => {
  const database = await startEmbeddedPostgres({ dataDir: await usedFolder('prisma') });
  try {
    const adapter = await new PrismaPg({ connectionString: database.url }).connect();
    const { rows } = await adapter.queryRaw({ sql: 'SELECT current_user::text', args: [], argTypes: [] });
    expect(rows).toEqual([['almenara']]);
    await adapter.dispose();
  } finally {
    await database.stop();
  }
});

test('a restart keeps the data and the address; stopping twice is stopping once', async () => {
  const dataDir = await usedFolder('restart');
  const before = await startEmbeddedPostgres({ dataDir });
  await query(before.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await Promise.all([before.stop(), before.stop()]);

  const after = await startEmbeddedPostgres({ dataDir });
  try {
    expect(after.url).toBe(before.url);
    expect(await query(after.url, 'SELECT answer FROM kept')).toEqual([42]);
  } finally {
    await after.stop();
    await after.stop();
  }
});

describe('a second start on the same data', () => {
  test('is refused with the process that holds them, and a tool can attach instead', async () => {
    expect(await attachEmbeddedPostgres(join(folder, 'never-started'))).toBeNull();
    const dataDir = await usedFolder('held');
    expect(await attachEmbeddedPostgres(dataDir)).toBeNull();

    const first = await startEmbeddedPostgres({ dataDir });
    try {
      const { message } = await errorOf(startEmbeddedPostgres({ dataDir }));
      expect(message).toContain(`process ${await postmasterPid(dataDir)}`);
      expect(message).toContain(dataDir);

      const attached = await attachEmbeddedPostgres(dataDir);
      expect(attached?.url).toBe(first.url);
      expect(await query(attached?.url ?? '', 'SELECT 1')).toEqual([1]);
    } finally {
      await first.stop();
    }
    expect(await attachEmbeddedPostgres(dataDir)).toBeNull();
  });

  test('of two first starts at once one wins and the other is refused', async () => {
    const dataDir = join(folder, 'race');
    const starts = await Promise.allSettled([
      startEmbeddedPostgres({ dataDir }),
      startEmbeddedPostgres({ dataDir }),
    ]);
    await Promise.all(starts.map((start) => start.status === 'fulfilled' && start.value.stop()));
    expect(starts.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const restarted = await startEmbeddedPostgres({ dataDir });
    await restarted.stop();
  });
});

describe('after kill -9 of the server', () => {
  test.each([
    { by: 'the kernel', flags: [], atOnce: false },
    { by: 'a watcher', flags: ['--without-death-signal'], atOnce: false },
    { by: 'the kernel while the next server starts', flags: [], atOnce: true },
  ])('PostgreSQL is ended by $by, and what was committed is there', async ({ flags, atOnce }) => {
    const dataDir = await usedFolder(`killed-${atOnce}${flags.join('')}`);
    const { child, url } = await startInChild(dataDir, flags);
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await postmasterPid(dataDir);

    child.kill('SIGKILL');
    if (!atOnce)
      await vi.waitFor(() => expect(processExists(pid)).toBe(false), { timeout: 5000, interval: 50 });
    const next = await startEmbeddedPostgres({ dataDir });
    try {
      expect(await postmasterPid(dataDir)).not.toBe(pid);
      expect(await query(next.url, 'SELECT answer FROM kept')).toEqual([42]);
    } finally {
      await next.stop();
    }
  });
});

test("the lock of a killed PostgreSQL whose pid is another program's now does not block", async () => {
  const dataDir = await usedFolder('stale');
  await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n5432\n/tmp\n\n\nready\n`);
  expect(await attachEmbeddedPostgres(dataDir)).toBeNull();
  const database = await startEmbeddedPostgres({ dataDir });
  await database.stop();
});

test("the socket's lock that names another program's pid does not block either", async () => {
  const dataDir = await usedFolder('socket-lock');
  const first = await startEmbeddedPostgres({ dataDir });
  const socketFolder = new URL(first.url).searchParams.get('host') ?? '';
  await first.stop();
  await mkdir(socketFolder, { recursive: true, mode: 0o700 });
  await writeFile(join(socketFolder, '.s.PGSQL.5432.lock'), `${process.ppid}\n${dataDir}\n0\n5432\n`);
  const again = await startEmbeddedPostgres({ dataDir });
  await again.stop();
});

test.runIf(process.platform === 'linux')(
  '[D1] killed beside a frozen session that would hold its memory for ever, it is started again on the same address',
  async () => {
    const dataDir = await usedFolder('frozen-session');
    const told: string[] = [];
    const database = await startEmbeddedPostgres({ dataDir, log: ({ text }) => told.push(text) });
    const client = new pg.Client({ connectionString: database.url });
    client.on('error', () => {});
    await client.connect();
    await client.query('CREATE TABLE kept AS SELECT 42 AS answer');
    const [{ pid: session }] = (await client.query('SELECT pg_backend_pid() AS pid')).rows;
    process.kill(session, 'SIGSTOP');
    process.kill(await postmasterPid(dataDir), 'SIGKILL');
    await vi.waitFor(() => expect(told.join('\n')).toMatch(/runs again/), { timeout: 20_000, interval: 20 });
    expect(await query(database.url, 'SELECT answer FROM kept')).toEqual([42]);
    await client.end();
    await database.stop();
  },
);

test.runIf(detectHost().root)(
  'root without user namespaces runs PostgreSQL as the owner of the data',
  async () => {
    const dataDir = join(folder, 'container');
    const host = { ...detectHost(), userNamespaces: false };
    const first = await startEmbeddedPostgres({ dataDir }, host);
    await first.stop();
    expect((await stat(dataDir)).uid).toBe(65534);

    const again = await startEmbeddedPostgres({ dataDir });
    try {
      expect(await query(again.url, 'SELECT 1')).toEqual([1]);
    } finally {
      await again.stop();
    }
  },
);

test('a set-up that was interrupted does not get in the way', async () => {
  const dataDir = await usedFolder('interrupted');
  await mkdir(join(`${dataDir}.draft-abc`, 'data'), { recursive: true });
  await writeFile(join(`${dataDir}.draft-abc`, 'data', 'PG_VERSION'), '18\n');
  await utimes(`${dataDir}.draft-abc`, 0, 0);
  const database = await startEmbeddedPostgres({ dataDir });
  await database.stop();
  expect(await readdir(folder)).not.toContain('interrupted.draft-abc');
});

test('data of another major version are refused with what to do, and left alone', async () => {
  const dataDir = join(folder, 'old');
  await mkdir(dataDir);
  await writeFile(join(dataDir, 'PG_VERSION'), '16\n');
  const { message } = await errorOf(startEmbeddedPostgres({ dataDir }));
  expect(message).toMatch(/written by PostgreSQL 16, .* brings PostgreSQL 18/);
  expect(message).toContain('pg_dump');
  expect(await readdir(dataDir)).toEqual(['PG_VERSION']);
});

test('a folder with other files is refused and left alone', async () => {
  const dataDir = join(folder, 'photos');
  await mkdir(dataDir);
  await writeFile(join(dataDir, 'cat.jpg'), '');
  const { message } = await errorOf(startEmbeddedPostgres({ dataDir }));
  expect(message).toContain('neither empty nor PostgreSQL');
  expect(await readdir(dataDir)).toEqual(['cat.jpg']);
});
