import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, CommandFailed } from '@almenara/client';
import type { OrderStatus } from '@almenara/events';
import type { Prepared } from './prepare.ts';
import type { Sale } from './sales.ts';

export interface Tally {
  placed: number;
  moved: number;
  readonly refused: Map<string, number>;
}

export const newTally = (): Tally => ({ placed: 0, moved: 0, refused: new Map() });

export interface Play {
  readonly client: Client;
  readonly sales: readonly Sale[];
  readonly prepared: Prepared;
  readonly speed: number;
  readonly maxPauseMs: number;
  readonly moves: boolean;
  readonly random: () => number;
  readonly signal: AbortSignal;
  readonly tally: Tally;
  /** Told after each sale. */
  advanced(done: number): void;
}

const PATH: readonly OrderStatus[] = ['picking', 'packed', 'shipped', 'delivered'];
/** Of the orders some are cancelled, and some wait for longer than anybody watches. */
const CANCELLED = 0.04;
const LEFT = 0.1;
/** How long a step takes in the shop: from minutes to an hour. */
const STEP_MS = { least: 4 * 60_000, most: 60 * 60_000 };
/** And at the desk that is watched, however slow or fast the replay. */
const SEEN_MS = { least: 800, most: 45_000 };
const MINUTE_MS = 60_000;

/**
 * When each sale happens, in ms after the first. Files tell the minute at best: those of one minute are spread over
 * it, so that they do not all come at once; long pauses are cut short.
 */
export function timesOf(sales: readonly Sale[], speed: number, maxPauseMs: number): number[] {
  const times: number[] = [];
  let clock = 0;
  for (let i = 0; i < sales.length; ) {
    const at = sales[i]?.at ?? 0;
    let end = i;
    while (end < sales.length && sales[end]?.at === at) end += 1;
    const gap = end < sales.length ? (sales[end]?.at ?? at) - at : MINUTE_MS;
    const spread = Math.min(gap, MINUTE_MS) / speed;
    for (let k = i; k < end; k += 1) times.push(clock + (spread * (k - i)) / (end - i));
    clock += Math.min(gap / speed, Math.max(maxPauseMs, spread));
    i = end;
  }
  return times;
}

/** Places the sales at their times and moves orders on; ends when all is done, or soon after the signal. */
export async function play(options: Play): Promise<void> {
  const { sales, speed, maxPauseMs, signal, tally, advanced } = options;
  const times = timesOf(sales, speed, maxPauseMs);
  const began = performance.now();
  const underWay = new Set<Promise<void>>();
  for (const [i, sale] of sales.entries()) {
    await pause(began + (times[i] ?? 0) - performance.now(), signal);
    if (signal.aborted) break;
    const life = live(options, sale).catch((error: unknown) => {
      if (signal.aborted) return;
      if (!(error instanceof CommandFailed)) throw error;
      tally.refused.set(error.code, (tally.refused.get(error.code) ?? 0) + 1);
    });
    const settled: Promise<void> = life.finally(() => underWay.delete(settled));
    underWay.add(settled);
    advanced(i + 1);
  }
  await Promise.all(underWay);
}

/** The life of one order. @throws CommandFailed where the desk refuses */
async function live(
  { client, prepared, speed, moves, random, signal, tally }: Play,
  sale: Sale,
): Promise<void> {
  const { order } = await client.run(
    'place_order',
    {
      clientId: prepared.clients.get(sale.customer) ?? '',
      lines: sale.lines.map(({ key, quantity }) => ({
        productId: prepared.products.get(key) ?? '',
        quantity,
      })),
      notes: sale.document,
    },
    { signal },
  );
  tally.placed += 1;
  if (!moves || random() < LEFT) return;
  const isCancelled = random() < CANCELLED;
  for (const status of PATH) {
    const step = (STEP_MS.least + random() * (STEP_MS.most - STEP_MS.least)) / speed;
    await pause(Math.min(SEEN_MS.most, Math.max(SEEN_MS.least, step)), signal);
    if (signal.aborted) return;
    const next = isCancelled ? 'cancelled' : status;
    await client.run('change_order_status', { orderId: order.id, status: next }, { signal });
    tally.moved += 1;
    if (isCancelled) return;
  }
}

/** Ends early with the signal. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  ms <= 0 || signal.aborted ? Promise.resolve() : sleep(ms, undefined, { signal }).catch(() => {});
