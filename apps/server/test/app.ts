import { randomUUID } from 'node:crypto';
import type {
  Client,
  CommandInput,
  CommandName,
  CommandOutput,
  Order,
  Product,
  Role,
} from '@almenara/events';
import type { Logger } from 'pino';

import { type App, createApp } from '../src/app.ts';
import type { Clock } from '../src/clock.ts';
import type { House } from '../src/commands/feature.ts';
import { type Config, readConfig } from '../src/config.ts';
import { silentLog } from '../src/silent-log.ts';
import { testDatabase } from './database.ts';

const SECRET = 'a secret for tests, of more than 32 characters';

export interface TestApp extends AsyncDisposable {
  readonly app: App;
  readonly url: string;
  readonly databaseUrl: string;
  readonly users: Record<Role, { id: string; token: string; sessionId: string }>;
  /** Runs a command straight on the bus, as an administrator; throws where it is refused. */
  run<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  /** `GET` or a request with a JSON body, as the user of that role. */
  http(
    role: Role | null,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** Rows of the view that names broken promises; empty in a sound database. */
  brokenInvariants(): Promise<unknown[]>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely; what is there is what they assert.
  readonly body: any;
}

export interface TestAppOptions {
  readonly config?: Partial<Config>;
  readonly clock?: Clock;
  /** Shares the database of another app: a second node. */
  readonly databaseUrl?: string;
  readonly log?: Logger;
  /** Other features than the desk's. */
  readonly house?: House;
}

/** A real server on a port and a database of its own, torn down at the end of the block. */
export async function testApp({
  config = {},
  clock,
  databaseUrl,
  log = silentLog(),
  house,
}: TestAppOptions = {}): Promise<TestApp> {
  const database = databaseUrl === undefined ? await testDatabase() : null;
  const url = databaseUrl ?? database?.url ?? '';
  const app = await createApp({
    config: { ...readConfig({ NODE_ENV: 'test', PORT: '0', HOST: '127.0.0.1' }), ...config },
    databaseUrl: url,
    secret: SECRET,
    log,
    ...(clock && { clock }),
    ...(house && { house }),
  });
  const port = await app.start();
  const users = await makeUsers(app);
  const base = `http://127.0.0.1:${port}`;

  return {
    app,
    url: base,
    databaseUrl: url,
    users,
    run: async (name, input) => {
      const outcome = await app.bus.run({ userId: users.admin.id, role: 'admin' }, name, input, randomUUID());
      if (!outcome.ok) throw new Error(`${name}: ${outcome.error.code} ${outcome.error.message}`);
      return outcome.data as CommandOutput<typeof name>;
    },
    http: async (role, method, path, body, headers = {}) => {
      const response = await fetch(base + path, {
        method,
        headers: {
          ...(role && { authorization: `Bearer ${users[role].token}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
    },
    brokenInvariants: () => app.database.reader.$queryRaw`SELECT * FROM broken_invariant`,
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await database?.[Symbol.asyncDispose]();
    },
  };
}

/** Accounts with sessions, without the deliberate slowness of hashing a password. */
async function makeUsers(app: App): Promise<TestApp['users']> {
  const db = app.database.accounts;
  const make = async (role: Role) => {
    const email = `${role}@test.test`;
    const data = { id: randomUUID(), name: `The ${role}`, email, role };
    const user = (await db.user.findUnique({ where: { email } })) ?? (await db.user.create({ data }));
    const session = await db.session.create({
      data: {
        id: randomUUID(),
        token: randomUUID().replaceAll('-', ''),
        userId: user.id,
        expiresAt: new Date(Date.now() + 3_600_000),
      },
    });
    return { id: user.id, token: session.token, sessionId: session.id };
  };
  return { admin: await make('admin'), operator: await make('operator'), viewer: await make('viewer') };
}

/** A desk with a zone, a client and some products with stock. */
export async function stockedDesk(
  test: TestApp,
  { products = 3, stock = 100 }: { products?: number; stock?: number } = {},
): Promise<{ zone: string; client: Client; products: Product[] }> {
  const { zone } = await test.run('create_zone', { code: 'A1', name: 'First' });
  const { client } = await test.run('create_client', { name: 'A client' });
  const made: Product[] = [];
  for (let i = 0; i < products; i += 1) {
    const { product } = await test.run('create_product', {
      sku: `SKU-${i}`,
      name: `Product ${i}`,
      unitPrice: { amount: 1000 + i, currency: 'EUR' },
    });
    if (stock > 0)
      await test.run('receive_stock', { productId: product.id, zone: zone.code, quantity: stock });
    made.push(product);
  }
  return { zone: zone.code, client, products: made };
}

export async function placeOrder(
  test: TestApp,
  client: Client,
  lines: readonly (readonly [Product, number])[],
): Promise<Order> {
  const { order } = await test.run('place_order', {
    clientId: client.id,
    lines: lines.map(([product, quantity]) => ({ productId: product.id, quantity })),
  });
  return order;
}
