/**
 * `pnpm dev`: the server from its sources, started again when they change. It brings its own database and serves the
 * web app, so there is nothing else to start.
 */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { whenLauncherIsGone } from './launcher.ts';
import { programs, root, run, stopAll } from './process.ts';

/** The server's own shutdown takes less. */
const GRACE_MS = 20_000;
const GENERATE_MS = 5 * 60_000;

const env: NodeJS.ProcessEnv = {
  ...process.env,
  NODE_ENV: 'development',
  DEMO_DATA: process.env.DEMO_DATA ?? '1',
  TURBO_TELEMETRY_DISABLED: '1',
  CHECKPOINT_DISABLE: '1',
  DO_NOT_TRACK: '1',
};

let stop = stopAll;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop());
whenLauncherIsGone(() => stop());

const generated = await run(['turbo', 'run', 'generate', '--output-logs=errors-only'], env, GENERATE_MS);
process.exitCode = generated.ok ? await serve() : 1;

function serve(): Promise<number> {
  // With `kill -9` of this very process, the kernel tells the server.
  const tied = ['setpriv', '--pdeathsig', 'TERM'];
  const [program = '', ...args] = [
    ...(spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0 ? tied : []),
    join(programs, 'tsx'),
    'watch',
    '--clear-screen=false',
    join(root, 'apps/server/src/main.ts'),
  ];
  // A group of its own: Ctrl-C comes to us alone, and we pass it on once.
  const server = spawn(program, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  let asked = false;
  stop = () => {
    if (asked) return;
    asked = true;
    server.kill('SIGTERM');
    setTimeout(() => server.pid && process.kill(-server.pid, 'SIGKILL'), GRACE_MS).unref();
  };
  return new Promise((resolve) => {
    server.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    server.once('exit', (code) => resolve(asked ? 0 : (code ?? 1)));
  });
}
