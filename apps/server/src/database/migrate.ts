import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';

/** The migrations cannot be applied to this database; nothing was changed by the one that is named. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

interface Migration {
  name: string;
  script: string;
}

interface Recorded {
  migration_name: string;
  checksum: string;
  finished: boolean;
}

/** The key that Prisma's own migrations lock, so that its command line and we wait for each other. */
const LOCK = 72707369;

/** How long the database may take to let us in. */
const CONNECT_MS = 30_000;

/** Prisma's, to the letter: its command line reads and writes the same table. */
const TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

/**
 * Applies what is missing of `dir` (Prisma's `migrations` folder), each migration with its record in one transaction.
 * Several servers may start at once: one applies, the others wait for it. A migration must not contain what PostgreSQL
 * refuses in a transaction (CREATE INDEX CONCURRENTLY).
 *
 * @param options.signal ends it at once; the database undoes the migration under way
 * @param options.warn told of what a migration has found that somebody should look at
 * @throws MigrationError if one fails, or what is recorded in the database does not agree with the folder
 */
export async function applyMigrations(
  database: pg.Pool | string,
  dir: string,
  { signal, warn = () => {} }: { signal?: AbortSignal; warn?: (message: string) => void } = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(dir);
  const session = await openSession(database, signal);
  session.client.on('notice', ({ severity, message }) => {
    if (severity === 'WARNING' && message !== undefined) warn(message);
  });
  try {
    await session.client.query('SET lock_timeout = 0; SET statement_timeout = 0');
    await session.client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await session.client.query(TABLE);
    const recorded = await readRecorded(session.client);
    refuseDisagreement(migrations, recorded);
    const done = new Set(recorded.map(({ migration_name }) => migration_name));
    const missing = migrations.filter(({ name }) => !done.has(name));
    for (const migration of missing) await apply(session.client, migration);
    return { applied: missing.map(({ name }) => name) };
  } finally {
    // Ends the session, and with it the lock and the settings.
    await session.close();
  }
}

async function openSession(
  database: pg.Pool | string,
  signal?: AbortSignal,
): Promise<{ client: pg.ClientBase; close(): Promise<void> | void }> {
  if (typeof database !== 'string') {
    const client = await database.connect();
    return { client, close: () => client.release(true) };
  }
  signal?.throwIfAborted();
  const socket = new Socket();
  const client = new pg.Client({
    connectionString: database,
    connectionTimeoutMillis: CONNECT_MS,
    stream: () => socket,
  });
  client.on('error', () => {}); // The query that runs fails, and tells.
  // Also while it connects, and while the database is frozen: neither hears a goodbye.
  const giveUp = (): void => void socket.destroy();
  signal?.addEventListener('abort', giveUp);
  await client.connect();
  return {
    client,
    close: async () => {
      signal?.removeEventListener('abort', giveUp);
      if (!socket.destroyed) await client.end();
    },
  };
}

async function readMigrations(dir: string): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names
      .sort()
      .map(async (name) => ({ name, script: await readFile(join(dir, name, 'migration.sql'), 'utf8') })),
  );
}

async function readRecorded(client: pg.ClientBase): Promise<Recorded[]> {
  const { rows } = await client.query<Recorded>(
    `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
     FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

function refuseDisagreement(migrations: Migration[], recorded: Recorded[]): void {
  const scripts = new Map(migrations.map(({ name, script }) => [name, script]));
  for (const { migration_name: name, checksum, finished } of recorded) {
    const script = scripts.get(name);
    if (!finished) {
      throw new MigrationError(
        `Migration ${name} failed on this database before. Repair what it left, then say so with ` +
          `"prisma migrate resolve --applied ${name}" or "--rolled-back ${name}".`,
      );
    }
    if (script === undefined) {
      throw new MigrationError(
        `The database has migration ${name}, which this version does not know: a newer version has run on it. ` +
          'Start that version, or use another database.',
      );
    }
    if (!checksums(script).includes(checksum)) {
      throw new MigrationError(
        `Migration ${name} was changed after it had been applied to this database. Put its file back as it was, and ` +
          'make the change in a new migration.',
      );
    }
  }
}

async function apply(client: pg.ClientBase, { name, script }: Migration): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(script);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
      [randomUUID(), sha256(script), name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => {});
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(`Migration ${name} failed and was undone: ${reason}`, { cause });
  }
}

/** As it is, and with the other line ends: git may have changed them on the way to another computer. */
function checksums(script: string): string[] {
  const unix = script.replaceAll('\r\n', '\n');
  return [script, unix, unix.replaceAll('\n', '\r\n')].map(sha256);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
