/** Many readers in a process of their own, told what to do by crowd.ts. */
import { setTimeout as sleep } from 'node:timers/promises';
import { answer } from './answering.ts';
import { now } from './clock.ts';
import type { CrowdQuestions, Sight } from './crowd-questions.ts';
import { Histogram } from './histogram.ts';
import { LightClient } from './light-client.ts';
import { Packets } from './packets.ts';
import { Reader, Seen } from './reader.ts';

const packets = new Packets();
const seen = new Seen();
let readers: Reader[] = [];
let idle: LightClient[] = [];

/** Takes from `all` in turns, so many at a time. */
async function inTurns<T>(all: readonly T[], atOnce: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = all[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of left) await work(one);
    }),
  );
}

const sight = (behind: number): Sight => ({
  deliveries: seen.deliveries,
  packets: seen.packets,
  twice: seen.twice,
  holes: seen.holes,
  lost: seen.lost,
  caughtUp: seen.caughtUp,
  reconnects: seen.reconnects,
  resets: seen.resets,
  lastAt: seen.lastAt,
  late: seen.late.counted(),
  behind,
  seqs: [Math.min(...readers.map(({ seq }) => seq)), Math.max(...readers.map(({ seq }) => seq))],
});

answer<CrowdQuestions>({
  follow: async ({ doors, atOnce }) => {
    await inTurns(doors, atOnce, async (door) => {
      readers.push(await Reader.follow(door, packets, seen));
    });
    return sight(0);
  },
  enter: async ({ doors, atOnce }) => {
    const times = new Histogram();
    await inTurns(doors, atOnce, async (door) => {
      const from = now();
      idle.push(await LightClient.connect(door));
      times.add(now() - from);
    });
    return times.counted();
  },
  leave: () => {
    for (const one of [...readers, ...idle]) one.close();
    [readers, idle] = [[], []];
    return null;
  },
  begin: ({ commandPrefix, start, everyMs }) => {
    packets.begin(commandPrefix);
    Object.assign(seen, new Seen(), { start, everyMs });
    return null;
  },
  reach: async ({ seq, withinMs }) => {
    const late = new AbortController();
    const all = Promise.all(readers.map((reader) => reader.reaches(seq)));
    await Promise.race([all, sleep(withinMs, undefined, { signal: late.signal }).catch(() => {})]);
    late.abort();
    return sight(readers.filter((reader) => reader.seq < seq).length);
  },
  stay: () => {
    for (const reader of readers) reader.stay();
    return null;
  },
  comeBack: async () => {
    const from = now();
    await Promise.all(readers.map((reader) => reader.comeBack()));
    return now() - from;
  },
});
process.on('disconnect', () => process.exit());
