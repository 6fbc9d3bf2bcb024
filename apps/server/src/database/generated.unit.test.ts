import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** Of a process of its own: this one has globals of Vitest's. What Prisma's published runtime sets is not generated. */
const NEW_GLOBALS = `
  await import('@prisma/client/runtime/client');
  const before = new Set(Reflect.ownKeys(globalThis));
  const { PrismaClient } = await import('./generated/client.ts');
  if (typeof PrismaClient !== 'function') throw new Error('No client');
  console.log(JSON.stringify(Reflect.ownKeys(globalThis).filter((key) => !before.has(key)).map(String)));
`;

test('the generated client leaves nothing on globalThis: Vite’s plugins, in the same process, believe a __dirname that they find there', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', NEW_GLOBALS],
    { cwd: import.meta.dirname },
  );
  expect(JSON.parse(stdout)).toEqual([]);
});
