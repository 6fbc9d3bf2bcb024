import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** Several files saved together are one change. */
const SETTLE_MS = 100;
const isSource = (name: string | null): boolean =>
  name === null || (/\.(ts|json|sql)$/.test(name) && !/\.test\.ts$/.test(name));

/**
 * Calls back when a source in one of the folders, or below, was written, came or went. Each folder is watched by itself:
 * Node's own recursive watch loses files that an editor replaces.
 *
 * @returns ends it
 */
export function watchFolders(folders: readonly string[], changed: () => void): () => void {
  const watchers = new Map<string, FSWatcher>();
  let settled: NodeJS.Timeout | undefined;
  const tell = (): void => {
    clearTimeout(settled);
    settled = setTimeout(changed, SETTLE_MS);
  };
  const look = (folder: string): FSWatcher =>
    watch(folder, (kind, name) => {
      // What came may be a folder, in which files were written before anybody watched.
      const came = kind === 'rename' && follow();
      if (came || isSource(name)) tell();
    });
  /** @returns whether there are more folders than before */
  const follow = (): boolean => {
    const present = new Set(folders.flatMap((folder) => [folder, ...foldersBelow(folder)]));
    for (const [folder, watcher] of watchers) {
      if (present.has(folder)) continue;
      watcher.close();
      watchers.delete(folder);
    }
    const more = [...present].filter((folder) => !watchers.has(folder));
    for (const folder of more) watchers.set(folder, look(folder));
    return more.length > 0;
  };
  follow();
  return () => {
    clearTimeout(settled);
    for (const watcher of watchers.values()) watcher.close();
  };
}

function foldersBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => [join(folder, name), ...foldersBelow(join(folder, name))]);
  } catch {
    // It went while it was read.
    return [];
  }
}
