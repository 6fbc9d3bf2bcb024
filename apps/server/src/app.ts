import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Actor, QueryName } from '@almenara/events';
import type { Logger } from 'pino';
import { AccountLog } from './auth/account-log.ts';
import { createAccounts } from './auth/accounts.ts';
import { Authenticator } from './auth/authenticate.ts';
import { Devices } from './auth/devices.ts';
import { Invitations } from './auth/invitations.ts';
import { KnownDevices } from './auth/known-device.ts';
import { People } from './auth/people.ts';
import { FirstRun } from './auth/setup.ts';
import { SetupLink } from './auth/setup-link.ts';
import { SignInGuard } from './auth/sign-in-guard.ts';
import { type Clock, systemClock } from './clock.ts';
import type { CommandBus } from './commands/bus.ts';
import type { House } from './commands/feature.ts';
import { Followers } from './commands/followers/followers.ts';
import type { NodeInfo } from './commands/node-info.ts';
import { forgetOldCommands } from './commands/retention.ts';
import type { Config } from './config.ts';
import { connectDatabase, type Database } from './database/client.ts';
import { isUnavailable } from './database/sql-error.ts';
import { addSampleGoods } from './demo/sample-goods.ts';
import { Refused } from './errors.ts';
import { createBus, house as ownHouse } from './features.ts';
import { Shares } from './flow/shares.ts';
import { identifyBy } from './http/identify.ts';
import { createHttp } from './http/server.ts';
import { answerUnreadable } from './http/unreadable.ts';
import { builtWeb, developmentWeb } from './http/web.ts';
import { idMaker } from './ids.ts';
import { Imports } from './import/run/imports.ts';
import { UserLimits } from './limits.ts';
import { TopicAccess } from './log/access.ts';
import { readEpoch } from './log/epoch.ts';
import { Feed } from './log/feed.ts';
import { LogReader } from './log/reader.ts';
import { webFolder } from './paths.ts';
import { Realtime } from './realtime/realtime.ts';

export interface AppOptions {
  readonly config: Config;
  /** A migrated database. */
  readonly databaseUrl: string;
  readonly secret: string;
  readonly log: Logger;
  readonly clock?: Clock;
  /** What the features bring; left out, all that there are. */
  readonly house?: House;
}

export interface App {
  readonly bus: CommandBus;
  readonly followers: Followers;
  readonly reader: LogReader;
  readonly feed: Feed;
  readonly realtime: Realtime;
  readonly database: Database;
  readonly accounts: ReturnType<typeof createAccounts>;
  readonly firstRun: FirstRun;
  readonly server: Server;
  /** What answers requests; its routes are those of the contract, and a test looks. */
  readonly http: ReturnType<typeof createHttp>;
  /** @returns the port it listens on */
  start(): Promise<number>;
  /** Finishes what was taken, then closes everything that was opened. */
  close(): Promise<void>;
}

/** A reconnect storm on a short backlog costs every client a second of SYN retries. */
const BACKLOG = 4096;

/** Whoever asks whether this node can serve wants to know it soon. */
const READY_MS = 1500;

/** Beside this module, from the sources and from the bundle alike. */
const importProgram = (): URL =>
  new URL(import.meta.url.endsWith('.ts') ? './import-process.ts' : './import-process.js', import.meta.url);

/** The one place where parts are wired. */
export async function createApp({
  config,
  databaseUrl,
  secret,
  log,
  clock = systemClock,
  house = ownHouse,
}: AppOptions): Promise<App> {
  const newId = idMaker();

  const database = connectDatabase(
    databaseUrl,
    { writers: config.DATABASE_WRITERS, readers: config.DATABASE_READERS },
    {
      away: (reason) => log.error({ reason }, 'the database is away'),
      back: (awayMs) => log.warn({ awayMs }, 'the database is back'),
    },
  );
  const { health } = database;
  const failed = (error: unknown, context: Record<string, unknown> = {}): void => {
    const tell = (): void => log.error({ err: error, ...context }, 'failed');
    if (!isUnavailable(error)) return tell();
    // That the database is away has been told once, by the line above.
    void health.explains().then((isTold) => isTold || tell());
  };
  const reader = new LogReader(database.reader, (tx, { key, params }) => house.topics[key](tx, params));
  const access = new TopicAccess(database.reader, house.policies);
  const feed = new Feed({ reader, clock, failed });
  // Before Socket.IO attaches: it passes on what is not its own, while a listener added later would answer its
  // requests a second time.
  let answer: RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = createServer((request, response) => answer(request, response));
  answerUnreadable(server);

  const limits = new UserLimits({
    commands: config.RATE_COMMANDS,
    packets: config.RATE_PACKETS,
  });
  const shares = new Shares();
  /** Ends the sessions of those who may not go on, and tells of people what the database has told the log. */
  const accountsChanged = async (): Promise<void> => {
    // What the account's own transaction has appended is found a second later at the latest.
    await Promise.all([realtime.recheck(), feed.sweep().catch(failed)]);
  };
  const accounts = createAccounts({
    db: database.accounts,
    secret,
    publicUrl: config.PUBLIC_URL,
    newId,
    changed: () => accountsChanged(),
  });
  const accountLog = new AccountLog({ db: database.accounts, clock, newId });
  const guard = new SignInGuard(database.accounts, config.RATE_SIGN_IN);
  const firstRun = new FirstRun({ accounts, db: database.accounts, link: new SetupLink(config) });
  const secure = config.PUBLIC_URL?.startsWith('https:') ?? false;
  const authenticator = new Authenticator(accounts, database.accounts, clock);
  const bus = createBus(
    {
      database,
      alone: config.DATABASE_WRITERS,
      bound: config.COMMAND_QUEUE,
      clock,
      newId,
      committed: (envelopes) => {
        feed.committed(envelopes);
        followers.committed(envelopes);
      },
      recheckTopic: (topic) => void feed.recheckTopic(topic).catch(failed),
      failed,
    },
    house,
  );
  const followers = new Followers({
    followers: house.followers,
    bus,
    database,
    clock,
    newId,
    random: Math.random,
    failed,
  });
  const realtime: Realtime = new Realtime({
    http: server,
    config,
    clock,
    reader,
    feed,
    access,
    bus,
    authenticator,
    limits,
    shares,
    failed,
  });

  const query = async (name: QueryName, params: unknown, actor: Actor): Promise<unknown> => {
    // The parameters were parsed with the schema of the same name.
    const handler = house.queries[name] as (
      db: Database['reader'],
      params: unknown,
      actor: Actor,
      node: NodeInfo,
    ) => Promise<unknown>;
    return handler(database.reader, params, actor, realtime);
  };

  const imports = new Imports({
    databaseUrl,
    clock,
    newId,
    program: importProgram(),
    maxBytes: config.MAX_IMPORT_BYTES,
    memoryMb: config.IMPORT_MEMORY_MB,
  });

  const development = config.NODE_ENV === 'development';
  const vite = development ? await developmentWeb(webFolder(), server) : null;
  let stopping = false;
  let stopForgetting: (() => void)[] = [];
  const http = createHttp({
    log,
    reader,
    access,
    accounts,
    bus,
    imports,
    newId,
    failed,
    query,
    development,
    db: database.accounts,
    identify: identifyBy(authenticator, config.PUBLIC_URL, { guard, shares }),
    limitCommand: limits.command,
    limitRead: limits.packet,
    trustProxy: config.TRUST_PROXY,
    publicUrl: config.PUBLIC_URL,
    guard,
    knownDevices: new KnownDevices(secret, secure),
    firstRun,
    maxBodyBytes: config.MAX_PACKET_BYTES,
    secure,
    recheck: accountsChanged,
    clock,
    accountLog,
    people: new People(database.accounts, accountLog),
    invitations: new Invitations({ db: database.accounts, accounts, log: accountLog, clock, newId }),
    devices: new Devices({ db: database.accounts, accounts, log: accountLog }),
    sampleGoods: (actor) => addSampleGoods({ bus, db: database.reader }, actor),
    about: async () => {
      const [demo, meta] = await Promise.all([
        database.accounts.user.count({ where: { email: { endsWith: '@demo.test' } } }),
        database.accounts.meta.findFirst(),
      ]);
      return { demo: demo > 0, setup: meta?.setupPending ?? false };
    },
    ready: async () => {
      if (stopping) throw new Refused('unavailable', 'The server is stopping.');
      if (await health.answers(READY_MS)) return;
      throw new Refused('unavailable', 'The database does not answer.', { retryAfterMs: 1000 });
    },
    health,
    web: vite?.handler ?? builtWeb(join(webFolder(), 'dist')),
  });
  answer = http;

  return {
    bus,
    followers,
    reader,
    feed,
    realtime,
    database,
    accounts,
    firstRun,
    server,
    http,
    start: async () => {
      await imports.sweep();
      stopForgetting = [
        forgetOldCommands(database.accounts, clock, failed),
        accountLog.startForgetting(failed),
      ];
      await followers.start();
      const epoch = await readEpoch(database.reader);
      feed.start(epoch);
      realtime.start(epoch);
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen({ port: config.PORT, host: config.HOST, backlog: BACKLOG }, () => resolve());
      });
      return (server.address() as AddressInfo).port;
    },
    close: async () => {
      stopping = true;
      for (const stop of stopForgetting) stop();
      realtime.drain();
      // They give commands to the bus, which takes nothing more once it drains.
      await Promise.all([imports.close(), followers.stop()]);
      await bus.drain();
      await feed.stop();
      await realtime.stop();
      await vite?.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await database.close();
    },
  };
}
