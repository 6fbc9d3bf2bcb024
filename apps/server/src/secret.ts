import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from './config.ts';

/**
 * What signs session cookies. With a database of our own it is made once and kept beside the data; nodes that share
 * a database must be told the same one.
 */
export async function authSecret(config: Config): Promise<string> {
  if (config.AUTH_SECRET !== undefined) return config.AUTH_SECRET;
  if (config.DATABASE_URL !== undefined && config.NODE_ENV === 'production') {
    throw new Error(
      'AUTH_SECRET is not set. Nodes that share a database need one secret: set it to 32 or more random characters, ' +
        'as `openssl rand -hex 32` prints them.',
    );
  }
  const file = join(config.DATA_DIR, 'auth-secret');
  await mkdir(config.DATA_DIR, { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, randomBytes(32).toString('hex'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return (await readFile(file, 'utf8')).trim();
}
