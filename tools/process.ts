import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const programs = join(root, 'node_modules/.bin');

/** How long a runner may clean up after itself, and turbo, which stands between us, give it. */
const GRACE_MS = 20_000;

export interface Outcome {
  ok: boolean;
  /** Why it ended, if not by itself with code 0. */
  reason: string;
}

let running: ChildProcess | undefined;
let stopped = false;

/**
 * Runs a command with its output on ours. It has a process group of its own, so that it is stopped with all that it
 * started, when it takes too long as well as on Ctrl-C.
 */
export async function run(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  timeoutMs: number,
): Promise<Outcome> {
  if (stopped) return { ok: false, reason: 'stopped' };
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd: root,
    env: { ...env, PATH: `${programs}:${env.PATH ?? ''}` },
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  running = child;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop(child);
  }, timeoutMs);
  const reason = await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) =>
      resolve(code === 0 ? '' : signal ? `ended by ${signal}` : `exit code ${code}`),
    );
  });
  clearTimeout(timer);
  running = undefined;
  // What a runner left behind would hold its port or its files against the next one.
  signal(child, 'SIGKILL');
  if (late) return { ok: false, reason: `not done after ${timeoutMs / 60_000} minutes` };
  // Some call it a success when they were asked to stop.
  if (stopped) return { ok: false, reason: 'stopped' };
  return { ok: reason === '', reason };
}

/** Stops what runs now; what is asked for later does not start. */
export function stopAll(): void {
  // Ctrl-C comes from the terminal and from those who pass it on; runners take a second one for impatience.
  if (stopped) return;
  stopped = true;
  if (running) stop(running);
}

function stop(child: ChildProcess): void {
  signal(child, 'SIGINT');
  setTimeout(() => {
    if (child.exitCode === null && child.signalCode === null) signal(child, 'SIGKILL');
  }, GRACE_MS).unref();
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, name);
  } catch {
    // The group is gone.
  }
}
