import { addGoods, type Goods } from '../desks/goods.ts';
import { makeLargeDesk } from '../desks/large-desk.ts';
import { ordersADesk } from '../desks/over-sockets.ts';
import { addPeople, type Person } from '../desks/people.ts';
import { type Product, startProduct } from '../desks/product.ts';
import type { Stage } from '../desks/stage.ts';
import { type Histogram, median } from '../load/histogram.ts';
import { LightClient } from '../load/light-client.ts';
import { tell } from '../load/progress.ts';
import { Questions } from '../load/questions.ts';
import { atLeast, atMost, figure, type Section, time } from './section.ts';

export interface LargePlan {
  /** A database with a large desk in it, to which people, goods and orders are added; else one is made. */
  readonly database: string | undefined;
  /** Of the one that is made: 1 has 100,000 open orders. */
  readonly scale: number;
  readonly readers: number;
  /** Asked of each page, and searches in all. */
  readonly questions: number;
  readonly inFlight: number;
  readonly rounds: number;
  readonly seconds: number;
}

export const largePlan = (seconds = 4): LargePlan => ({
  database: process.env.BENCH_DATABASE,
  scale: Number(process.env.BENCH_SCALE ?? 1),
  readers: 100,
  questions: 200,
  inFlight: 32,
  rounds: 3,
  seconds,
});

interface Opened {
  readonly topic: string;
  readonly bytes: number;
  readonly coldMs: number;
  readonly warmMs: number;
}

/** What a desk that has grown for years answers, and how soon. */
export async function large(stage: Stage, plan: LargePlan): Promise<Section> {
  const databaseUrl = plan.database ?? (await stage.emptyDatabase());
  let madeIn = '';
  if (plan.database === undefined) {
    tell(`a large desk, at scale ${plan.scale}`);
    madeIn = ` Made in ${figure(await makeLargeDesk(databaseUrl, plan.scale))} s.`;
  }
  const people = await addPeople(databaseUrl);
  await using desk = await startProduct(stage.program, databaseUrl);
  const [person] = people;
  if (!person) throw new Error('There is nobody.');
  const questions = new Questions(desk.url, person.token);
  const zone = await questions.someZone();
  tell('topics, pages and searches');
  const topics = ['orders', 'clients', 'products', 'zones', `inventory:${zone}`];
  const opened: Opened[] = [];
  for (const topic of topics) opened.push(await open(desk, person, topic));
  const pages = await questions.pages(zone, plan.questions);
  const searches = await questions.searches(plan.questions);
  tell(`${plan.readers} readers, and orders`);
  const goods = await addGoods(desk.url, people, stage.goods.products.length);
  const { large, small } = await placing(stage, desk, goods, plan);
  const rss = await withReaders(desk, goods, topics, plan);
  return section(plan, madeIn, opened, pages, searches, { large, small, rss });
}

async function open(desk: Product, { token }: Person, topic: string): Promise<Opened> {
  const once = async (): Promise<{ ms: number; bytes: number }> => {
    const client = await LightClient.connect({ url: desk.url, token });
    const began = performance.now();
    const bytes = await new Promise<number>((resolve, reject) => {
      client.send('subscribe', JSON.stringify({ topics: [{ topic }] }), (answer) => {
        // A topic that cannot be read is told in its row.
        if (answer.includes('"kind":"reset"')) resolve(answer.length);
        else reject(new Error(`${topic}: ${answer.toString('utf8', 0, 500)}`));
      });
    });
    client.close();
    return { bytes, ms: performance.now() - began };
  };
  const cold = await once();
  const warm = await once();
  return { topic, bytes: cold.bytes, coldMs: cold.ms, warmMs: warm.ms };
}

/** The same load here and on the small desk, in turns. */
async function placing(stage: Stage, desk: Product, goods: Goods, { rounds, ...load }: LargePlan) {
  await using smallDesk = await startProduct(stage.program, await stage.database());
  const found: { large: number; small: number }[] = [];
  // The first round warms up both.
  for (let i = -1; i < rounds; i += 1) {
    const large = await ordersADesk(desk, goods, load);
    const small = await ordersADesk(smallDesk, stage.goods, load);
    if (i >= 0) found.push({ large: large.rate, small: small.rate });
  }
  return {
    large: median(found.map(({ large }) => large)),
    small: median(found.map(({ small }) => small)),
  };
}

/** @returns the most that the server had (bytes), while they came, followed everything and orders were placed */
async function withReaders(desk: Product, goods: Goods, topics: readonly string[], plan: LargePlan) {
  let most = 0;
  let looking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    looking = desk.child.ask('usage', { collect: false }).then(
      ({ rss }) => {
        most = Math.max(most, rss);
      },
      // It has ended: whoever uses it is told.
      () => {},
    );
  }, 100);
  const readers: LightClient[] = [];
  try {
    for (let i = 0; i < plan.readers; i += 1) {
      const token = goods.people[i % goods.people.length]?.token ?? '';
      const reader = await LightClient.connect({ url: desk.url, token });
      readers.push(reader);
      await reader.ask('subscribe', { topics: topics.map((topic) => ({ topic })) });
    }
    await ordersADesk(desk, goods, plan);
  } finally {
    clearInterval(timer);
    await looking;
    for (const reader of readers) reader.close();
  }
  return most;
}

interface Served {
  readonly large: number;
  readonly small: number;
  readonly rss: number;
}

function section(
  plan: LargePlan,
  madeIn: string,
  opened: readonly Opened[],
  pages: readonly { readonly what: string; readonly coldMs: number; readonly warm: Histogram }[],
  searches: Histogram,
  { large, small, rss }: Served,
): Section {
  const p99 = (times: Histogram): number => times.quantile(0.99);
  const slowestCold = Math.max(...opened.map(({ coldMs }) => coldMs), ...pages.map(({ coldMs }) => coldMs));
  const slowestWarm = Math.max(...opened.map(({ warmMs }) => warmMs), ...pages.map(({ warm }) => p99(warm)));
  const megabytes = rss / 1e6;
  return {
    title: 'The large desk',
    about:
      (plan.database === undefined
        ? `Made by \`pnpm tsx tools/large-desk.ts\` at scale ${plan.scale} (1 has 100,000 open orders, 100,000 products in 50 zones, 300,000 clients).`
        : 'A database that was there.') +
      `${madeIn} Cold: the first one to ask since the server started; warm: p99 of ${plan.questions} more, topics by one more. ` +
      `Searches are parts of names, skus and numbers that are there. place_order with ${plan.inFlight} in flight, here and on the small desk in turns.`,
    tables: [
      {
        head: ['topic', 'bytes', 'cold', 'warm'],
        rows: opened.map(({ topic, bytes, coldMs, warmMs }) => [
          topic,
          bytes.toLocaleString('en'),
          time(coldMs),
          time(warmMs),
        ]),
      },
      {
        head: ['page', 'cold', 'p50', 'p99'],
        rows: [
          ...pages.map(({ what, coldMs, warm }) => [
            what,
            time(coldMs),
            time(warm.quantile(0.5)),
            time(p99(warm)),
          ]),
          ['searches', '', time(searches.quantile(0.5)), time(p99(searches))],
        ],
      },
      {
        head: ['', 'large', 'small', 'ratio'],
        rows: [['place_order /s', figure(large), figure(small), figure(large / small)]],
      },
    ],
    goals: [
      atMost('topics and pages, cold', slowestCold, 2000, ' ms'),
      atMost('topics and pages, warm', slowestWarm, 1000, ' ms'),
      atMost('search p99', p99(searches), 300, ' ms'),
      atMost(`memory of the server with ${plan.readers} readers`, megabytes, 600, ' MB'),
      atLeast('place_order × the small desk', large / small, 0.7),
    ],
    notes: [
      'Topics and pages are what the server answers; what a browser makes of it, `pnpm figures` measures.',
    ],
  };
}
