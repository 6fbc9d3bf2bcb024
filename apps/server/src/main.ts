import { isAbsolute, join } from 'node:path';
import type { Logger } from 'pino';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { startEmbeddedPostgres } from './database/embedded.ts';
import { applyMigrations } from './database/migrate.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, offerDemo } from './demo/demo.ts';
import { migrationsFolder, projectRoot } from './paths.ts';
import { authSecret } from './secret.ts';
import { SecretMask } from './secret-mask.ts';
import { createServerLog } from './server-log.ts';
import { Shutdown } from './shutdown.ts';
import { describeStartError } from './start-error.ts';

/** What must not be in any output. */
const mask = new SecretMask();

/** Config, start, signals; nothing else. */
async function main(): Promise<void> {
  const read = readConfig(process.env);
  const config = {
    ...read,
    DATA_DIR: isAbsolute(read.DATA_DIR) ? read.DATA_DIR : join(projectRoot(), read.DATA_DIR),
  };
  mask.hideUrl(config.DATABASE_URL);
  const log = createServerLog(config.LOG_LEVEL, mask);
  const shutdown = new Shutdown({
    withinMs: config.STOP_MS,
    failed: (error) => log.error({ err: error }, 'did not stop cleanly'),
    exit: (code) => process.exit(code),
  });
  shutdown.listen();

  const starting = start(config, log, shutdown);
  // What it has opened when the signal comes is closed; what it is about to open it must not leave behind.
  shutdown.add('Its start', () => starting.catch(() => {}));
  try {
    await starting;
  } catch (error) {
    // What was stopped while it started has not failed.
    if (shutdown.signal.aborted) return;
    tell('did not start', error);
    await shutdown.end(1);
  }
}

async function start(config: Config, log: Logger, shutdown: Shutdown): Promise<void> {
  const { signal } = shutdown;
  const databaseUrl = config.DATABASE_URL ?? (await ownDatabase(config, log, shutdown));
  const { applied } = await applyMigrations(databaseUrl, migrationsFolder(), {
    signal,
    warn: (message) => log.warn(message),
  });
  if (applied.length > 0) log.info({ applied }, 'migrated');

  const secret = await authSecret(config);
  mask.hide(secret);
  const app = await createApp({ config, databaseUrl, secret, log });
  shutdown.add('The server', () => app.close());
  signal.throwIfAborted();
  const demo = config.DEMO_DATA && (await offerDemo(app));
  signal.throwIfAborted();
  const port = await app.start();
  const setupToken = await app.firstRun.token();
  if (setupToken !== null) mask.hide(setupToken);
  announce(config.PUBLIC_URL ?? `http://localhost:${port}`, demo, setupToken);
}

async function ownDatabase(config: Config, log: Logger, shutdown: Shutdown): Promise<string> {
  const postgres = log.child({ program: 'postgres' });
  const embedded = await startEmbeddedPostgres({
    dataDir: join(config.DATA_DIR, 'postgres'),
    log: ({ level, text }) => postgres[level](text),
    signal: shutdown.signal,
    patienceMs: config.DATABASE_PATIENCE_MS,
    gaveUp: (error) => {
      tell('stops', error);
      void shutdown.end(1);
    },
  });
  shutdown.add('PostgreSQL', (ms) => embedded.stop(ms), embedded.kill);
  mask.hideUrl(embedded.url);
  return embedded.url;
}

function announce(url: string, demo: boolean, setupToken: string | null): void {
  const lines = ['', `  Almenara is at ${url}`];
  if (demo) {
    lines.push('', '  Demo data and demo accounts are on: for trying out, not for the open network.');
    for (const { email, role } of DEMO_ACCOUNTS)
      lines.push(`    ${email.padEnd(22)} ${DEMO_PASSWORD}   (${role})`);
  }
  if (setupToken !== null) {
    const link = new URL('/setup', url);
    link.hash = setupToken;
    lines.push(
      '',
      '  Nobody has an account here yet. Open this link to make the administrator; each start prints a new one.',
      `    ${link}`,
    );
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

function tell(what: string, error: unknown): void {
  process.stderr.write(`\nAlmenara ${what}: ${mask.mask(describeStartError(error, process.env))}\n`);
}

main().catch((error: unknown) => {
  tell('did not start', error);
  process.exit(1);
});
