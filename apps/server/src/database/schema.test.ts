import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { emptyDatabase } from '../../test/database.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');

test('the migrations lead to what schema.prisma says', async () => {
  await using database = await emptyDatabase();
  const diff = [
    'migrate',
    'diff',
    '--from-migrations',
    'prisma/migrations',
    '--to-schema',
    'prisma/schema.prisma',
  ];
  const { stdout } = await promisify(execFile)(process.execPath, [prisma, ...diff], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: database.url },
  });
  expect(stdout).toContain('No difference detected');
});
