import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, test } from 'vitest';
import { emptyDatabase } from '../../test/database.ts';
import { applyMigrations, MigrationError } from './migrate.ts';

interface Folder extends AsyncDisposable {
  dir: string;
  write(name: string, script: string): Promise<void>;
}

async function migrationsFolder(scripts: Record<string, string>): Promise<Folder> {
  const dir = await mkdtemp(join(tmpdir(), 'almenara-migrations-'));
  const write = async (name: string, script: string) => {
    await mkdir(join(dir, name), { recursive: true });
    await writeFile(join(dir, name, 'migration.sql'), script);
  };
  await writeFile(join(dir, 'migration_lock.toml'), 'provider = "postgresql"\n');
  for (const [name, script] of Object.entries(scripts)) await write(name, script);
  return { dir, write, [Symbol.asyncDispose]: () => rm(dir, { recursive: true }) };
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

const CREATE = "CREATE TABLE beacon (name TEXT); -- one; two\nINSERT INTO beacon VALUES ('Cádiz');";
const LIGHT = 'ALTER TABLE beacon ADD COLUMN lit BOOLEAN NOT NULL DEFAULT false;';

test('migrations are applied once, in the order of their names, and recorded as Prisma does', async () => {
  await using database = await emptyDatabase();
  await using folder = await migrationsFolder({ '20260102_light': LIGHT, '20260101_create': CREATE });

  expect(await applyMigrations(database.url, folder.dir)).toEqual({
    applied: ['20260101_create', '20260102_light'],
  });
  expect(await applyMigrations(database.url, folder.dir)).toEqual({ applied: [] });

  expect(await query(database.url, 'SELECT * FROM beacon')).toEqual([['Cádiz', false]]);
  expect(
    await query(
      database.url,
      `SELECT migration_name, checksum = encode(sha256(convert_to($$${LIGHT}$$, 'UTF8')), 'hex'),
              applied_steps_count, logs, rolled_back_at, finished_at >= started_at
       FROM _prisma_migrations ORDER BY migration_name DESC LIMIT 1`,
    ),
  ).toEqual([['20260102_light', true, 1, null, null, true]]);
});

test('servers that start at once apply each migration once', async () => {
  await using database = await emptyDatabase();
  await using folder = await migrationsFolder({
    '1_create': CREATE,
    '2_wait': 'SELECT pg_sleep(0.2)',
    '3_light': LIGHT,
  });
  const pool = new pg.Pool({
    connectionString: database.url,
    max: 4,
    options: '-c lock_timeout=50 -c statement_timeout=50',
  });
  try {
    const runs = await Promise.all(Array.from({ length: 4 }, () => applyMigrations(pool, folder.dir)));
    expect(runs.flatMap(({ applied }) => applied)).toEqual(['1_create', '2_wait', '3_light']);
    expect((await pool.query('SHOW lock_timeout')).rows).toEqual([{ lock_timeout: '50ms' }]);
  } finally {
    await pool.end();
  }
});

test('a migration that fails is undone and can be repaired', async () => {
  await using database = await emptyDatabase();
  await using folder = await migrationsFolder({
    '1_create': CREATE,
    '2_typo': `${LIGHT} DROP TABLE baecon;`,
  });

  await expect(applyMigrations(database.url, folder.dir)).rejects.toThrow(
    'Migration 2_typo failed and was undone: table "baecon" does not exist',
  );
  expect(await query(database.url, 'SELECT * FROM beacon')).toEqual([['Cádiz']]);

  await folder.write('2_typo', LIGHT);
  expect(await applyMigrations(database.url, folder.dir)).toEqual({ applied: ['2_typo'] });
});

test('a migration that was changed after it was applied is refused', async () => {
  await using database = await emptyDatabase();
  await using folder = await migrationsFolder({ '1_create': CREATE });
  await applyMigrations(database.url, folder.dir);

  await folder.write('1_create', CREATE.replaceAll('\n', '\r\n'));
  expect(await applyMigrations(database.url, folder.dir)).toEqual({ applied: [] });

  await folder.write('1_create', `${CREATE} `);
  await folder.write('2_light', LIGHT);
  const refused = applyMigrations(database.url, folder.dir);
  await expect(refused).rejects.toThrow('Migration 1_create was changed after');
  await expect(refused).rejects.toBeInstanceOf(MigrationError);
  expect(await query(database.url, 'SELECT * FROM beacon')).toEqual([['Cádiz']]);
});

test('a database on which Prisma left a failed migration is refused until that is resolved', async () => {
  await using database = await emptyDatabase();
  await using folder = await migrationsFolder({ '1_create': CREATE });
  await applyMigrations(database.url, folder.dir);
  await query(database.url, 'UPDATE _prisma_migrations SET finished_at = NULL');
  await expect(applyMigrations(database.url, folder.dir)).rejects.toThrow(
    'Migration 1_create failed on this database before',
  );

  await query(database.url, 'UPDATE _prisma_migrations SET rolled_back_at = now(); DROP TABLE beacon');
  expect(await applyMigrations(database.url, folder.dir)).toEqual({ applied: ['1_create'] });
});

test('a database of a newer version is refused', async () => {
  await using database = await emptyDatabase();
  await using newer = await migrationsFolder({ '1_create': CREATE, '2_light': LIGHT });
  await using older = await migrationsFolder({ '1_create': CREATE });
  await applyMigrations(database.url, newer.dir);
  await expect(applyMigrations(database.url, older.dir)).rejects.toThrow(
    '2_light, which this version does not know',
  );
});
