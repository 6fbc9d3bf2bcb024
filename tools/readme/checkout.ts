import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../process.ts';

/** Somebody without rights: whoever runs the tests, or where that is root, nobody. */
export interface Person {
  readonly uid?: number;
  readonly gid?: number;
}

export function ordinaryPerson(): Person {
  if (process.getuid?.() !== 0) return {};
  const id = (option: string): number => Number(execFileSync('id', [option, 'nobody'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * A clone of this checkout, in a home of its own that nobody else may enter. Tracked files are as they are now, so that
 * a run before a commit tests what it will be.
 */
export interface Checkout extends Disposable {
  readonly home: string;
  readonly folder: string;
}

/** @param name of the folder: people put projects into folders of any name */
export function cloneCheckout(name: string, person: Person = {}): Checkout {
  const home = mkdtempSync(join(placeFor(person), 'almenara-newcomer-'));
  const folder = join(home, name);
  git(root, 'clone', '--quiet', '--no-hardlinks', root, folder);
  for (const file of git(root, 'diff', '--name-only', '-z', 'HEAD').split('\0').filter(Boolean)) {
    const here = join(root, file);
    const there = join(folder, file);
    rmSync(there, { recursive: true, force: true });
    if (!existsSync(here)) continue;
    mkdirSync(dirname(there), { recursive: true });
    copyFileSync(here, there);
  }
  if (person.uid !== undefined) execFileSync('chown', ['-R', `${person.uid}:${person.gid}`, home]);
  return {
    home,
    folder,
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }),
  };
}

/** What git says of what has changed there. */
export const changesIn = (folder: string): string => git(folder, 'status', '--porcelain');

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-c', 'safe.directory=*', '-C', folder, ...args], { encoding: 'utf8' });
}

/** The temporary folder may be root's alone. */
function placeFor({ uid, gid }: Person): string {
  if (uid === undefined) return tmpdir();
  try {
    execFileSync('test', ['-x', tmpdir()], { uid, gid });
    return tmpdir();
  } catch {
    return '/tmp';
  }
}
