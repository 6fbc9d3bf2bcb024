import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether this machine lets us have a disk of our own, which only root may. */
export const MAY_MOUNT =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  outcomeOf('unshare', '-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt').status === 0;

export interface SmallDisk extends AsyncDisposable {
  /** Leaves no byte free. @returns what makes room again */
  fill(): Promise<() => Promise<void>>;
}

/** A disk of `megabytes`, in memory, on an empty folder. */
export function smallDisk(folder: string, megabytes: number): SmallDisk {
  run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', folder);
  return {
    fill: async () => {
      const ballast = join(folder, 'ballast');
      const file = await open(ballast, 'w');
      const block = Buffer.alloc(65_536);
      try {
        for (;;) await file.write(block);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        await file.close();
      }
      return () => rm(ballast);
    },
    // Lazily: a process that is just ending may still have a file open.
    [Symbol.asyncDispose]: async () => run('umount', '-l', folder),
  };
}

function run(command: string, ...args: string[]): void {
  const { status, stderr } = outcomeOf(command, ...args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

function outcomeOf(command: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { encoding: 'utf8' });
}
