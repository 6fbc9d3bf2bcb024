import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FromServer, ToServer } from './messages.ts';
import { IdleReader } from './reader.ts';

/** What lists are asked, and for what; the words are of those that the desk's names are made of. */
const READS: readonly (readonly [string, string])[] = [
  ['orders, newest', '/api/orders?limit=100&compact=true'],
  ['orders, oldest open', '/api/orders?statuses=placed,picking,packed&sort=oldest&limit=100&compact=true'],
  ['orders, packed', '/api/orders?status=packed&sort=changed&limit=100&compact=true'],
  ['orders, closed last', '/api/orders?sort=closed&limit=100&compact=true'],
  ['orders, largest', '/api/orders?sort=largest&limit=100&compact=true'],
  ['orders, smallest open', '/api/orders?statuses=placed,picking&sort=smallest&limit=100&compact=true'],
  ['orders, late', '/api/orders?statuses=placed,picking,packed&sort=oldest&limit=5&before={yesterday}'],
  ['orders, short', '/api/orders?short=true&sort=oldest&limit=5'],
  ['orders, nobody’s', '/api/orders?assigneeId=none&limit=100&compact=true'],
  ['orders, of 30 days', '/api/orders?from={month}&sort=largest&limit=100&compact=true'],
  ['search orders, a number', '/api/orders?q=%23{number}&limit=6'],
  ['search orders, a document', '/api/orders?q=INV-{number}&limit=6'],
  ['search orders, few', '/api/orders?q=Garc%C3%ADa%20{number}&limit=6'],
  ['search orders, many', '/api/orders?q=garc%C3%ADa&limit=100&compact=true'],
  ['search orders, goods', '/api/orders?q=Aceite%20de%20oliva&limit=100&compact=true'],
  ['search orders, two letters', '/api/orders?q=an&limit=6'],
  ['search orders, Cyrillic', '/api/orders?q=%D0%BF%D0%B5%D0%BA%D0%B0%D1%80%D0%BD%D1%8F&limit=6'],
  ['search orders, one sign', '/api/orders?q=%E5%B1%B1&limit=6'],
  ['search orders, nothing', '/api/orders?q=qqxzz&limit=6'],
  ['clients', '/api/clients?limit=100'],
  ['search clients, few', '/api/clients?q=Garc%C3%ADa%20{number}&limit=30'],
  ['search clients, many', '/api/clients?q=garc%C3%ADa&limit=30'],
  ['search clients, two letters', '/api/clients?q=an&limit=30'],
  ['search clients, one letter', '/api/clients?q=a&limit=30'],
  ['search clients, Han', '/api/clients?q=%E9%A3%9F%E5%A0%82&limit=30'],
  ['search clients, nothing', '/api/clients?q=qqxzz&limit=30'],
  ['products', '/api/products?limit=100'],
  ['a product by barcode', '/api/products?barcode=8400000012345'],
  ['search products, few', '/api/products?q={number}&limit=20'],
  ['search products, many', '/api/products?q=arroz&limit=20'],
  ['search products, nothing', '/api/products?q=qqxzz&limit=20'],
  ['levels of a zone', '/api/inventory?zone=A1&sort=sku&limit=100'],
  ['levels of a zone, available', '/api/inventory?zone=A1&sort=available&desc=true&limit=100'],
  ['levels of a zone, low', '/api/inventory?zone=A1&low=true&sort=needed&desc=true&limit=100'],
  ['levels, by sku', '/api/inventory?sort=sku&limit=100'],
  ['levels, by name', '/api/inventory?sort=name&limit=100'],
  ['levels, low', '/api/inventory?low=true&stocked=true&sort=share&limit=5'],
  ['search levels', '/api/inventory?q=arroz&sort=available&limit=100'],
  ['stock figures', '/api/inventory/figures'],
  ['movements', '/api/inventory/movements?limit=100'],
  ['movements of a zone', '/api/inventory/movements?zone=A1&limit=100'],
  ['figures of today', '/api/figures?from={yesterday}&to={now}&bucket=60'],
  ['figures of a month', '/api/figures?from={month}&to={now}&bucket=1440'],
  ['figures of a year', '/api/figures?from={year}&to={now}&bucket=1440'],
];

export interface Measuring {
  readonly databaseUrl: string;
  readonly readers: number;
  readonly rounds: number;
  readonly say: (line: string) => void;
}

const ms = (value: number): string => value.toFixed(1).padStart(9);
const mb = (bytes: number): string => (bytes / 1e6).toFixed(2).padStart(9);

/** Measures a server of its own on a large desk: what topics cost, how long lists take, and what readers hold. */
export async function measureLargeDesk({ databaseUrl, readers, rounds, say }: Measuring): Promise<void> {
  await using server = await startServer(databaseUrl, readers);
  const { url, tokens } = server;
  const headers = { authorization: `Bearer ${tokens[0]}` };
  const get = async (path: string): Promise<{ took: number; bytes: number; text: string }> => {
    const begin = performance.now();
    const response = await fetch(`${url}${path}`, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return { took: performance.now() - begin, bytes: Buffer.byteLength(text), text };
  };

  const zones: { items: { code: string }[] } = JSON.parse((await get('/api/zones?limit=200')).text);
  const topics = ['orders', 'clients', 'products', 'zones', 'company'];
  const levels = zones.items.map(({ code }) => `inventory:${code}`);
  say('\nSnapshots, of a server that has just begun          MB       ms');
  let bytesOfZones = 0;
  for (const topic of [...topics, ...levels]) {
    const { took, bytes } = await get(`/api/topics/${topic}/snapshot`);
    if (topic.startsWith('inventory:')) bytesOfZones += bytes;
    if (!topic.startsWith('inventory:') || topic === levels[0])
      say(`${topic.padEnd(46)}${mb(bytes)}${ms(took)}`);
  }
  say(`${`all ${levels.length} zones’ levels`.padEnd(46)}${mb(bytesOfZones)}`);

  say(`\nLists, ${rounds} times each, one after the other      p50 ms   p99 ms`);
  for (const [name, path] of READS) {
    const times: number[] = [];
    for (let i = 0; i < rounds; i += 1) times.push((await get(filled(path, i))).took);
    times.sort((a, b) => a - b);
    const at = (share: number): number =>
      times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
    say(`${name.padEnd(46)}${ms(at(0.5))}${ms(at(0.99))}`);
  }

  const before = await server.memory();
  const held: IdleReader[] = [];
  // What is measured is what readers hold, not how many can come at once.
  for (const token of tokens) held.push(await IdleReader.connect(url, token));
  const begin = performance.now();
  await Promise.all(
    held.map(async (reader) => {
      for (const topic of [...topics, ...levels]) await reader.subscribe([topic]);
    }),
  );
  const after = await server.memory();
  say(
    `\n${readers} readers of ${topics.length + levels.length} topics each: ${((performance.now() - begin) / 1000).toFixed(1)} s until all have all`,
  );
  say(
    `resident before ${mb(before.rss)} MB, with them ${mb(after.rss)} MB (heap ${mb(after.heap)} MB), at most ${mb(server.most())} MB`,
  );
  for (const reader of held) reader.close();
}

function filled(path: string, round: number): string {
  const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
  const values: Record<string, string> = {
    number: String(12_345 + round * 7),
    now: ago(0),
    yesterday: ago(1),
    month: ago(30),
    year: ago(365),
  };
  return path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');
}

/** How often a server is asked how much memory it has, in ms. */
const LOOK_MS = 100;

async function startServer(databaseUrl: string, readers: number) {
  const child = fork(fileURLToPath(new URL('./server.ts', import.meta.url)), [databaseUrl, String(readers)], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const order = (message: ToServer): void => void child.send(message);
  let most = 0;
  let told: ((memory: { rss: number; heap: number }) => void)[] = [];
  const ready = await new Promise<Extract<FromServer, { kind: 'ready' }>>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The measured server ended with ${code}.`)));
    child.on('message', (message: FromServer) => {
      if (message.kind === 'ready') return resolve(message);
      most = Math.max(most, message.rss);
      for (const tell of told) tell(message);
      told = [];
    });
  });
  const looking = setInterval(() => order({ kind: 'memory' }), LOOK_MS);
  return {
    url: ready.url,
    tokens: ready.tokens,
    most: () => most,
    memory: () =>
      new Promise<{ rss: number; heap: number }>((resolve) => {
        told.push(resolve);
        order({ kind: 'memory' });
      }),
    [Symbol.asyncDispose]: async () => {
      clearInterval(looking);
      order({ kind: 'stop' });
      await exited;
    },
  };
}
