import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportState } from '@almenara/events';
import { readKept, recordOf } from './kept-import.ts';

const FOLDER = 'almenara-imports-';
/** Names the desk whose files a folder has: no other one on this machine may find them. */
const DESK = 'desk';

export interface Found {
  readonly path: string;
  readonly state: ImportState;
}

/** The folder of a server's imports: in the temporary folder, with the files that it and those before it were brought. */
export class ImportsFolder {
  readonly #desk: string;
  readonly #keepMs: number;
  #made: Promise<string> | null = null;

  /** @param keepMs how long a file is kept after it was brought */
  constructor(databaseUrl: string, keepMs: number) {
    this.#desk = createHash('sha256').update(databaseUrl).digest('hex');
    this.#keepMs = keepMs;
  }

  async pathOf(id: string): Promise<string> {
    this.#made ??= this.#make();
    return join(await this.#made, `${id}.csv`);
  }

  /**
   * What servers of this desk have left that were killed or stopped in the middle: taken over, so that it is seen and
   * gone on with. Everything else that ended servers have left is removed: files of sales are nobody's business once
   * nobody keeps them.
   */
  async takeOver(now: Date): Promise<Found[]> {
    const found: Found[] = [];
    for (const name of await readdir(tmpdir())) {
      if (!name.startsWith(FOLDER) || isLive(name)) continue;
      const folder = join(tmpdir(), name);
      const desk = await readFile(join(folder, DESK), 'utf8').catch(() => null);
      if (desk === this.#desk) found.push(...(await this.#taken(folder, now)));
      else if (desk !== null && (await this.#isYoung(folder, now))) continue;
      await rm(folder, { recursive: true, force: true }).catch(() => {});
    }
    return found;
  }

  async remove(path: string): Promise<void> {
    await Promise.all([path, badPathOf(path), recordOf(path)].map((one) => rm(one, { force: true })));
  }

  /** @param kept whether the next server is to find what is left */
  async close(kept: boolean): Promise<void> {
    if (this.#made && !kept) await rm(await this.#made, { recursive: true, force: true });
  }

  async #make(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), `${FOLDER}${process.pid}-${STARTED}-`));
    await writeFile(join(folder, DESK), this.#desk, { mode: 0o600 });
    return folder;
  }

  async #taken(folder: string, now: Date): Promise<Found[]> {
    const found: Found[] = [];
    for (const name of await readdir(folder)) {
      if (!name.endsWith('.csv')) continue;
      const before = join(folder, name);
      const state = await readKept(before);
      if (!state || now.getTime() - Date.parse(state.createdAt) > this.#keepMs) continue;
      const path = await this.pathOf(state.id);
      for (const of of [(one: string) => one, badPathOf]) await rename(of(before), of(path)).catch(() => {});
      found.push({ path, state });
    }
    return found;
  }

  async #isYoung(folder: string, now: Date): Promise<boolean> {
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: 0 }));
    return now.getTime() - mtimeMs < this.#keepMs;
  }
}

export const badPathOf = (path: string): string => `${path}.bad`;

/** In a container every server in turn has the same process id: when it began tells them apart. */
const STARTED = Math.round(performance.timeOrigin);

function isLive(name: string): boolean {
  const [pid = Number.NaN, started] = name.slice(FOLDER.length).split('-').map(Number);
  if (pid === process.pid) return started === STARTED;
  return pid > 0 && isRunning(pid);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
