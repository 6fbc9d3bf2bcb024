/** The built server on fresh data, for the browser tests. Ends when it is told to, and takes its data with it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { whenLauncherIsGone } from './launcher.ts';

const data = mkdtempSync(join(tmpdir(), 'almenara-e2e-'));
const server = spawn(
  process.execPath,
  [fileURLToPath(new URL('../apps/server/dist/main.js', import.meta.url))],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PUBLIC_URL: `http://127.0.0.1:${process.env.PORT}`,
      DATA_DIR: data,
      DEMO_DATA: '1',
      LOG_LEVEL: 'warn',
      // All tests sign in from one address, a fast machine's more often than people do.
      RATE_SIGN_IN: '1000',
    },
  },
);

const stop = () => server.kill('SIGTERM');
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
whenLauncherIsGone(stop);

server.once('exit', (code) => {
  rmSync(data, { recursive: true, force: true });
  process.exitCode = code ?? 1;
});
