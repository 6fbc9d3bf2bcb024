import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

export interface TestDatabase extends AsyncDisposable {
  /** For `connectDatabase`, `pg` and Prisma. */
  url: string;
}

/**
 * A database of the test's own, with our tables and no rows: `await using database = await testDatabase()`. It is
 * dropped at the end of the block, with the connections that are still open.
 */
export async function testDatabase(template: string = inject('templateDatabase')): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(inject('adminUrl'));
  url.pathname = `/${name}`;
  return {
    url: url.href,
    [Symbol.asyncDispose]: () => asAdmin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

/** Without our tables. */
export function emptyDatabase(): Promise<TestDatabase> {
  return testDatabase('template0');
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
