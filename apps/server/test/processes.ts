import { readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** The processes of the PostgreSQL on a data folder, the postmaster first; what has ended is not among them. */
export async function postgresProcesses(dataDir: string): Promise<number[]> {
  const folder = join(dataDir, 'postgres');
  const postmaster = Number.parseInt(
    await readFile(join(folder, 'postmaster.pid'), 'utf8').catch(() => ''),
    10,
  );
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    const cwd = /^\d+$/.test(name) ? await readlink(`/proc/${name}/cwd`).catch(() => '') : '';
    if (cwd === folder) found.push(Number(name));
  }
  return found.sort((a, b) => Number(b === postmaster) - Number(a === postmaster));
}

/** @returns what lets them go on */
export async function freeze(dataDir: string): Promise<() => void> {
  const frozen = await postgresProcesses(dataDir);
  for (const pid of frozen) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of frozen) signal(pid, 'SIGCONT');
  };
}

/** One that has ended meanwhile needs none. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It is gone.
  }
}
