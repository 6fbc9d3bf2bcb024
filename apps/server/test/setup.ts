import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../src/database/embedded.ts';
import { applyMigrations } from '../src/database/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PostgreSQL on which databases can be created and dropped. */
    adminUrl: string;
    /** The database with our tables and no rows, of which every test gets a copy. */
    templateDatabase: string;
  }
}

const migrations = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url));

/** One PostgreSQL for all integration tests of a run: TEST_DATABASE_URL's, or one of our own for the time. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.TEST_DATABASE_URL ? { url: process.env.TEST_DATABASE_URL } : await ownServer();
  const template = `template_${randomUUID().replaceAll('-', '')}`;
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${template}`);
  await applyMigrations(databaseUrl(server.url, template), migrations);
  // A database that somebody is connected to cannot be copied.
  await admin.query(`ALTER DATABASE ${template} WITH ALLOW_CONNECTIONS false`);

  project.provide('adminUrl', server.url);
  project.provide('templateDatabase', template);
  return async () => {
    await admin.query(`DROP DATABASE ${template}`);
    await admin.end();
    if ('stop' in server) await server.stop();
  };
}

async function ownServer(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'almenara-test-'));
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durability: 'disposable' });
  return {
    url: server.url,
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
