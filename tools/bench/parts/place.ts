import { Bare } from '../desks/bare.ts';
import { overSockets, type What } from '../desks/over-sockets.ts';
import { type Product, startProduct } from '../desks/product.ts';
import type { Stage } from '../desks/stage.ts';
import { closedLoad, type Place, type Round } from '../load/closed-load.ts';
import { Histogram, median } from '../load/histogram.ts';
import { tell } from '../load/progress.ts';
import { atLeast, atMost, figure, type Goal, type Section, time } from './section.ts';

export interface PlacePlan {
  readonly cases: readonly { readonly what: What; readonly inFlight: number }[];
  /** Of each side, alternating. */
  readonly rounds: number;
  readonly seconds: number;
}

export const placePlan = (seconds = 4): PlacePlan => ({
  cases: [
    { what: 'place_order', inFlight: 1 },
    { what: 'place_order', inFlight: 32 },
    { what: 'place_order', inFlight: 256 },
    { what: 'place_order, one product', inFlight: 32 },
    { what: 'place_order, one product', inFlight: 256 },
    { what: 'place_order, one person', inFlight: 32 },
    { what: 'create_client', inFlight: 1 },
    { what: 'create_client', inFlight: 32 },
    { what: 'create_client', inFlight: 256 },
  ],
  rounds: 3,
  seconds,
});

interface Found {
  readonly what: What;
  readonly inFlight: number;
  readonly desk: number;
  readonly bare: number;
  readonly ratio: number;
  /** Of the server, for each command. */
  readonly cpuMs: number;
  readonly acks: Histogram;
}

/** How many commands a second the desk does, beside a bare transaction each. */
export async function place(stage: Stage, plan: PlacePlan): Promise<Section> {
  const databaseUrl = await stage.database();
  await using desk = await startProduct(stage.program, databaseUrl);
  const bare = new Bare(databaseUrl, stage.goods);
  try {
    const found: Found[] = [];
    for (const { what, inFlight } of plan.cases) {
      tell(`${what}, ${inFlight} in flight`);
      found.push(
        await overSockets(desk, stage.goods, what, (viaDesk) =>
          compare(what, inFlight, { desk, viaDesk, bare }, plan),
        ),
      );
    }
    return section(found, plan);
  } finally {
    await bare.close();
  }
}

interface Sides {
  readonly desk: Product;
  readonly viaDesk: readonly Place[];
  readonly bare: Bare;
}

async function compare(what: What, inFlight: number, sides: Sides, plan: PlacePlan): Promise<Found> {
  const { desk, viaDesk, bare } = sides;
  const viaBare: Place = (which, commandId, done) => {
    const product = what === 'place_order, one product' ? 0 : which;
    bare.run(product, commandId).then(
      () => done(true),
      () => done(false),
    );
  };
  // Warms up both.
  await closedLoad(viaDesk, inFlight, plan.seconds / 4);
  await closedLoad([viaBare], inFlight, plan.seconds / 4);
  const rounds: { desk: Round; bare: Round; cpuMs: number }[] = [];
  for (let i = 0; i < plan.rounds; i += 1) {
    const before = await desk.child.ask('usage', { collect: false });
    const round = await closedLoad(viaDesk, inFlight, plan.seconds);
    const after = await desk.child.ask('usage', { collect: false });
    const cpuMs = (after.cpuMs - before.cpuMs) / round.done;
    rounds.push({ desk: round, cpuMs, bare: await closedLoad([viaBare], inFlight, plan.seconds) });
  }
  const acks = new Histogram();
  for (const round of rounds) acks.merge(round.desk.acks.counted());
  return {
    what,
    inFlight,
    acks,
    desk: median(rounds.map((round) => round.desk.rate)),
    bare: median(rounds.map((round) => round.bare.rate)),
    ratio: median(rounds.map((round) => round.desk.rate / round.bare.rate)),
    cpuMs: median(rounds.map((round) => round.cpuMs)),
  };
}

function section(found: readonly Found[], { rounds, seconds }: PlacePlan): Section {
  const of = (what: What, inFlight: number): Found | undefined =>
    found.find((one) => one.what === what && one.inFlight === inFlight);
  const ratio = (what: What, inFlight: number, bound: number): Goal =>
    atLeast(
      `${what}, ${inFlight} in flight: × the bare transaction`,
      of(what, inFlight)?.ratio ?? Number.NaN,
      bound,
    );
  const cpu = (inFlight: number): Goal =>
    atMost(
      `place_order, ${inFlight} in flight: CPU of the server each`,
      of('place_order', inFlight)?.cpuMs ?? Number.NaN,
      0.4,
      ' ms',
    );
  return {
    title: 'Commands a second',
    about:
      `Over sockets, from as many people and connections as there are commands in flight, 64 at most; ${rounds} rounds of ` +
      `${figure(seconds)} s each, the desk and the bare transaction in turns on the same PostgreSQL. Rates and ratios are ` +
      'medians of the rounds. The bare transaction claims, takes the goods, takes the place in the topic and writes the event: ' +
      'four prepared statements over 10 connections, with nothing around it.',
    tables: [
      {
        head: [
          'command',
          'in flight',
          'desk /s',
          'bare /s',
          'ratio',
          'server CPU each',
          'ack p50',
          'ack p99',
        ],
        rows: found.map((one) => [
          one.what,
          String(one.inFlight),
          figure(one.desk),
          figure(one.bare),
          figure(one.ratio),
          `${figure(one.cpuMs)} ms`,
          time(one.acks.quantile(0.5)),
          time(one.acks.quantile(0.99)),
        ]),
      },
    ],
    goals: [
      ratio('place_order', 1, 0.25),
      ratio('place_order', 32, 1.2),
      ratio('place_order', 256, 2),
      ratio('place_order, one product', 32, 1.2),
      ratio('create_client', 32, 1.5),
      cpu(32),
      cpu(256),
    ],
    notes: [],
  };
}
