import { randomUUID } from 'node:crypto';
import type { CommandInput, CommandName } from '@almenara/events';
import pg from 'pg';
import { expect, test } from 'vitest';
import type { Outcome } from '../src/commands/outcome.ts';
import { stockedDesk, type TestApp, testApp } from './app.ts';
import { between, pick, runSeed, seeded } from './random.ts';
import { expectFoldsToEqualTables } from './topics.ts';

const ROUNDS = Number(process.env.BATCH_ROUNDS ?? 4);
const COMMANDS = Number(process.env.BATCH_COMMANDS ?? 60);

interface Command<N extends CommandName = CommandName> {
  readonly name: N;
  readonly input: CommandInput<N>;
  readonly id: string;
}

const command = <N extends CommandName>(name: N, input: CommandInput<N>): Command<N> => ({
  name,
  input,
  id: randomUUID(),
});

const send = (desk: TestApp, { name, input, id }: Command): Promise<Outcome> =>
  desk.app.bus.run({ userId: desk.users.operator.id, role: 'operator' }, name, input, id);

/** All at once, in this order. @returns their outcomes, and the order in which they came to them */
async function together(desk: TestApp, commands: readonly Command[]) {
  const settled: Command[] = [];
  const outcomes = await Promise.all(
    commands.map(async (one) => {
      const outcome = await send(desk, one);
      settled.push(one);
      return outcome;
    }),
  );
  return { outcomes: new Map(commands.map((one, i) => [one, outcomes[i]])), settled };
}

/** The same goods under the same ids on a desk of its own. */
async function deskLike(setting: Setting): Promise<TestApp> {
  const desk = await testApp();
  for (const code of setting.zones) await desk.run('create_zone', { code, name: code });
  const db = desk.app.database.accounts;
  const at = new Date(0);
  for (const [i, id] of setting.products.entries()) {
    const sku = `P${i}`;
    const row = {
      id,
      sku,
      skuKey: sku.toLowerCase(),
      name: sku,
      amount: 100n,
      currency: 'EUR',
      stocked: true,
    };
    await db.product.create({ data: { ...row, createdAt: at, updatedAt: at } });
  }
  for (const clientId of setting.clients) await desk.run('create_client', { clientId, name: 'Client' });
  return desk;
}

interface Setting {
  readonly zones: readonly string[];
  readonly products: readonly string[];
  readonly clients: readonly string[];
}

/** What there is, without what differs by chance: the ids that the server makes, and times. */
async function tables(desk: TestApp) {
  const db = desk.app.database.reader;
  const orders = await db.order.findMany({
    orderBy: { id: 'asc' },
    include: {
      lines: { orderBy: { position: 'asc' }, include: { allocations: { orderBy: { id: 'asc' } } } },
    },
  });
  return {
    levels: await db.stockLevel.findMany({
      orderBy: [{ zone: 'asc' }, { productId: 'asc' }],
      omit: { updatedAt: true },
    }),
    moves: (
      await db.stockMovement.groupBy({ by: ['zone', 'productId', 'kind'], _sum: { onHandDelta: true } })
    )
      .map(({ zone, productId, kind, _sum }) => `${zone} ${productId} ${kind} ${_sum.onHandDelta}`)
      .sort(),
    clients: await db.client.findMany({ orderBy: { id: 'asc' }, omit: { createdAt: true, updatedAt: true } }),
    orders: orders
      .filter(({ backOrderOf }) => backOrderOf === null)
      .map(({ id, status, clientName, version, notes, amount, lines }) => ({
        ...{ id, status, clientName, version, notes, amount },
        lines: lines.map(({ productId, quantity, short, allocations }) => ({
          ...{ productId, quantity, short },
          allocations: allocations.map(({ zone, quantity }) => ({ zone, quantity })),
        })),
      })),
    backOrders: orders.filter(({ backOrderOf }) => backOrderOf !== null).length,
    heads: await db.topic.findMany({ orderBy: { name: 'asc' }, where: { name: { not: 'products' } } }),
  };
}

const codeOf = (outcome: Outcome | undefined): string =>
  outcome?.ok ? 'ok' : (outcome?.error.code ?? 'none');

test(`[C3][L3][S1][S2][C1] a batch leaves what its commands would have left one after another (${ROUNDS} rounds)`, async () => {
  const seed = runSeed();
  const random = seeded(seed);
  for (let round = 0; round < ROUNDS; round += 1) {
    const setting = {
      zones: ['A1', 'B1'],
      products: [randomUUID(), randomUUID(), randomUUID()],
      clients: [randomUUID(), randomUUID()],
    };
    const commands = Array.from({ length: COMMANDS }, randomCommand(random, setting));
    await using desk = await deskLike(setting);
    const batched = await together(desk, commands);
    await using other = await deskLike(setting);
    const codes = new Map<Command, string>();
    for (const one of batched.settled) codes.set(one, codeOf(await send(other, one)));

    const context = `seed ${seed}, round ${round}`;
    for (const one of commands)
      expect(codeOf(batched.outcomes.get(one)), `${context}: ${JSON.stringify(one)}`).toBe(codes.get(one));
    expect(await tables(desk), context).toEqual(await tables(other));
    expect(await desk.brokenInvariants(), context).toEqual([]);
    await expectFoldsToEqualTables(desk.app);
    // Sent again, each is answered as it was.
    const again = await together(desk, commands);
    for (const one of commands) expect(again.outcomes.get(one), context).toEqual(batched.outcomes.get(one));
  }
}, 300_000);

function randomCommand(random: () => number, { zones, products, clients }: Setting): () => Command {
  const orders: string[] = [];
  const versions = new Map<string, number>();
  const place = () => ({ zone: pick(random, zones), productId: pick(random, products) });
  const lines = () =>
    Array.from({ length: between(random, 1, 3) }, () => ({
      productId: pick(random, products),
      quantity: between(random, 1, 4),
    }));
  const ahead = (orderId: string): number => {
    const expectedVersion = versions.get(orderId) ?? 1;
    if (random() < 0.7) versions.set(orderId, expectedVersion + 1);
    return expectedVersion;
  };
  return () => {
    const roll = random();
    const orderId = orders.length > 0 ? pick(random, orders) : randomUUID();
    if (roll < 0.25) {
      const id = random() < 0.9 ? randomUUID() : orderId;
      orders.push(id);
      return command('place_order', { orderId: id, clientId: pick(random, clients), lines: lines() });
    }
    if (roll < 0.45) return command('receive_stock', { ...place(), quantity: between(random, 1, 9) });
    if (roll < 0.52)
      return command('adjust_stock', { ...place(), delta: pick(random, [-3, -1, 2]), reason: 'found' });
    if (roll < 0.57) {
      const { zone, productId } = place();
      return command('count_zone', { zone, counts: [{ productId, counted: between(random, 0, 6) }] });
    }
    if (roll < 0.63) {
      const [from = '', to = ''] = random() < 0.5 ? zones : zones.toReversed();
      return command('transfer_stock', { productId: pick(random, products), from, to, quantity: 2 });
    }
    if (roll < 0.75) {
      const status = pick(random, ['picking', 'packed', 'shipped', 'cancelled'] as const);
      return command('change_order_status', { orderId, status });
    }
    if (roll < 0.82)
      return command('edit_order', {
        orderId,
        expectedVersion: ahead(orderId),
        lines: lines(),
        notes: 'edited',
      });
    if (roll < 0.87) return command('report_shortage', { orderId, ...place(), missing: 1 });
    if (roll < 0.9) return command('reserve_order', { orderId });
    if (roll < 0.94)
      return command('record_return', {
        clientId: pick(random, clients),
        lines: lines().slice(0, 1),
        orderId,
      });
    if (roll < 0.97)
      return command('update_client', {
        clientId: pick(random, clients),
        expectedVersion: between(random, 1, 2),
        notes: `note ${random()}`,
      });
    return command('set_reorder_point', { ...place(), reorderPoint: between(random, 0, 3) });
  };
}

test('[C1] duplicates within one batch and across two get the first one’s outcome, another input a conflict', async () => {
  await using desk = await testApp();
  const { client, products } = await stockedDesk(desk, { products: 1, stock: 10 });
  const lines = [{ productId: products[0]?.id ?? '', quantity: 1 }];
  const first = command('place_order', { clientId: client.id, lines });
  const refused = command('place_order', { clientId: randomUUID(), lines });
  const other = {
    ...first,
    input: { clientId: client.id, lines: [{ productId: lines[0]?.productId ?? '', quantity: 2 }] },
  };

  const all = [command('create_client', { name: 'Ahead' }), first, refused, first, other, refused, first];
  const [, a, r, b, c, s, d] = await Promise.all(all.map((one) => send(desk, one)));

  expect(a).toMatchObject({ ok: true, at: { orders: 1 } });
  expect([b, d]).toEqual([a, a]);
  expect(c).toMatchObject({ ok: false, error: { code: 'conflict' } });
  expect(r).toMatchObject({ ok: false, error: { code: 'not_found' } });
  expect(s).toEqual(r);
  // Later, in another transaction, and on a node that knows nothing of it.
  await using node = await testApp({ databaseUrl: desk.databaseUrl });
  const actor = { userId: desk.users.operator.id, role: 'operator' } as const;
  for (const bus of [desk.app.bus, node.app.bus]) {
    expect(await bus.run(actor, first.name, first.input, first.id)).toEqual(a);
    expect(await bus.run(actor, refused.name, refused.input, refused.id)).toEqual(r);
    expect(await bus.run(actor, other.name, other.input, other.id)).toEqual(c);
  }
  expect(await desk.app.database.reader.order.count()).toBe(1);
});

test('[C1] the same commands sent to two nodes at once take effect once each', async () => {
  await using desk = await testApp();
  await using node = await testApp({ databaseUrl: desk.databaseUrl });
  const { client, products } = await stockedDesk(desk, { products: 3, stock: 40 });
  const commands = Array.from({ length: 60 }, (_, i) =>
    command('place_order', {
      clientId: client.id,
      lines: [i % 3, (i + 1) % 3].map((n) => ({ productId: products[n]?.id ?? '', quantity: 1 })),
    }),
  );
  const actor = { userId: desk.users.operator.id, role: 'operator' } as const;
  const on = (bus: TestApp['app']['bus'], among: readonly Command[]) =>
    Promise.all(among.map(({ name, input, id }) => bus.run(actor, name, input, id)));

  const [here, there] = await Promise.all([
    on(desk.app.bus, commands),
    on(node.app.bus, commands.toReversed()),
  ]);

  // Whoever was told that the other one held them asks again, as every client does.
  const settle = async (outcomes: readonly Outcome[], among: readonly Command[]) =>
    Promise.all(
      outcomes.map(async (outcome, i) => {
        const one = among[i];
        let last = outcome;
        while (one && !last.ok && last.error.code === 'unavailable') last = await send(desk, one);
        return last;
      }),
    );
  const first = await settle(here, commands);
  expect((await settle(there, commands.toReversed())).toReversed()).toEqual(first);
  expect(first.filter(({ ok }) => ok)).toHaveLength(60);
  expect(await desk.app.database.reader.order.count()).toBe(60);
  expect(await desk.brokenInvariants()).toEqual([]);
  await expectFoldsToEqualTables(desk.app);
}, 60_000);

test('[C3][L4] one command that the database refuses is refused alone, whoever shared its transaction', async () => {
  await using desk = await testApp();
  const db = desk.app.database.accounts;
  await db.$executeRawUnsafe(`CREATE FUNCTION no_poison() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN IF NEW.name LIKE 'poison%' THEN RAISE EXCEPTION 'poisoned'; END IF; RETURN NEW; END $$`);
  await db.$executeRawUnsafe(
    'CREATE TRIGGER no_poison BEFORE INSERT ON client FOR EACH ROW EXECUTE FUNCTION no_poison()',
  );
  const names = Array.from({ length: 40 }, (_, i) => (i === 7 || i === 23 ? `poison ${i}` : `Client ${i}`));

  const outcomes = await Promise.all(names.map((name) => send(desk, command('create_client', { name }))));

  for (const [i, outcome] of outcomes.entries())
    expect(codeOf(outcome), names[i]).toBe(names[i]?.startsWith('poison') ? 'internal' : 'ok');
  expect(await db.$queryRaw`SELECT 1 FROM command WHERE outcome IS NULL`).toEqual([]);
  expect(await db.client.count()).toBe(38);
  await expectFoldsToEqualTables(desk.app);
});

test('[C3] what one row’s holder keeps waiting waits alone: everybody else goes on', async () => {
  await using desk = await testApp();
  const { client, products, zone } = await stockedDesk(desk, { products: 2, stock: 100 });
  const [held, free] = products.map(({ id }) => id);
  const holder = new pg.Client({ connectionString: desk.databaseUrl });
  await holder.connect();
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM stock_level WHERE product_id = $1 FOR UPDATE', [held]);
    const order = (productId: string | undefined) =>
      command('place_order', { clientId: client.id, lines: [{ productId: productId ?? '', quantity: 1 }] });
    const waits = send(desk, order(held));
    let isWaiting = true;
    void waits.then(() => {
      isWaiting = false;
    });
    const others = await Promise.all(
      Array.from({ length: 30 }, (_, i) =>
        send(desk, i % 2 ? order(free) : command('create_client', { name: 'C' })),
      ),
    );
    expect(others.map(codeOf)).toEqual(others.map(() => 'ok'));
    expect(isWaiting).toBe(true);

    await holder.query('ROLLBACK');
    expect(await waits).toMatchObject({ ok: true });
  } finally {
    await holder.end();
  }
  const level = await desk.app.database.reader.stockLevel.findUnique({
    where: { zone_productId: { zone, productId: held ?? '' } },
  });
  expect(level?.reserved).toBe(1);
});

test('[C4] what would wait for longer than two seconds is told so, and nothing of it is done', async () => {
  await using desk = await testApp({ config: { DATABASE_WRITERS: 1 } });
  const { client, products } = await stockedDesk(desk, { products: 1, stock: 100 });
  const holder = new pg.Client({ connectionString: desk.databaseUrl });
  await holder.connect();
  const order = () =>
    command('place_order', {
      clientId: client.id,
      lines: [{ productId: products[0]?.id ?? '', quantity: 1 }],
    });
  const commands = Array.from({ length: 12 }, order);
  try {
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM stock_level FOR UPDATE');
    const outcomes = await Promise.all(commands.map((one) => send(desk, one)));
    for (const outcome of outcomes)
      expect(outcome).toMatchObject({
        ok: false,
        error: { code: 'unavailable', retryAfterMs: expect.any(Number) },
      });
    await holder.query('ROLLBACK');
  } finally {
    await holder.end();
  }
  expect(await desk.app.database.reader.order.count()).toBe(0);
  const again = await Promise.all(commands.map((one) => send(desk, one)));
  expect(again.map(codeOf)).toEqual(commands.map(() => 'ok'));
  expect(
    again.map((outcome) => (outcome.ok ? Object(outcome.data).order.number : 0)).toSorted((a, b) => a - b),
  ).toEqual(commands.map((_, i) => i + 1));
}, 30_000);
