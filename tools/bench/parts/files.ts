import { spawnSync } from 'node:child_process';

/**
 * How many files, and so connections, a process may have open here. Node raises its own soft limit as far as it may, and
 * its children inherit that.
 */
export function openFiles(): number {
  const said = spawnSync('sh', ['-c', 'ulimit -n'], { encoding: 'utf8' }).stdout;
  const limit = Number.parseInt(said, 10);
  return Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit;
}
