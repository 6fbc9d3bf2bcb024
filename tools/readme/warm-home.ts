import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../process.ts';
import type { Person } from './checkout.ts';

/**
 * Gives somebody else's home what has been downloaded already: pnpm, and the packages in its store. They get folders of
 * their own; of the store's files, which nobody changes, the same ones where the file system allows it.
 */
export function warmHome(home: string, { uid, gid }: Person): void {
  const store = execFileSync('npx', ['-y', 'pnpm@12', 'store', 'path'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  const theirs = join(home, '.local/share/pnpm/store', store.slice(dirname(store).length));
  mkdirSync(theirs, { recursive: true });
  copy(join(store, 'files'), join(theirs, 'files'), ['-al']);
  copy(join(store, 'index.db'), join(theirs, 'index.db'), ['-R']);
  const npx = join(process.env.npm_config_cache ?? join(homedir(), '.npm'), '_npx');
  mkdirSync(join(home, '.npm'), { recursive: true });
  copy(npx, join(home, '.npm/_npx'), ['-R']);
  if (uid === undefined) return;
  execFileSync('chown', ['-R', `${uid}:${gid}`, join(home, '.npm'), join(theirs, 'index.db')]);
  execFileSync('find', [join(home, '.local'), '-type', 'd', '-exec', 'chown', `${uid}:${gid}`, '{}', '+']);
}

function copy(from: string, to: string, options: string[]): void {
  if (!existsSync(from)) return;
  try {
    execFileSync('cp', [...options, from, to], { stdio: 'ignore' });
  } catch {
    // Another file system.
    execFileSync('cp', ['-R', `${from}/.`, to]);
  }
}
