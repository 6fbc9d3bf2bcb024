import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const POLL_MS = 1000;
/** What stands between a person's shell and our scripts: npx, pnpm, the shell that runs the script, tsx. */
const LAUNCHER = /\b(npx|npm|pnpm|tsx)\b|^(\/\S*\/)?(ba|da)?sh -c /;

interface Link {
  pid: number;
  parent: number;
}

/**
 * Calls back once when one of the programs that started this one is gone. Signals alone do not tell: `kill -9` of pnpm
 * or npx reaches nobody below them.
 */
export function whenLauncherIsGone(then: () => void): void {
  const chain = launchers();
  const timer = setInterval(() => {
    if (chain.every(({ pid, parent }) => processAt(pid)?.parent === parent)) return;
    clearInterval(timer);
    then();
  }, POLL_MS);
  timer.unref();
}

function launchers(): Link[] {
  const chain: Link[] = [{ pid: process.pid, parent: process.ppid }];
  for (let pid = process.ppid; pid > 1; ) {
    const found = processAt(pid);
    if (!found || !LAUNCHER.test(found.command)) break;
    chain.push({ pid, parent: found.parent });
    pid = found.parent;
  }
  return chain;
}

function processAt(pid: number): { parent: number; command: string } | null {
  try {
    if (process.platform !== 'linux') {
      const line = execFileSync('ps', ['-o', 'ppid=,command=', '-p', String(pid)], {
        encoding: 'utf8',
      }).trim();
      const [, parent, command = ''] = /^(\d+)\s+(.*)$/.exec(line) ?? [];
      return { parent: Number(parent), command };
    }
    // After the name, which may contain anything but ends with the last bracket: state, parent.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, , parent] = stat.slice(stat.lastIndexOf(')')).split(' ');
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return { parent: Number(parent), command };
  } catch {
    return null;
  }
}
