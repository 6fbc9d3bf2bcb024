import { setTimeout as sleep } from 'node:timers/promises';
import { type Inside, type Side, startInside } from '../desks/inside.ts';
import type { Stage } from '../desks/stage.ts';
import { now } from '../load/clock.ts';
import { LightClient } from '../load/light-client.ts';
import { figure, type Section } from './section.ts';

export interface InjectedPlan {
  readonly readers: number;
  readonly events: number;
  /** A second; more than can be delivered. */
  readonly rate: number;
}

export const injectedPlan = (seconds?: number): InjectedPlan => ({
  readers: seconds === undefined ? 1000 : 100,
  events: 2000,
  rate: 2000,
});

const LIMIT_MS = 120_000;
const SEQ = Buffer.from('"seq":');
/** One emit an event takes so much longer that fewer of them say as much. */
const PLAIN_SHARE = 10;

/** Fan-out alone: events that nobody committed, handed over inside the server's process. */
export async function injected(stage: Stage, plan: InjectedPlan): Promise<Section> {
  await using inside = await startInside(await stage.database());
  const tokens = stage.goods.people.map(({ token }) => token);
  const desk = await deliveries(inside, 'desk', tokens, plan);
  const plain = await deliveries(inside, 'plain', tokens, {
    ...plan,
    events: Math.ceil(plan.events / PLAIN_SHARE),
  });
  return {
    title: 'Injected events (fan-out alone, no commands and no database)',
    about:
      `${plan.readers.toLocaleString('en')} subscribers of one topic; made-up events are handed over inside the server’s process at ` +
      `${plan.rate.toLocaleString('en')} a second, each as a commit of its own. The plain server emits each by itself. What the desk ` +
      'does with real commands stands above.',
    tables: [
      {
        head: ['', 'desk', 'plain', 'ratio'],
        rows: [['deliveries a second', figure(desk), figure(plain), figure(desk / plain)]],
      },
    ],
    goals: [],
    notes: [],
  };
}

async function deliveries(
  inside: Inside,
  side: Side,
  tokens: readonly string[],
  { readers, events, rate }: InjectedPlan,
): Promise<number> {
  const clients: LightClient[] = [];
  try {
    for (let i = 0; i < readers; i += 1) {
      const client = await LightClient.connect(inside.door(side, tokens[i % tokens.length] ?? ''));
      clients.push(client);
      if (side === 'desk') await client.ask('subscribe', { topics: [{ topic: 'clients' }] });
    }
    const seqs = clients.map(() => 0);
    let left = readers;
    let last = Number.POSITIVE_INFINITY;
    const all = new Promise<void>((resolve) => {
      for (const [i, client] of clients.entries())
        client.onEvents = (packet) => {
          const at = packet.lastIndexOf(SEQ) + SEQ.length;
          const seq = Number.parseInt(packet.toString('latin1', at, at + 16), 10);
          if (seq >= last && Number(seqs[i]) < last && --left === 0) resolve();
          seqs[i] = seq;
        };
    });
    const began = now();
    last = await inside.child.ask('inject', { side, count: events, rate });
    const late = new AbortController();
    const arrived = await Promise.race([
      all.then(() => true),
      sleep(LIMIT_MS, false, { signal: late.signal }).catch(() => false),
    ]);
    late.abort();
    if (!arrived) throw new Error(`Not everything had arrived after ${LIMIT_MS / 1000} s.`);
    return (readers * events) / ((now() - began) / 1000);
  } finally {
    for (const client of clients) client.close();
  }
}
