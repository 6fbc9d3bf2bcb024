import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { run } from '../process.ts';

const INSTALL_MS = 15 * 60_000;

/** Installs a package where that can be done: on Debian, as root. Whether it worked is for the caller to see. */
export async function installFromDebian(name: string): Promise<void> {
  if (!existsSync('/etc/debian_version') || process.getuid?.() !== 0) return;
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run(['sh', '-c', 'apt-get update && apt-get install -y "$0"', name], env, INSTALL_MS);
}

/** Where a program is; empty if it is not there. */
export function pathOf(program: string): string {
  return spawnSync('sh', ['-c', 'command -v "$0"', program], { encoding: 'utf8' }).stdout.trim();
}

/**
 * The programs that the newcomer's test calls as the README and a shell do. A missing one is installed as Chromium is.
 *
 * @throws Error that says what to install
 */
export async function ensurePrograms(): Promise<void> {
  for (const program of ['git', 'curl']) {
    if (pathOf(program) === '') await installFromDebian(program);
    if (pathOf(program) === '') throw new Error(`The tests need ${program}. Install it and run them again.`);
  }
}
