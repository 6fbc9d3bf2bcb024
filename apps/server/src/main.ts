import { isAbsolute, join } from 'node:path';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { startEmbeddedPostgres } from './database/embedded.ts';
import { applyMigrations } from './database/migrate.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, offerDemo } from './demo/demo.ts';
import { migrationsFolder, projectRoot } from './paths.ts';
import { authSecret } from './secret.ts';
import { describeStartError } from './start-error.ts';
import { SecretMask } from './secret-mask.ts';
import { createServerLog } from './server-log.ts';

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

  const stops: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of stops.splice(0).reverse()) await close();
  };
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) return;
    stopping = true;
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);

  try {
    let databaseUrl = config.DATABASE_URL;
    if (databaseUrl === undefined) {
      const embedded = await startEmbeddedPostgres({ dataDir: join(config.DATA_DIR, 'postgres') });
      stops.push(() => embedded.stop());
      databaseUrl = embedded.url;
      mask.hideUrl(databaseUrl);
    }
    const { applied } = await applyMigrations(databaseUrl, migrationsFolder());
    if (applied.length > 0) log.info({ applied }, 'migrated');

    const secret = await authSecret(config);
    mask.hide(secret);
    const app = await createApp({ config, databaseUrl, secret, log });
    stops.push(() => app.close());
    const demo = config.DEMO_DATA && (await offerDemo(app));
    const port = await app.start();
    const setupToken = await app.firstRun.token();
    if (setupToken !== null) mask.hide(setupToken);
    announce(config.PUBLIC_URL ?? `http://localhost:${port}`, demo, setupToken);
  } catch (error) {
    await stop();
    throw error;
  }
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

main().catch((error: unknown) => {
  const told = mask.mask(describeStartError(error, process.env));
  process.stderr.write(`\nAlmenara did not start: ${told}\n`);
  process.exit(1);
});
