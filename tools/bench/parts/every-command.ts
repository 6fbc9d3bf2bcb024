import { BARE_ZONE, type Goods, orderOf, ZONE } from '../desks/goods.ts';
import type { Person } from '../desks/people.ts';
import { startProduct } from '../desks/product.ts';
import type { Stage } from '../desks/stage.ts';
import { closedLoad, type Place } from '../load/closed-load.ts';
import { LightClient } from '../load/light-client.ts';
import { tell } from '../load/progress.ts';
import { figure, type Section, time } from './section.ts';

export interface EveryPlan {
  readonly inFlight: number;
  readonly seconds: number;
}

export const everyPlan = (seconds = 3): EveryPlan => ({ inFlight: 32, seconds });

/** Whoever has one command under way at a time, and what they do it to. */
interface Clerk {
  readonly client: LightClient;
  readonly person: Person;
  readonly goods: Goods;
  /** Of the goods, the one that is theirs. */
  readonly productId: string;
  /** What their last command answered. */
  last: Answer;
  readonly count: { readonly id: string } | undefined;
}

interface Entity {
  readonly id: string;
  readonly version: number;
}
interface Answer {
  readonly order?: Entity & { readonly status: string };
  readonly client?: Entity;
  readonly product?: Entity & { readonly name: string };
}

interface Measured {
  readonly name: string;
  /** What has to be there before: its answer is the first `last`. */
  readonly prepare?: (clerk: Clerk) => Promise<Answer>;
  readonly input: (clerk: Clerk, which: number) => object;
}

const ask = (clerk: Clerk, name: string, input: object): Promise<Answer> =>
  clerk.client.run(name, input).then((data) => Object(data));

/** An order that no round comes to the end of. */
const LARGE = 100_000;
const lines = ({ productId }: Clerk, quantity: number) => [{ productId, quantity, zone: ZONE }];
const ordered =
  (quantity = 1) =>
  (clerk: Clerk): Promise<Answer> =>
    ask(clerk, 'place_order', { clientId: clerk.goods.clientId, lines: lines(clerk, quantity) });
const orderId = ({ last }: Clerk): string => String(last.order?.id);
const versioned = (entity: Entity | undefined): { expectedVersion: number } => ({
  expectedVersion: Number(entity?.version),
});
const named = (which: number): { name: string; email: string } => ({
  name: `Client ${which}`,
  email: `client-${which}@bench.test`,
});
const called = (which: number): object => ({
  sku: `MADE-${which}-${Math.random()}`,
  name: `Product ${which}`,
  unitPrice: { amount: 250, currency: 'EUR' },
});

/** Every command that shares its transaction with others, as a shop sends it. */
const COMMANDS: readonly Measured[] = [
  { name: 'place_order', input: ({ goods }, which) => orderOf(goods, which) },
  {
    name: 'edit_order',
    prepare: ordered(),
    input: (clerk, which) => ({
      orderId: orderId(clerk),
      ...versioned(clerk.last.order),
      lines: lines(clerk, 1 + (which % 5)),
    }),
  },
  {
    name: 'change_order_status',
    prepare: ordered(),
    input: (clerk) => ({
      orderId: orderId(clerk),
      status: clerk.last.order?.status === 'placed' ? 'picking' : 'placed',
    }),
  },
  {
    name: 'assign_order',
    prepare: ordered(),
    input: (clerk, which) => ({ orderId: orderId(clerk), userId: which % 2 ? clerk.person.userId : null }),
  },
  { name: 'reserve_order', prepare: ordered(), input: (clerk) => ({ orderId: orderId(clerk) }) },
  { name: 'receive_stock', input: ({ productId }) => ({ productId, zone: ZONE, quantity: 1 }) },
  {
    name: 'adjust_stock',
    input: ({ productId }, which) => ({
      productId,
      zone: ZONE,
      delta: which % 2 ? 1 : -1,
      reason: 'Counted',
    }),
  },
  {
    name: 'transfer_stock',
    input: ({ productId }) => ({ productId, from: BARE_ZONE, to: ZONE, quantity: 1 }),
  },
  {
    name: 'set_reorder_point',
    input: ({ productId }, which) => ({ productId, zone: ZONE, reorderPoint: which % 100 }),
  },
  {
    name: 'count_zone',
    input: ({ productId }, which) => ({
      zone: ZONE,
      counts: [{ productId, counted: LARGE * 2 + (which % 10) }],
    }),
  },
  {
    name: 'record_count',
    input: ({ productId, count }, which) => ({ countId: count?.id, productId, counted: which % 100 }),
  },
  { name: 'create_client', input: (_, which) => named(which) },
  {
    name: 'update_client',
    prepare: (clerk) => ask(clerk, 'create_client', named(0)),
    input: ({ last }, which) => ({ clientId: last.client?.id, ...versioned(last.client), ...named(which) }),
  },
  { name: 'create_product', input: (_, which) => called(which) },
  {
    name: 'update_product',
    prepare: (clerk) => ask(clerk, 'create_product', called(0)),
    input: ({ last }, which) => ({
      productId: last.product?.id,
      ...versioned(last.product),
      unitPrice: { amount: which % 1000, currency: 'EUR' },
    }),
  },
  {
    name: 'record_return',
    input: ({ goods, productId }) => ({
      clientId: goods.clientId,
      lines: [{ productId, quantity: 1, zone: ZONE }],
    }),
  },
  // Whatever brings goods after this serves who waits for them.
  {
    name: 'report_shortage',
    prepare: ordered(LARGE),
    input: (clerk) => ({ orderId: orderId(clerk), productId: clerk.productId, zone: ZONE, missing: 1 }),
  },
];

/** How many of each command a second the desk does. */
export async function everyCommand(stage: Stage, { inFlight, seconds }: EveryPlan): Promise<Section> {
  const { goods } = stage;
  await using desk = await startProduct(stage.program, await stage.database());
  const starter = await LightClient.connect({ url: desk.url, token: goods.people[0]?.token ?? '' });
  const { count } = Object(await starter.run('start_count', { zone: BARE_ZONE }));
  starter.close();
  const clerks = await Promise.all(
    Array.from({ length: inFlight }, async (_, i): Promise<Clerk> => {
      const person = goods.people[i % goods.people.length];
      const productId = goods.products[i % goods.products.length];
      if (!person || productId === undefined) throw new Error('There is nobody, or nothing to sell.');
      const client = await LightClient.connect({ url: desk.url, token: person.token });
      return { client, person, goods, productId, last: {}, count };
    }),
  );
  const rows: string[][] = [];
  for (const command of COMMANDS) {
    tell(command.name);
    for (const clerk of clerks) clerk.last = (await command.prepare?.(clerk)) ?? {};
    const places = clerks.map((clerk) => placeOf(command, clerk));
    await closedLoad(places, inFlight, seconds / 2);
    const before = await desk.child.ask('usage', { collect: false });
    const round = await closedLoad(places, inFlight, seconds);
    const { cpuMs } = await desk.child.ask('usage', { collect: false });
    const { acks, rate, done } = round;
    rows.push([
      command.name,
      figure(rate),
      `${figure((cpuMs - before.cpuMs) / done)} ms`,
      time(acks.quantile(0.5)),
      time(acks.quantile(0.99)),
    ]);
  }
  for (const { client } of clerks) client.close();
  return {
    title: 'Every command that shares a transaction',
    about:
      `Over sockets, ${inFlight} in flight from as many people, for ${figure(seconds)} s each, one line each; those that ` +
      'change an order, a client or a product do it to one of their own. reserve_order finds that nothing is short.',
    tables: [{ head: ['command', 'desk /s', 'server CPU each', 'ack p50', 'ack p99'], rows }],
    goals: [],
    notes: [],
  };
}

function placeOf({ name, input }: Measured, clerk: Clerk): Place {
  let nth = 0;
  return (_which, commandId, done) => {
    nth += 1;
    clerk.client.send(name, JSON.stringify({ commandId, input: input(clerk, nth) }), (answer) => {
      const [said]: [{ ok: boolean; data: Answer }] = JSON.parse(answer.toString());
      if (!said.ok) console.error(`${name}: ${answer.toString('utf8', 0, 500)}`);
      if (said.ok) clerk.last = said.data;
      done(said.ok);
    });
  };
}
