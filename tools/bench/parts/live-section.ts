import type { Stage } from '../desks/stage.ts';
import { openFiles } from './files.ts';
import type { Live, Load } from './live.ts';
import { liveAtDesk, liveAtPlain } from './live.ts';
import { atMost, figure, type Goal, type Section, time } from './section.ts';

export interface LivePlan {
  /** At the desk and at the plain server. */
  readonly both: readonly Load[];
  /** At the desk alone: the plain server has given up long before. */
  readonly desk: readonly Load[];
}

export const livePlan = (seconds?: number): LivePlan => {
  const load = (readers: number, rate: number, long = 10): Load => ({
    readers,
    rate,
    seconds: seconds ?? long,
  });
  return {
    both: [load(100, 100), load(1000, 50), load(1000, 150)],
    desk: [load(100, 1000), load(1000, 400, 30), load(1000, 800, 30), load(5000, 100)],
  };
};

/** Of a server, beside its readers. */
const OWN_FILES = 200;

interface Pair {
  readonly load: Load;
  readonly desk: Live;
  readonly plain: Live | null;
}

/** How long an order takes to every other screen, and how many screens one server carries. */
export async function live(stage: Stage, { both, desk }: LivePlan): Promise<Section> {
  const pairs: Pair[] = [];
  const mayHave = openFiles() - OWN_FILES;
  const canBe = (load: Load): boolean => load.readers <= mayHave;
  for (const load of both.filter(canBe))
    pairs.push({ load, desk: await liveAtDesk(stage, load), plain: await liveAtPlain(stage, load) });
  for (const load of desk.filter(canBe))
    pairs.push({ load, desk: await liveAtDesk(stage, load), plain: null });
  const not = [...both, ...desk].filter((load) => !canBe(load));
  return section(
    pairs,
    not.map(
      (load) =>
        `${name(load)} could not be done: a process may have only ${mayHave + OWN_FILES} files open here (\`ulimit -n\`).`,
    ),
  );
}

function section(pairs: readonly Pair[], notDone: readonly string[]): Section {
  return {
    title: 'Live orders',
    about:
      'Readers of the topic `orders`, each on a connection of its own, in other processes; orders are placed by ' +
      '`place_order` over 32 more connections at a steady rate, whether answers come or not. Acks and events are measured from the moment ' +
      'that the order was due: the event until it is in a reader’s hands, over all readers and all events. Every reader ' +
      'checks every place in the topic. The plain way is a Socket.IO server that runs the bare transaction, emits one event of the ' +
      'same size to a room, then answers.',
    tables: [
      {
        head: [
          'readers × orders/s',
          '',
          'ack p50',
          'ack p99',
          'event p50',
          'event p99',
          'deliveries/s',
          'a packet',
          'CPU',
          'refused',
        ],
        rows: pairs.flatMap(({ load, desk, plain }) => [
          row(`${name(load)}, ${load.seconds} s`, 'desk', desk),
          ...(plain === null ? [] : [row('', 'plain', plain)]),
        ]),
      },
    ],
    goals: goals(pairs),
    notes: [...notDone, ...pairs.flatMap(({ load, desk }) => notes(load, desk))],
  };
}

const name = ({ readers, rate }: Load): string => `${readers.toLocaleString('en')} × ${rate}`;

function row(what: string, side: string, { offered, sight, events, ...one }: Live): string[] {
  return [
    what,
    side,
    time(offered.acks.quantile(0.5)),
    time(offered.acks.quantile(0.99)),
    time(events.quantile(0.5)),
    time(events.quantile(0.99)),
    figure(one.deliveriesPerSecond),
    figure((sight.deliveries - sight.caughtUp) / sight.packets),
    `${figure(one.cpuShare * 100)} %`,
    String(offered.refused),
  ];
}

function goals(pairs: readonly Pair[]): Goal[] {
  const at = (readers: number, rate: number): Pair | undefined =>
    pairs.find(({ load }) => load.readers === readers && load.rate === rate);
  const p = (one: Live | null | undefined, of: 'ack' | 'event', quantile: number): number =>
    (of === 'ack' ? one?.offered.acks : one?.events)?.quantile(quantile) ?? Number.NaN;
  const event99 = (readers: number, rate: number, bound: number): Goal =>
    atMost(
      `${name({ readers, rate, seconds: 0 })}: event p99`,
      p(at(readers, rate)?.desk, 'event', 0.99),
      bound,
      ' ms',
    );
  const small = at(100, 100);
  const lossless = pairs.every(({ desk }) => isLossless(desk));
  return [
    atMost('1,000 × 150: ack p99', p(at(1000, 150)?.desk, 'ack', 0.99), 100, ' ms'),
    event99(1000, 150, 150),
    event99(1000, 400, 300),
    event99(1000, 800, 1000),
    event99(5000, 100, 1000),
    atMost(
      '100 × 100: event p50 × the plain one',
      p(small?.desk, 'event', 0.5) / p(small?.plain, 'event', 0.5),
      1.3,
    ),
    event99(100, 1000, 100),
    {
      what: 'nothing lost, nothing twice, in order, for every reader of each',
      reached: lossless ? 'so it was' : 'see below',
      met: lossless,
    },
  ];
}

const isLossless = ({ sight, missing }: Live): boolean =>
  missing === 0 && sight.behind === 0 && sight.lost === 0 && sight.twice === 0 && sight.resets === 0;

function notes(load: Load, live: Live): string[] {
  const { offered, sight, missing } = live;
  const found: string[] = [];
  if (!isLossless(live))
    found.push(
      `${missing} deliveries missing, ${sight.lost} lost, ${sight.twice} twice, ${sight.resets} readers told to begin anew, ` +
        `${sight.behind} not up to date a minute later`,
    );
  const unanswered = offered.offered - offered.done - offered.refused;
  if (unanswered > 0) found.push(`${unanswered} orders not answered a minute after the last one was due`);
  if (offered.refused > 0)
    found.push(`${offered.refused} of ${offered.offered} orders refused: too much was under way`);
  if (sight.caughtUp > 0)
    found.push(
      `${sight.caughtUp} deliveries by \`catch_up\` after ${sight.holes} holes and ${sight.reconnects} lost connections`,
    );
  return found.length === 0 ? [] : [`${name(load)}: ${found.join('; ')}.`];
}
