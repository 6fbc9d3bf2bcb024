import { orderOf } from '../desks/goods.ts';
import { startPlain } from '../desks/plain.ts';
import type { ProbeQuestions } from '../desks/probe.ts';
import { startProduct } from '../desks/product.ts';
import type { Stage } from '../desks/stage.ts';
import type { Child } from '../load/child.ts';
import { now } from '../load/clock.ts';
import { Crowd } from '../load/crowd.ts';
import type { Sight } from '../load/crowd-questions.ts';
import { Histogram } from '../load/histogram.ts';
import { type Door, LightClient } from '../load/light-client.ts';
import { type Offered, OpenLoad, type Send } from '../load/open-load.ts';
import { commandPrefix } from '../load/packets.ts';
import { tell } from '../load/progress.ts';

/** Connections that place orders, beside those that read. */
const WRITERS = 32;
/** Readers that connect at the same time. */
const AT_ONCE = 25;
/** What is not there by then after the last order was due is told as missing. */
const PATIENCE_MS = 60_000;

export interface Load {
  readonly readers: number;
  /** Orders a second. */
  readonly rate: number;
  readonly seconds: number;
}

type Measured = Pick<Child<ProbeQuestions>, 'ask' | 'whileUp'>;

/** What became of a load at one server. */
export interface Live {
  readonly load: Load;
  readonly offered: Offered;
  readonly sight: Sight;
  readonly events: Histogram;
  readonly deliveriesPerSecond: number;
  /** Of one core, while the orders came. */
  readonly cpuShare: number;
  /** Events that were committed and that no reader, or not every reader, had at the end. */
  readonly missing: number;
}

export async function liveAtDesk(stage: Stage, load: Load): Promise<Live> {
  const { goods } = stage;
  tell(`${load.readers} readers, ${load.rate} orders a second, at the desk`);
  await using desk = await startProduct(stage.program, await stage.database());
  const doors = goods.people.map(({ token }) => ({ url: desk.url, token }));
  const send =
    (client: LightClient): Send =>
    (which, commandId, answered) =>
      client.send('place_order', JSON.stringify({ commandId, input: orderOf(goods, which) }), answered);
  // Awaited here, and below: the server ends with the block.
  return await run(load, doors, send, desk.child);
}

export async function liveAtPlain(stage: Stage, load: Load): Promise<Live> {
  tell(`${load.readers} readers, ${load.rate} orders a second, at the plain server`);
  await using plain = await startPlain(await stage.database(), stage.goods);
  const send =
    (client: LightClient): Send =>
    (which, commandId, answered) =>
      client.send('place_order', JSON.stringify({ commandId, input: orderOf(stage.goods, which) }), answered);
  return await run(load, [{ url: plain.url, token: null }], send, plain.child);
}

async function run(
  load: Load,
  doors: readonly Door[],
  sendOver: (client: LightClient) => Send,
  server: Measured,
): Promise<Live> {
  await using crowd = Crowd.of(load.readers);
  const nth = (n: number): Door => doors[n % doors.length] ?? { url: '', token: null };
  const before = await crowd.follow(
    Array.from({ length: load.readers }, (_, n) => nth(n)),
    AT_ONCE,
  );
  const writers = await Promise.all(Array.from({ length: WRITERS }, (_, n) => LightClient.connect(nth(n))));
  try {
    await warmUp(writers.map(sendOver), load);
    const warm = await crowd.reach(before.seqs[1] + warmUps(load), PATIENCE_MS);
    const everyMs = 1000 / load.rate;
    const prefix = commandPrefix();
    const start = now() + 200;
    await crowd.begin({ commandPrefix: prefix, start, everyMs });
    const cpuBefore = await server.ask('usage', { collect: false });
    const count = Math.round(load.rate * load.seconds);
    const orders = new OpenLoad(writers.map(sendOver), { commandPrefix: prefix, start, everyMs, count });
    const [offered, usedMs] = await server.whileUp(
      Promise.all([orders.run(PATIENCE_MS), cpuOver(server, cpuBefore.cpuMs, start + load.seconds * 1000)]),
    );
    const head = warm.seqs[1] + offered.done;
    const sight = await crowd.reach(head, PATIENCE_MS);
    const events = new Histogram();
    events.merge(sight.late);
    return {
      load,
      offered,
      sight,
      events,
      deliveriesPerSecond: sight.deliveries / ((sight.lastAt - start) / 1000),
      cpuShare: usedMs / (load.seconds * 1000),
      missing: offered.done * load.readers - sight.deliveries,
    };
  } finally {
    for (const writer of writers) writer.close();
  }
}

const warmUps = ({ rate }: Load): number => Math.max(1, Math.min(100, rate));

/** Half a second of the load, until all readers have it. */
async function warmUp(sends: readonly Send[], { rate, ...load }: Load): Promise<void> {
  const options = { commandPrefix: commandPrefix(), start: now(), everyMs: 1000 / rate };
  await new OpenLoad(sends, { ...options, count: warmUps({ rate, ...load }) }).run(PATIENCE_MS);
}

/** @returns the CPU time that the server has used until then since it had used `before` (ms) */
function cpuOver(server: Measured, before: number, until: number): Promise<number> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      server.ask('usage', { collect: false }).then(({ cpuMs }) => resolve(cpuMs - before), reject);
    }, until - now());
  });
}
