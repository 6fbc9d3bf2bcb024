import { expect, test } from 'vitest';
import { renewEpoch } from '../src/log/epoch.ts';
import { stockedDesk, testApp } from './app.ts';
import { between, runSeed, seeded } from './random.ts';
import { type RawSocket, rawSocket } from './socket.ts';

const CUTS = Number(process.env.RESUME_CUTS ?? 12);

/**
 * A follower as an outside program would write it from the description of the wire alone: it keeps a cursor, buffers
 * live events until its subscribe is answered, drops what it has, and asks for what it lacks.
 */
class Follower {
  readonly applied: { seq: number; id: string }[] = [];
  private cursor: { epoch: string; seq: number; id?: string } | null = null;
  private buffer: { seq: number; id: string; topic: string }[] | null = null;
  private readonly topic: string;

  constructor(topic: string) {
    this.topic = topic;
  }

  get seq(): number {
    return this.cursor?.seq ?? -1;
  }

  listen(raw: RawSocket): void {
    let live: number | null = null;
    raw.socket.on('events', (envelopes: { seq: number; id: string; topic: string }[]) => {
      const mine = envelopes.filter((event) => event.topic === this.topic);
      for (const { seq } of mine) {
        // On one connection the server sends each event once, and none is missing in between.
        if (live !== null) expect(seq).toBe(live + 1);
        live = seq;
      }
      if (this.buffer) this.buffer.push(...mine);
      else this.apply(mine);
    });
  }

  async subscribe(raw: RawSocket): Promise<void> {
    this.buffer = [];
    this.listen(raw);
    const { ok, data } = await raw.ask('subscribe', {
      topics: [{ topic: this.topic, ...(this.cursor && { cursor: this.cursor }) }],
    });
    expect(ok).toBe(true);
    const [row] = data.topics;
    if (row.kind === 'reset') {
      expect(row.reason).toBe('new');
      this.cursor = { epoch: data.epoch, seq: row.head };
    } else {
      expect(row.kind).toBe('delta');
      this.apply(row.events);
      for (let more = row.more; more; ) {
        const answer = await raw.ask('catch_up', { topic: this.topic, cursor: this.cursor, limit: 50 });
        expect(answer.data.kind).toBe('delta');
        this.apply(answer.data.events);
        more = answer.data.more;
      }
    }
    const waiting = this.buffer;
    this.buffer = null;
    this.apply(waiting);
  }

  private apply(events: readonly { seq: number; id: string }[]): void {
    for (const { seq, id } of events) {
      if (!this.cursor || seq <= this.cursor.seq) continue;
      // The server sends a topic's events in order: on one connection nothing is ever missing in between.
      expect(seq).toBe(this.cursor.seq + 1);
      this.cursor = { ...this.cursor, seq, id };
      this.applied.push({ seq, id });
    }
  }
}

test(`[R1] a raw client cut off ${CUTS} times at random ends with exactly the events that the log lists`, async () => {
  const seed = runSeed();
  const random = seeded(seed);
  await using desk = await testApp();
  const { zone, products } = await stockedDesk(desk, { products: 3 });
  const topic = `inventory:${zone}`;
  const token = desk.users.viewer.token;
  const follower = new Follower(topic);

  let writing = true;
  const writers = Promise.all(
    products.map(async ({ id }) => {
      while (writing) await desk.run('receive_stock', { productId: id, zone, quantity: 1 });
    }),
  );
  for (let cut = 0; cut <= CUTS; cut += 1) {
    const raw = await rawSocket(desk.url, { token });
    const reach = follower.seq + between(random, 1, 40);
    const subscribed = follower.subscribe(raw);
    if (random() < 0.3) {
      // Cut while the answer is under way.
      raw.socket.io.engine.close();
      await subscribed.catch(() => {});
      continue;
    }
    await subscribed;
    await expect.poll(() => follower.seq, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(reach);
    raw.socket.io.engine.close();
  }
  writing = false;
  await writers;
  await using raw = await rawSocket(desk.url, { token });
  await follower.subscribe(raw);

  const start = follower.applied[0]?.seq ?? 1;
  const listed: { seq: number; id: string }[] = [];
  for (let after = start - 1; ; ) {
    const { body } = await desk.http('viewer', 'GET', `/api/topics/${topic}/events?after=${after}&limit=100`);
    if (body.events.length === 0) break;
    listed.push(...body.events);
    after = body.events.at(-1).seq;
  }
  expect(follower.applied, `seed ${seed}`).toEqual(listed.map(({ seq, id }) => ({ seq, id })));
  expect(follower.applied.length).toBeGreaterThan(CUTS);
});

test('[R1] what a node committed and never announced is found by the sweep of another', async () => {
  await using one = await testApp();
  await using two = await testApp({ databaseUrl: one.databaseUrl });
  const { zone, products } = await stockedDesk(one, { products: 1 });
  await using raw = await rawSocket(two.url, { token: two.users.viewer.token });
  await raw.ask('subscribe', { topics: [{ topic: `inventory:${zone}` }] });

  await one.run('receive_stock', { productId: products[0]?.id ?? '', zone, quantity: 7 });

  await expect
    .poll(() => raw.events.map((event) => event.type), { timeout: 5000 })
    .toEqual(['inventory_updated']);
});

test('[R2] a cursor of another epoch, ahead of the log, or with another event’s id is answered with a reset', async () => {
  await using desk = await testApp();
  const { zone } = await stockedDesk(desk);
  const topic = `inventory:${zone}`;
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const { body: log } = await desk.http('viewer', 'GET', `/api/topics/${topic}/events`);
  const epoch = log.epoch;
  const [, second] = log.events;

  const reasonOf = async (cursor: unknown): Promise<string> => {
    const { data } = await raw.ask('subscribe', { topics: [{ topic, cursor }] });
    const [row] = data.topics;
    return row.kind === 'reset' ? row.reason : row.kind;
  };
  expect(await reasonOf(undefined)).toBe('new');
  expect(await reasonOf({ epoch: 'another', seq: 1 })).toBe('epoch');
  expect(await reasonOf({ epoch, seq: log.head + 1 })).toBe('ahead');
  expect(await reasonOf({ epoch, seq: 2, id: log.events[0].id })).toBe('history');
  expect(await reasonOf({ epoch, seq: 2, id: second.id })).toBe('delta');
  expect(await reasonOf({ epoch, seq: 0 })).toBe('delta');

  for (const query of ['epoch=another', `after=${log.head + 1}`]) {
    const gone = await desk.http('viewer', 'GET', `/api/topics/${topic}/events?${query}`);
    expect(gone.status).toBe(410);
    expect(gone.body).toMatchObject({ code: 'reset', head: log.head });
  }
});

test('[R2] when the database begins another history, who is connected is sent back to ask, and reset', async () => {
  await using desk = await testApp();
  const { zone } = await stockedDesk(desk);
  const raw = await rawSocket(desk.url, { token: desk.users.viewer.token });
  const { data } = await raw.ask('subscribe', { topics: [{ topic: `inventory:${zone}` }] });
  const gone = new Promise((resolve) => raw.socket.once('disconnect', resolve));

  await renewEpoch(desk.app.database.accounts);

  expect(await gone).toBe('transport close');
  await using again = await rawSocket(desk.url, { token: desk.users.viewer.token });
  expect(again.hello.epoch).not.toBe(data.epoch);
  const cursor = { epoch: data.epoch, seq: data.topics[0].head };
  const answer = await again.ask('subscribe', { topics: [{ topic: `inventory:${zone}`, cursor }] });
  expect(answer.data.topics[0]).toMatchObject({ kind: 'reset', reason: 'epoch' });
});

test('[R2] below the floor of a topic whose first events are gone, a cursor has expired', async () => {
  await using desk = await testApp();
  const { zone } = await stockedDesk(desk);
  const topic = `inventory:${zone}`;
  const db = desk.app.database.accounts;
  await db.$executeRaw`DELETE FROM event WHERE topic = ${topic} AND seq <= 2`;
  await db.$executeRaw`UPDATE topic SET floor = 2 WHERE name = ${topic}`;
  const { body } = await desk.http('viewer', 'GET', `/api/topics/${topic}/events?after=2`);
  await using raw = await rawSocket(desk.url, { token: desk.users.viewer.token });

  const { data } = await raw.ask('subscribe', { topics: [{ topic, cursor: { epoch: body.epoch, seq: 1 } }] });
  expect(data.topics[0]).toMatchObject({ kind: 'reset', reason: 'expired' });
  const { data: at } = await raw.ask('subscribe', {
    topics: [{ topic, cursor: { epoch: body.epoch, seq: 2 } }],
  });
  expect(at.topics[0]).toMatchObject({ kind: 'delta' });
  expect(await desk.brokenInvariants()).toEqual([]);
});

test('the snapshot of an earlier moment is folded from the log', async () => {
  await using desk = await testApp();
  const { zone, products } = await stockedDesk(desk, { products: 1, stock: 10 });
  await desk.run('receive_stock', { productId: products[0]?.id ?? '', zone, quantity: 5 });
  const at = async (query: string) =>
    (await desk.http('viewer', 'GET', `/api/topics/inventory:${zone}/snapshot${query}`)).body;

  expect((await at('?at=1')).snapshot.levels).toMatchObject([{ onHand: 10 }]);
  expect((await at('?at=0')).snapshot.levels).toEqual([]);
  expect(await at('')).toMatchObject({ head: 2, snapshot: { levels: [{ onHand: 15 }] } });
});
