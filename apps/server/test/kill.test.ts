import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Envelope, foldOf, parseTopic } from '@almenara/events';
import { expect, test } from 'vitest';
import { testDatabase } from './database.ts';
import { runSeed, seeded } from './random.ts';
import { dataFolder, startServer } from './server-process.ts';
import { type RawSocket, rawSocket } from './socket.ts';

const ROUNDS = Number(process.env.KILL_ROUNDS ?? 2);
const COMMANDS = Number(process.env.KILL_COMMANDS ?? 200);
const ACCOUNT = { name: 'Ada', email: 'ada@test.test', password: 'correct horse' };

const json = async (url: string, init: RequestInit & { token?: string } = {}) => {
  const response = await fetch(url, {
    ...init,
    headers: {
      'content-type': 'application/json',
      ...(init.token !== undefined && { authorization: `Bearer ${init.token}` }),
    },
  });
  // biome-ignore lint/suspicious/noExplicitAny: an outside program takes answers as they come.
  return response.json() as Promise<any>;
};

/** A client that holds a topic's state and cursor over connections, folding with the contract's own fold. */
class LiveView {
  private state: unknown = null;
  private cursor: { epoch: string; seq: number } | null = null;
  private readonly early: Envelope[] = [];
  private ready = false;
  private readonly name: string;
  private readonly topic;

  constructor(name: string) {
    const topic = parseTopic(name);
    if (!topic) throw new Error(name);
    this.name = name;
    this.topic = topic;
  }

  get seq(): number {
    return this.cursor?.seq ?? 0;
  }

  /** That it has come to the end of the log, and equals the tables and the fold of the server there. */
  async stands(url: string, token: string): Promise<void> {
    const { head, snapshot } = await json(`${url}/api/topics/${this.name}/snapshot`, { token });
    await expect.poll(() => this.seq).toBe(head);
    expect(foldOf(this.topic.key).view(this.state)).toEqual(snapshot);
    const at = await json(`${url}/api/topics/${this.name}/snapshot?at=${head}`, { token });
    expect(at.snapshot).toEqual(snapshot);
  }

  async follow(raw: RawSocket): Promise<void> {
    this.ready = false;
    this.early.length = 0;
    raw.socket.on('events', (events: Envelope[]) => {
      if (events[0]?.topic !== this.name) return;
      if (this.ready) this.apply(events);
      else this.early.push(...events);
    });
    const { data } = await raw.ask('subscribe', {
      topics: [{ topic: this.name, cursor: this.cursor ?? undefined }],
    });
    const [row] = data.topics;
    if (row.kind === 'reset') {
      expect(row.reason).toBe('new');
      this.state = foldOf(this.topic.key).load(row.snapshot);
      this.cursor = { epoch: data.epoch, seq: row.head };
    } else {
      this.apply(row.events);
      for (let { more } = row; more; ) {
        const answer = await raw.ask('catch_up', { topic: this.name, cursor: this.cursor });
        this.apply(answer.data.events);
        more = answer.data.more;
      }
    }
    this.ready = true;
    this.apply(this.early);
  }

  private apply(events: readonly Envelope[]): void {
    const fresh = events.filter((event) => event.seq > this.seq);
    expect(fresh.map((event) => event.seq)).toEqual(fresh.map((_, i) => this.seq + i + 1));
    this.state = foldOf(this.topic.key).fold(this.state, fresh);
    if (this.cursor) this.cursor = { ...this.cursor, seq: fresh.at(-1)?.seq ?? this.seq };
  }
}

/** Sets the desk up. @returns its administrator's token */
async function firstSignIn(url: string): Promise<string> {
  const account = { method: 'POST', body: JSON.stringify(ACCOUNT) };
  await json(`${url}/api/setup`, account);
  return (await json(`${url}/api/auth/sign-in/email`, account)).token;
}

/** 100,000 pieces of one product in A1, and whoever buys them. */
async function stockedShelf(raw: RawSocket): Promise<{ product: string; client: string }> {
  await raw.command('create_zone', { code: 'A1', name: 'A1' });
  const unitPrice = { amount: 1, currency: 'EUR' };
  const { product } = (await raw.command('create_product', { sku: 'S', name: 'S', unitPrice })).data;
  const { client } = (await raw.command('create_client', { name: 'C' })).data;
  await raw.command('receive_stock', { productId: product.id, zone: 'A1', quantity: 100_000 });
  return { product: product.id, client: client.id };
}

test(`[C1][C2][L2] kill -9 amid ${COMMANDS} concurrent commands, ${ROUNDS} times: what was acknowledged is there, once, and views equal tables`, async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using folder = await dataFolder();
  const views = [new LiveView('orders'), new LiveView('inventory:A1')];
  /** By commandId: what was sent, and what was acknowledged. */
  const sent = new Map<string, { name: string; input: unknown }>();
  const acked = new Map<string, unknown>();
  let token = '';
  let product = '';
  let client = '';

  for (let round = 0; round < ROUNDS; round += 1) {
    await using server = await startServer(folder.path);
    if (round === 0) {
      token = await firstSignIn(server.url);
      await using raw = await rawSocket(server.url, { token });
      ({ product, client } = await stockedShelf(raw));
    }
    const raw = await rawSocket(server.url, { token });
    for (const view of views) await view.follow(raw);

    // Commands of the last round whose answer never came are sent again under their ids, beside the new ones.
    const unanswered = [...sent].filter(([id]) => !acked.has(id));
    const fresh = Array.from({ length: COMMANDS - unanswered.length }, (_, i) => {
      const place = {
        name: 'place_order',
        input: { clientId: client, lines: [{ productId: product, quantity: 1 }] },
      };
      const receive = { name: 'receive_stock', input: { productId: product, zone: 'A1', quantity: 1 } };
      return [randomUUID(), i % 2 === 0 ? place : receive] as const;
    });
    const killAfter = Math.floor(random() * COMMANDS * 0.6);
    let answers = 0;
    const killed = new Promise<void>((resolve) => {
      for (const [id, { name, input }] of [...unanswered, ...fresh]) {
        sent.set(id, { name, input });
        raw.socket.emit(name, { commandId: id, input }, (ack: { ok: boolean; data: unknown }) => {
          expect(ack.ok).toBe(true);
          acked.set(id, ack.data);
          answers += 1;
          if (answers === killAfter + 1) resolve();
        });
      }
    });
    await killed;
    await server.kill();
    raw.close();
  }

  await using server = await startServer(folder.path);
  await using raw = await rawSocket(server.url, { token });
  for (const view of views) await view.follow(raw);
  for (const [id, { name, input }] of sent) {
    const again = await raw.command(name, input, id);
    expect(again.ok).toBe(true);
    // The first answer again, where there was one.
    if (acked.has(id)) expect(again.data).toEqual(acked.get(id));
    acked.set(id, again.data);
  }
  const orders = [...sent.values()].filter(({ name }) => name === 'place_order').length;
  const { body, levels } = {
    body: await json(`${server.url}/api/orders?limit=1`, { token }),
    levels: await json(`${server.url}/api/inventory`, { token }),
  };
  expect(body.total, `seed ${seed}`).toBe(orders);
  expect(levels.items).toMatchObject([{ onHand: 100_000 + sent.size - orders, reserved: orders }]);

  for (const view of views) await view.stands(server.url, token);
  expect(await server.stop()).toBe(0);
}, 600_000);

test(`[C1][C2][L2][R1] kill -9 of one of two nodes amid ${COMMANDS} commands of both: the other goes on, and its reader misses nothing`, async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using database = await testDatabase();
  await using folders = await dataFolder();
  const env = { DATABASE_URL: database.url, AUTH_SECRET: 'of both nodes, and long enough for it' };
  await using node = await startServer(join(folders.path, 'a'), env);
  await using other = await startServer(join(folders.path, 'b'), env);
  const token = await firstSignIn(node.url);
  const raws = [await rawSocket(node.url, { token }), await rawSocket(other.url, { token })] as const;
  const { product, client } = await stockedShelf(raws[1]);
  const views = [new LiveView('orders'), new LiveView('inventory:A1')];
  for (const view of views) await view.follow(raws[1]);

  const commands = Array.from({ length: COMMANDS }, (_, i) => ({
    id: randomUUID(),
    // A tenth goes to both: what one node does not answer any more, the other one does.
    nodes: random() < 0.1 ? ([0, 1] as const) : ([i % 2 === 0 ? 0 : 1] as const),
    ...(random() < 0.7
      ? { name: 'place_order', input: { clientId: client, lines: [{ productId: product, quantity: 1 }] } }
      : { name: 'receive_stock', input: { productId: product, zone: 'A1', quantity: 1 } }),
  }));
  /** By commandId, each answer that said it was done; of those of both nodes two. */
  const done: { id: string; data: unknown }[] = [];
  const refused: unknown[] = [];
  const killAfter = Math.floor((0.2 + random() * 0.4) * COMMANDS);
  let enough: () => void = () => {};
  const killed = new Promise<void>((resolve) => {
    enough = resolve;
  });
  /** Each node has so many under way, whatever becomes of them. */
  const underWay = async (nth: 0 | 1): Promise<void> => {
    const own = commands.filter(({ nodes }) => nodes.some((node) => node === nth));
    let next = 0;
    const one = async (): Promise<void> => {
      for (let command = own[next++]; command; command = own[next++]) {
        const { id, name, input } = command;
        const ack = await raws[nth].command(name, input, id).catch(() => null);
        if (ack?.ok) done.push({ id, data: ack.data });
        // Two nodes in each other's way may say so: whoever is told asks again.
        else if (ack !== null && ack.error.code !== 'unavailable') refused.push(ack);
        if (ack === null) return;
        if (done.length > killAfter) enough();
      }
    };
    await Promise.all(Array.from({ length: 32 }, one));
  };
  const both = Promise.all([underWay(0), underWay(1)]);
  await killed;
  await node.kill();
  raws[0].close();
  await both;

  const context = `seed ${seed}`;
  expect(refused, context).toEqual([]);
  expect(new Set(done.map(({ id }) => id)).size, context).toBeLessThan(COMMANDS);
  const firsts = new Map<string, unknown>();
  for (const { id, data } of done) {
    if (firsts.has(id)) expect(data, context).toEqual(firsts.get(id));
    firsts.set(id, data);
  }
  for (const { id, name, input } of commands) {
    const again = await raws[1].command(name, input, id);
    expect(again.ok, `${context}: ${JSON.stringify(again)}`).toBe(true);
    if (firsts.has(id)) expect(again.data, context).toEqual(firsts.get(id));
  }
  const orders = commands.filter(({ name }) => name === 'place_order').length;
  const { total } = await json(`${other.url}/api/orders?limit=1`, { token });
  const levels = await json(`${other.url}/api/inventory`, { token });
  expect(total, context).toBe(orders);
  expect(levels.items).toMatchObject([{ onHand: 100_000 + COMMANDS - orders, reserved: orders }]);
  for (const view of views) await view.stands(other.url, token);
  raws[1].close();
}, 600_000);
