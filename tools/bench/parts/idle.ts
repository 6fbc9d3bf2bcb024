import { type Inside, type Side, startInside } from '../desks/inside.ts';
import type { Person } from '../desks/people.ts';
import type { Stage } from '../desks/stage.ts';
import { now } from '../load/clock.ts';
import { Histogram } from '../load/histogram.ts';
import { LightClient } from '../load/light-client.ts';
import { type Live, liveAtDesk, liveAtPlain } from './live.ts';
import { type Section, time } from './section.ts';

export interface IdlePlan {
  readonly commits: number;
  readonly seconds: number;
}

export const idlePlan = (seconds = 10): IdlePlan => ({ commits: seconds * 50, seconds });

/** Orders a second where nothing else is going on. */
const RATE = 20;
const WARM_UP = 20;

/** How far one tab is from another while nobody else does anything. */
export async function idle(stage: Stage, { commits, seconds }: IdlePlan): Promise<Section> {
  const [person] = stage.goods.people;
  if (!person) throw new Error('There is nobody.');
  const [ofDesk, ofPlain] = await afterCommit(stage, person, commits);
  const load = { readers: 1, rate: RATE, seconds };
  const desk = await liveAtDesk(stage, load);
  const plain = await liveAtPlain(stage, load);
  const row = (what: string, side: string, times: Histogram): string[] => [
    what,
    side,
    time(times.quantile(0.5)),
    time(times.quantile(0.99)),
  ];
  const order = (side: string, { offered, events }: Live): string[][] => [
    row('place_order until its answer', side, offered.acks),
    row('place_order until another tab’s handler', side, events),
  ];
  return {
    title: 'An idle desk',
    about:
      `From the commit (at the plain server from the emit, without any database) until another connection’s handler, ${commits} ` +
      `one after another: seen from inside the server’s process. And over sockets, ${RATE} orders a second, from the click on.`,
    tables: [
      {
        head: ['', '', 'p50', 'p99'],
        rows: [
          row('commit until another tab’s handler', 'desk', ofDesk),
          row('emit until another tab’s handler', 'plain', ofPlain),
          ...order('desk', desk),
          ...order('plain', plain),
        ],
      },
    ],
    goals: [],
    notes: [],
  };
}

async function afterCommit(stage: Stage, person: Person, commits: number): Promise<[Histogram, Histogram]> {
  await using inside = await startInside(await stage.database());
  return [
    await latencies(inside, 'desk', person, commits),
    await latencies(inside, 'plain', person, commits),
  ];
}

/** One at a time: nothing else is under way. */
async function latencies(inside: Inside, side: Side, { userId, token }: Person, commits: number) {
  const client = await LightClient.connect(inside.door(side, token));
  if (side === 'desk') await client.ask('subscribe', { topics: [{ topic: 'clients' }] });
  const found = new Histogram();
  for (let i = -WARM_UP; i < commits; i += 1) {
    const seen = new Promise<number>((resolve) => {
      client.onEvents = () => resolve(now());
    });
    const { at } = await inside.child.ask('commit', { side, userId });
    const seenAt = await seen;
    if (i >= 0) found.add(seenAt - at);
  }
  client.close();
  return found;
}
