import { startPlain } from '../desks/plain.ts';
import type { Usage } from '../desks/probe.ts';
import { startProduct } from '../desks/product.ts';
import type { Stage } from '../desks/stage.ts';
import { Crowd } from '../load/crowd.ts';
import { Histogram, median } from '../load/histogram.ts';
import type { Door } from '../load/light-client.ts';
import { tell } from '../load/progress.ts';
import { atMost, figure, type Section, time } from './section.ts';

export interface ConnectPlan {
  /** Connections made one after another, and by so many at once. */
  readonly alone: number;
  readonly crowded: number;
  readonly atOnce: number;
  /** Readers that come back after a restart, and idle connections whose memory is looked at. */
  readonly readers: number;
  /** Of each side, alternating. */
  readonly rounds: number;
}

export const connectPlan = (seconds?: number): ConnectPlan => ({
  alone: seconds === undefined ? 200 : 50,
  crowded: seconds === undefined ? 1000 : 200,
  atOnce: 25,
  readers: 1000,
  rounds: seconds === undefined ? 3 : 1,
});

/** A server that can be stopped and started again where it was. */
interface Restartable extends AsyncDisposable {
  readonly doors: readonly Door[];
  usage(): Promise<Usage>;
  restart(): Promise<void>;
}

interface Found {
  readonly alone: Histogram;
  readonly crowded: Histogram;
  readonly backMs: number;
  /** For each of the idle connections, by the system's count and by the heap's (bytes). */
  readonly rss: number;
  readonly heap: number;
}

/** What it takes to come in, to come back, and to be there. */
export async function connect(stage: Stage, plan: ConnectPlan): Promise<Section> {
  const rounds: { desk: Found; plain: Found }[] = [];
  for (let i = 0; i < plan.rounds; i += 1) {
    tell(`connecting, round ${i + 1} of ${plan.rounds}`);
    const desk = await measure(await restartableDesk(stage), plan);
    rounds.push({ desk, plain: await measure(await restartablePlain(stage), plan) });
  }
  return section(rounds, plan);
}

async function measure(server: Restartable, plan: ConnectPlan): Promise<Found> {
  await using _server = server;
  await using crowd = Crowd.of(plan.readers);
  const nth = (count: number): Door[] =>
    Array.from(
      { length: count },
      (_, n) => server.doors[n % server.doors.length] ?? { url: '', token: null },
    );
  // What the first ones bring with them, and what room the start has left in the heap, stays out of the account.
  await crowd.enter(nth(plan.readers / 2), plan.atOnce);
  const before = await server.usage();
  await crowd.follow(nth(plan.readers), plan.atOnce);
  const after = await server.usage();
  await crowd.stay();
  await server.restart();
  const backMs = await crowd.comeBack();
  await crowd.leave();
  const alone = await crowd.enter(nth(plan.alone), 1);
  const crowded = await crowd.enter(nth(plan.crowded), plan.atOnce);
  return {
    alone,
    crowded,
    backMs,
    rss: (after.rss - before.rss) / plan.readers,
    heap: (after.heap - before.heap) / plan.readers,
  };
}

async function restartableDesk(stage: Stage): Promise<Restartable> {
  const databaseUrl = await stage.database();
  let desk = await startProduct(stage.program, databaseUrl);
  const { url } = desk;
  return {
    doors: stage.goods.people.map(({ token }) => ({ url, token })),
    usage: () => desk.child.ask('usage', { collect: true }),
    restart: async () => {
      await desk.stop();
      desk = await startProduct(stage.program, databaseUrl, Number(new URL(url).port));
    },
    [Symbol.asyncDispose]: () => desk.stop(),
  };
}

async function restartablePlain(stage: Stage): Promise<Restartable> {
  const databaseUrl = await stage.database();
  let plain = await startPlain(databaseUrl, stage.goods);
  const { url } = plain;
  return {
    doors: [{ url, token: null }],
    usage: () => plain.child.ask('usage', { collect: true }),
    restart: async () => {
      await plain.stop();
      plain = await startPlain(databaseUrl, stage.goods, Number(new URL(url).port));
    },
    [Symbol.asyncDispose]: () => plain.stop(),
  };
}

function section(rounds: readonly { desk: Found; plain: Found }[], plan: ConnectPlan): Section {
  const side = (which: 'desk' | 'plain') => {
    const all = rounds.map((round) => round[which]);
    const merged = (of: 'alone' | 'crowded'): Histogram => {
      const times = new Histogram();
      for (const one of all) times.merge(one[of].counted());
      return times;
    };
    return {
      alone: merged('alone'),
      crowded: merged('crowded'),
      backMs: median(all.map(({ backMs }) => backMs)),
      rss: median(all.map(({ rss }) => rss)),
      heap: median(all.map(({ heap }) => heap)),
    };
  };
  const [desk, plain] = [side('desk'), side('plain')];
  const row = (what: string, of: (found: Found) => number, as: (value: number) => string): string[] => [
    what,
    as(of(desk)),
    as(of(plain)),
    figure(of(desk) / of(plain)),
  ];
  const kilobytes = (bytes: number): string => `${figure(bytes / 1000)} kB`;
  const { readers, atOnce } = plan;
  const many = readers.toLocaleString('en');
  return {
    title: 'Coming in, coming back, being there',
    about:
      'From the first byte of the WebSocket’s handshake until the desk has said who it is (`auth_success`), or the plain Socket.IO ' +
      'server that one is in. The desk’s connections are of 64 people, each with a session of their own; the plain server asks nobody for a name. ' +
      `Coming back: the server is stopped and started again on its port, and as soon as it listens all ${many} readers come back at ` +
      'once, until the last one is let in and subscribed with its cursor. Memory: of ' +
      `${many} idle readers of \`orders\` beside half as many that were there, after a collection. Medians of ${plan.rounds} rounds on each side, in turns.`,
    tables: [
      {
        head: ['', 'desk', 'plain', 'ratio'],
        rows: [
          row('connect, one at a time: p50', ({ alone }) => alone.quantile(0.5), time),
          row('connect, one at a time: p99', ({ alone }) => alone.quantile(0.99), time),
          row(`connect, ${atOnce} at once: p50`, ({ crowded }) => crowded.quantile(0.5), time),
          row(`connect, ${atOnce} at once: p99`, ({ crowded }) => crowded.quantile(0.99), time),
          row(`${many} back after a restart`, ({ backMs }) => backMs, time),
          row('memory of a connection (RSS)', ({ rss }) => rss, kilobytes),
          row('memory of a connection (heap)', ({ heap }) => heap, kilobytes),
        ],
      },
    ],
    goals: [
      atMost(`connect, ${atOnce} at once: p99`, desk.crowded.quantile(0.99), 100, ' ms'),
      atMost(`${many} back after a restart × plain`, desk.backMs / plain.backMs, 1.5),
      // Where a heap has given back more than they took, the system's count says nothing of them.
      atMost(
        'memory of a connection (RSS) × plain',
        desk.rss > 0 && plain.rss > 0 ? desk.rss / plain.rss : Number.NaN,
        1.2,
      ),
      atMost('memory of a connection (heap) × plain', desk.heap / plain.heap, 1.2),
    ],
    notes: [],
  };
}
