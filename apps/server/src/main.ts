import { isAbsolute, join } from 'node:path';
import pino from 'pino';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { startEmbeddedPostgres } from './database/embedded.ts';
import { applyMigrations } from './database/migrate.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, offerDemo } from './demo/demo.ts';
import { migrationsFolder, projectRoot } from './paths.ts';
import { authSecret } from './secret.ts';

/** Config, start, signals; nothing else. */
async function main(): Promise<void> {
  const read = readConfig(process.env);
  const config = {
    ...read,
    DATA_DIR: isAbsolute(read.DATA_DIR) ? read.DATA_DIR : join(projectRoot(), read.DATA_DIR),
  };
  const log = pino({
    level: config.LOG_LEVEL,
    redact: ['*.password', '*.token', '*.key', '*.secret', 'req.headers.authorization', 'req.headers.cookie'],
    ...(process.stdout.isTTY && {
      transport: { target: 'pino-pretty', options: { ignore: 'pid,hostname' } },
    }),
  });

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
    }
    const warn = (message: string): void => log.warn(message);
    const { applied } = await applyMigrations(databaseUrl, migrationsFolder(), warn);
    if (applied.length > 0) log.info({ applied }, 'migrated');

    const app = await createApp({ config, databaseUrl, secret: await authSecret(config), log });
    stops.push(() => app.close());
    const demo = config.DEMO_DATA && (await offerDemo(app));
    const port = await app.start();
    announce(config.PUBLIC_URL ?? `http://localhost:${port}`, demo);
  } catch (error) {
    await stop();
    throw error;
  }
}

function announce(url: string, demo: boolean): void {
  const lines = ['', `  Almenara is at ${url}`];
  if (demo) {
    lines.push('', '  Demo data and demo accounts are on: for trying out, not for the open network.');
    for (const { email, role } of DEMO_ACCOUNTS)
      lines.push(`    ${email.padEnd(22)} ${DEMO_PASSWORD}   (${role})`);
  }
  process.stdout.write(`${lines.join('\n')}\n\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `\nAlmenara did not start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
