import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { connectDatabase, type Database } from '../src/database/client.ts';
import type { FromBystander, ToBystander } from './bystander.ts';
import { testDatabase } from './database.ts';
import { dataFolder, type ServerProcess, startServer } from './server-process.ts';
import { type RawSocket, rawSocket } from './socket.ts';

/** How much larger than in a short round everything is. */
export const SCALE = Number(process.env.ATTACK_SCALE ?? 1);

/** Clients of a snapshot of about 5 MB, and events to look back over. */
const CLIENTS = 5000;
const EVENTS = 8000;

/** A desk in a process of its own, with much in it, that somebody is about to attack. */
export interface AttackedDesk extends AsyncDisposable {
  readonly url: string;
  readonly epoch: string;
  readonly events: number;
  /** Tokens of the attacker, an operator, and of the one whom it must not disturb. */
  readonly attacker: string;
  readonly bystander: string;
  /** An order of many lines: what a conflict about it answers with is large. */
  readonly order: { readonly id: string };
  /** Runs an attack and says what it cost the process and what others felt of it. */
  under(attack: () => Promise<Attack>): Promise<Felt>;
}

/** What has been begun; `end` closes all that the attacker has open. */
export interface Attack {
  end(): void;
  /** Said in the figures. */
  readonly note?: string;
}

export interface Felt {
  /** Of the process above what it had before (bytes). */
  readonly memory: number;
  /** Of another user's commands and subscriptions (ms). */
  readonly p99: number;
  /** The same before the attack, in the middle: how busy the machine is with other things. */
  readonly usual: number;
  readonly asked: number;
  /** Of the server meanwhile (ms). */
  readonly cpu: number;
}

export async function attackedDesk(env: Record<string, string> = {}): Promise<AttackedDesk> {
  const opened: AsyncDisposable[] = [];
  const open = <T extends AsyncDisposable>(one: T): T => {
    opened.unshift(one);
    return one;
  };
  const { url: databaseUrl } = open(await testDatabase());
  const { path } = open(await dataFolder());
  const database = connectDatabase(databaseUrl, { writers: 1, readers: 1 });
  open({ [Symbol.asyncDispose]: () => database.close() });
  await fill(database);
  const attacker = await user(database, 'attacker', 'operator');
  const bystander = await user(database, 'bystander', 'operator');
  const server = open(
    await startServer(path, {
      DATABASE_URL: databaseUrl,
      AUTH_SECRET: 'a secret for tests, of more than 32 characters',
      ...env,
    }),
  );
  const raw = open(await rawSocket(server.url, { token: bystander }));
  const order = await largeOrder(raw);
  // What is read for the first time is no sign of an attack.
  await raw.ask('subscribe', { topics: [{ topic: 'clients' }, { topic: 'zones' }, { topic: 'orders' }] });
  await raw.ask('unsubscribe', { topics: ['clients', 'orders'] });
  const { hello } = raw;
  raw.close();
  const other = open(await startBystander(server.url, bystander, order.productId));
  return {
    url: server.url,
    epoch: hello.epoch,
    events: EVENTS,
    attacker,
    bystander,
    order,
    under: (attack) => under(server, other, attack),
    [Symbol.asyncDispose]: async () => {
      for (const one of opened) await one[Symbol.asyncDispose]();
    },
  };
}

const ROUND_MS = 700;

async function under(
  server: ServerProcess,
  bystander: Bystander,
  attack: () => Promise<Attack>,
): Promise<Felt> {
  const idle = await residentBytes(server.pid);
  const cpu = await cpuMs(server.pid);
  let most = idle;
  let watching = true;
  const watch = (async () => {
    while (watching) {
      most = Math.max(most, await residentBytes(server.pid));
      await pause(20);
    }
  })();
  bystander.begin();
  await pause(300);
  const before = sorted(await bystander.end());
  bystander.begin();
  const begun = performance.now();
  const { end } = await attack();
  await pause(Math.max(ROUND_MS * SCALE - (performance.now() - begun), 300));
  const took = sorted(await bystander.end());
  const used = (await cpuMs(server.pid)) - cpu;
  watching = false;
  await watch;
  end();
  return {
    memory: most - idle,
    p99: took[Math.floor(took.length * 0.99)] ?? Number.NaN,
    usual: before[Math.floor(before.length / 2)] ?? Number.NaN,
    asked: took.length,
    cpu: used,
  };
}

const sorted = (times: number[]): number[] => times.toSorted((a, b) => a - b);

interface Bystander extends AsyncDisposable {
  begin(): void;
  /** @returns how long each request took (ms); throws where one was refused */
  end(): Promise<number[]>;
}

async function startBystander(url: string, token: string, productId: string): Promise<Bystander> {
  const child = fork(fileURLToPath(new URL('./bystander.ts', import.meta.url)), [url, token, productId], {
    execArgv: ['--import', 'tsx'],
  });
  const next = (): Promise<FromBystander> => new Promise((resolve) => child.once('message', resolve));
  const exited = new Promise((resolve) => child.once('exit', resolve));
  const order = (message: ToBystander): void => void child.send(message);
  await next();
  let answer: Promise<FromBystander> | null = null;
  return {
    begin: () => {
      answer = next();
      order('begin');
    },
    end: async () => {
      order('end');
      const told = await answer;
      if (told && 'took' in told) return told.took;
      throw new Error(`Somebody else was disturbed: ${JSON.stringify(told)}`);
    },
    [Symbol.asyncDispose]: async () => {
      child.disconnect();
      await exited;
    },
  };
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) * 1024;
}

/** In ticks of 10 ms: the 14th and 15th field, after a name that may hold anything. */
async function cpuMs(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

async function user(database: Database, name: string, role: string): Promise<string> {
  const id = randomUUID();
  const token = randomUUID().replaceAll('-', '');
  await database.accounts.user.create({ data: { id, name, email: `${name}@test.test`, role } });
  const expiresAt = new Date(Date.now() + 3_600_000);
  await database.accounts.session.create({ data: { id: randomUUID(), token, userId: id, expiresAt } });
  return token;
}

/** Many clients with long notes, and what has happened to them: more than commands could make in the time. */
async function fill({ accounts: db }: Database): Promise<void> {
  const notes = 'n'.repeat(800);
  await db.$executeRaw`
    INSERT INTO client (id, name, notes, created_at, updated_at)
    SELECT gen_random_uuid(), 'Client ' || n, ${notes}, now(), now() FROM generate_series(1, ${CLIENTS}::int) n`;
  await db.$executeRaw`INSERT INTO topic (name, head) VALUES ('clients', ${EVENTS}::int)`;
  await db.$executeRaw`
    INSERT INTO event (topic, seq, id, type, data, at)
    SELECT 'clients', row_number() OVER (), gen_random_uuid(), 'client_updated', jsonb_build_object('client',
      jsonb_build_object('id', id, 'name', name, 'email', null, 'phone', null, 'country', null, 'notes', notes,
        'archived', false, 'mergedInto', null, 'version', 1 + round,
        'createdAt', '2026-01-01T00:00:00.000Z', 'updatedAt', '2026-01-01T00:00:00.000Z')), now()
    FROM (SELECT *, n AS round FROM client, generate_series(1, 2) n ORDER BY n, id LIMIT ${EVENTS}::int) many`;
}

async function largeOrder(raw: RawSocket): Promise<{ id: string; productId: string }> {
  const done = async (name: string, input: unknown) => {
    const answer = await raw.command(name, input);
    if (!answer.ok) throw new Error(`${name}: ${answer.error.message}`);
    return answer.data;
  };
  await done('create_zone', { code: 'A1', name: 'First' });
  const { client } = await done('create_client', { name: 'Large' });
  const lines = await Promise.all(
    Array.from({ length: 200 }, async (_, i) => {
      const unitPrice = { amount: 100, currency: 'EUR' };
      const input = { sku: `S-${i}`, name: 'p'.repeat(150), unitPrice, stocked: false };
      const { product } = await done('create_product', input);
      return { productId: product.id, quantity: 1 };
    }),
  );
  const { order } = await done('place_order', { clientId: client.id, lines });
  const unitPrice = { amount: 100, currency: 'EUR' };
  const { product } = await done('create_product', { sku: 'STOCKED', name: 'Stocked', unitPrice });
  return { id: order.id, productId: product.id };
}
