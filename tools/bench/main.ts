/**
 * `pnpm bench`: how far a commit is from another tab's handler, and how much one node delivers, each beside plain
 * Socket.IO in the same run. Absolute times are this machine's; the ratios are what to look at.
 */
import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { io, type Socket } from 'socket.io-client';
import { LightClient } from './light-client.ts';
import type { FromServer, ToServer } from './messages.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 300);
const SUBSCRIBERS = Number(process.env.BENCH_SUBSCRIBERS ?? 1000);
const EVENTS = Number(process.env.BENCH_EVENTS ?? 2000);
/** One emit an event takes so much longer that fewer of them say as much. */
const PLAIN_EVENTS = Math.ceil(EVENTS / 10);
const RATE = Number(process.env.BENCH_RATE ?? 2000);
const LIMIT_MS = 120_000;

const dataDir = await mkdtemp(join(tmpdir(), 'almenara-bench-'));
const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [join(dataDir, 'postgres')], {
  execArgv: ['--import', 'tsx'],
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
});
const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
const order = (message: ToServer): void => void child.send(message);
const sentAt = new Map<string, bigint>();
const ready = new Promise<Extract<FromServer, { kind: 'ready' }>>((resolve, reject) => {
  child.once('exit', (code) => reject(new Error(`The measured server ended with ${code}.`)));
  child.on('message', (message: FromServer) => {
    if (message.kind === 'ready') resolve(message);
    else if (message.kind === 'sent') sentAt.set(message.id, BigInt(message.at));
  });
});

let loading = nextLoading();
try {
  const { desk, plain, token } = await ready;
  const toDesk = () => connect(`${desk}/desk`, { token, clientId: 'bench', protocol: 1 });
  const toPlain = () => connect(plain, {});

  console.log(`\nFrom commit to another tab’s handler, idle, ${ROUNDS} rounds (ms)`);
  console.log('                          p50      p99');
  report('desk (commit → handler)', await latencies(await toDesk(), 'command', true));
  report('plain emit', await latencies(await toPlain(), 'plain', false));

  console.log(`\n${SUBSCRIBERS} subscribers of one topic, events offered at ${RATE}/s`);
  const rates = {
    desk: await deliveries('desk', desk, { token, clientId: 'bench', protocol: 1 }, EVENTS),
    plain: await deliveries('plain', plain, null, PLAIN_EVENTS),
  };
  console.log(`desk                 ${rates.desk.toFixed(0).padStart(10)} deliveries/s`);
  console.log(`plain emit per event ${rates.plain.toFixed(0).padStart(10)} deliveries/s`);
  console.log(`ratio                ${(rates.desk / rates.plain).toFixed(1).padStart(10)}`);
} finally {
  if (child.connected) order({ kind: 'stop' });
  await exited;
  await rm(dataDir, { recursive: true, force: true });
}

async function connect(url: string, auth: object): Promise<Socket> {
  const socket = io(url, { auth, transports: ['websocket'], forceNew: true, reconnection: false });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}

function follow(socket: Socket): Promise<unknown> {
  return socket.timeout(60_000).emitWithAck('subscribe', { topics: [{ topic: 'clients' }] });
}

interface Seen {
  id: string;
  seq: number;
}

/** One at a time: nothing else is under way. @returns milliseconds from the commit, or from the emit */
async function latencies(socket: Socket, kind: 'command' | 'plain', subscribe: boolean): Promise<number[]> {
  if (subscribe) await follow(socket);
  const found: number[] = [];
  for (let i = -20; i < ROUNDS; i += 1) {
    const seen = new Promise<{ id: string; at: bigint }>((resolve) =>
      socket.once('events', ([event]: Seen[]) => {
        const at = process.hrtime.bigint();
        if (event) resolve({ id: event.id, at });
      }),
    );
    order({ kind });
    const { id, at } = await seen;
    while (!sentAt.has(id)) await new Promise((resolve) => setImmediate(resolve));
    // The first ones warm up.
    if (i >= 0) found.push(Number(at - (sentAt.get(id) ?? at)) / 1e6);
  }
  socket.close();
  return found.sort((a, b) => a - b);
}

function report(name: string, sorted: readonly number[]): void {
  const at = (p: number) => (sorted[Math.floor(sorted.length * p)] ?? Number.NaN).toFixed(2).padStart(8);
  console.log(`${name.padEnd(24)}${at(0.5)} ${at(0.99)}`);
}

/**
 * Offers more than can be delivered, and lets everything arrive.
 * @returns deliveries a second over all subscribers, from the first event to the last
 */
async function deliveries(
  via: 'desk' | 'plain',
  url: string,
  auth: object | null,
  count: number,
): Promise<number> {
  const clients: LightClient[] = [];
  for (let i = 0; i < SUBSCRIBERS; i += 50) {
    const batch = Array.from({ length: Math.min(50, SUBSCRIBERS - i) }, () => LightClient.connect(url, auth));
    clients.push(...(await Promise.all(batch)));
  }
  order({ kind: 'load', via, count, rate: RATE });
  const last = await loading;
  loading = nextLoading();
  const started = performance.now();
  await Promise.race([Promise.all(clients.map((client) => client.reaches(last))), tooLong()]);
  const ms = performance.now() - started;
  for (const client of clients) client.close();
  return (SUBSCRIBERS * count) / (ms / 1000);
}

function tooLong(): Promise<never> {
  return new Promise((_, reject) => {
    const late = () => reject(new Error(`Not everything had arrived after ${LIMIT_MS / 1000} s.`));
    setTimeout(late, LIMIT_MS).unref();
  });
}

/** The place of the last event of the load that the server begins next. */
function nextLoading(): Promise<number> {
  return new Promise((resolve) => {
    const listen = (message: FromServer): void => {
      if (message.kind !== 'loading') return;
      child.off('message', listen);
      resolve(message.last);
    };
    child.on('message', listen);
  });
}
