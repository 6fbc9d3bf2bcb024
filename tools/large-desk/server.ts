/** The measured server, in a process of its own, on a database that is there. Told what to do by messages. */
import { randomUUID } from 'node:crypto';
import { createApp } from '../../apps/server/src/app.ts';
import { readConfig } from '../../apps/server/src/config.ts';
import { silentLog } from '../../apps/server/src/silent-log.ts';
import type { FromServer, ToServer } from './messages.ts';

const [databaseUrl = '', people = '1'] = process.argv.slice(2);
const tell = (message: FromServer): void => void process.send?.(message);

const app = await createApp({
  config: readConfig({ PORT: '0', HOST: '127.0.0.1', RATE_PACKETS: '1000000' }),
  databaseUrl,
  secret: 'a secret for measuring, long enough for it',
  log: silentLog(),
});
const port = await app.start();
const { accounts } = app.database;
const users: string[] = [];
const tokens: string[] = [];
for (let i = 0; i < Number(people); i += 1) {
  const id = `measured-${randomUUID()}`;
  await accounts.user.create({
    data: { id, name: `Reader ${i}`, email: `${id}@desk.test`, role: 'operator' },
  });
  const { token } = await accounts.session.create({
    data: { id: randomUUID(), token: randomUUID(), userId: id, expiresAt: new Date(Date.now() + 3_600_000) },
  });
  users.push(id);
  tokens.push(token);
}
tell({ kind: 'ready', url: `http://127.0.0.1:${port}`, tokens });

process.on('message', ({ kind }: ToServer) => {
  if (kind === 'memory') {
    const { rss, heapUsed } = process.memoryUsage();
    tell({ kind, rss, heap: heapUsed });
  } else void stop();
});

async function stop(): Promise<void> {
  await accounts.user.deleteMany({ where: { id: { in: users } } });
  await app.close();
  process.exit(0);
}
