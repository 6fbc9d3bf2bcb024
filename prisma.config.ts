import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'prisma/config';
import { attachEmbeddedPostgres } from './apps/server/src/database/embedded.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(
  new URL('./tools/schema-engine.mjs', import.meta.url),
);
process.env.CHECKPOINT_DISABLE ??= '1';

/** Without DATABASE_URL: the database of the server that runs on DATA_DIR, if one does. `generate` needs none. */
async function runningDatabase(): Promise<string | undefined> {
  const attached = await attachEmbeddedPostgres(
    resolve(root, process.env.DATA_DIR ?? '.almenara', 'postgres'),
  );
  return attached?.url;
}

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? (await runningDatabase()) ?? '' },
});
