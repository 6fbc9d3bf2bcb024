/**
 * `pnpm dev`: the server from its sources, started again when they change. It brings its own database and serves the
 * web app, so there is nothing else to start.
 */
import { join } from 'node:path';
import { DevelopmentServer } from './dev/server.ts';
import { whenLauncherIsGone } from './launcher.ts';
import { root, run, stopAll } from './process.ts';

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
  const server = new DevelopmentServer({
    command: [process.execPath, '--import', 'tsx', join(root, 'apps/server/src/main.ts')],
    cwd: root,
    env,
    // Vite follows what the web app has.
    sources: ['apps/server/src', 'packages/events/src', 'prisma/migrations'].map((folder) =>
      join(root, folder),
    ),
  });
  stop = () => server.stop();
  return server.run();
}
