import pg from 'pg';
import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';

async function tables(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace`,
    );
    return rows.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

test('each test has a migrated database of its own, also in parallel, and it is gone afterwards', async () => {
  const urls = await Promise.all(
    Array.from({ length: 6 }, async () => {
      await using database = await testDatabase();
      expect(await tables(database.url)).toContain('topic');
      return database.url;
    }),
  );
  expect(new Set(urls).size).toBe(6);
  for (const url of urls) await expect(tables(url)).rejects.toThrow('does not exist');
});
