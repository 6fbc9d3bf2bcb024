/**
 * The desk as it is built, with 10,000 levels in one zone and a few hundred open orders. Its load goes from the
 * commit's side of the feed to whoever follows, each event as a commit of its own, without PostgreSQL: what is measured
 * is the page, on the same machine. Told what to do by messages from screen.ts.
 */
import { randomUUID } from 'node:crypto';
import { createApp } from '../../../apps/server/src/app.ts';
import { readConfig } from '../../../apps/server/src/config.ts';
import { startEmbeddedPostgres } from '../../../apps/server/src/database/embedded.ts';
import { applyMigrations } from '../../../apps/server/src/database/migrate.ts';
import { offerDemo } from '../../../apps/server/src/demo/demo.ts';
import { migrationsFolder } from '../../../apps/server/src/paths.ts';
import { silentLog } from '../../../apps/server/src/silent-log.ts';
import { busyDesk } from './busy-desk.ts';
import type { FromScreenServer, ScreenName, ToScreenServer } from './screen-messages.ts';

/** How often what is due goes out. */
const TICK_MS = 5;

const [dataDir = '', port = ''] = process.argv.slice(2);
const tell = (message: FromScreenServer): void => void process.send?.(message);
const url = `http://127.0.0.1:${port}`;

const postgres = await startEmbeddedPostgres({ dataDir });
await applyMigrations(postgres.url, migrationsFolder());
const app = await createApp({
  config: readConfig({ NODE_ENV: 'production', PORT: port, HOST: '127.0.0.1', PUBLIC_URL: url }),
  databaseUrl: postgres.url,
  secret: randomUUID(),
  log: silentLog(),
});
await offerDemo(app);
const desk = await busyDesk(app);
await app.start();

async function load(screen: ScreenName, rate: number, seconds: number): Promise<void> {
  const next = desk.source(screen);
  const start = performance.now();
  const count = rate * seconds;
  for (let made = 0; made < count; ) {
    const due = Math.min(count, Math.floor(((performance.now() - start) / 1000) * rate)) - made;
    for (let i = 0; i < due; i += 1) app.feed.committed(next());
    made += due;
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  const took = (performance.now() - start) / 1000;
  const { envelopes, text } = desk.last(screen);
  app.feed.committed(envelopes);
  tell({ kind: 'loaded', events: count, seconds: took, last: text });
}

async function stop(): Promise<void> {
  await app.close();
  await postgres.stop();
  process.disconnect?.();
}

process.on('message', (order: ToScreenServer) => {
  if (order.kind === 'stop') void stop();
  else void load(order.screen, order.rate, order.seconds);
});
process.on('disconnect', () => process.exit(0));
tell({ kind: 'ready', url });
