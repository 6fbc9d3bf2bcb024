import type { Envelope, TopicName } from '@almenara/events';
import { sqlOver } from '../database/sql.ts';
import { isContention, isTimeout, isUnavailable } from '../database/sql-error.ts';
import { needsAny, readBlocked } from '../unit/blocked.ts';
import { type Needs, sizeOf } from '../unit/needs.ts';
import {
  type BatchEntry,
  BatchFailed,
  type BatchPorts,
  ROWS,
  runBatch,
  type Settled,
  type Verdict,
} from './batch.ts';
import { type BoundedExecutor, MOST_WAIT_MS, stopping, tooMany } from './bounded-executor.ts';
import { PATIENCE_MS, patiently } from './patience.ts';

export interface BatcherPorts extends BatchPorts {
  /** Where what cannot share a transaction has one of its own. */
  readonly lane: BoundedExecutor;
  /** Commands that may wait. */
  readonly bound: number;
  readonly random: () => number;
  /** Called after each commit, before anybody is answered. */
  committed(envelopes: Envelope[]): void;
  recheckTopic(topic: TopicName): void;
}

/** Tells of what has been committed together. */
export function publish(
  { committed, recheckTopic }: Pick<BatcherPorts, 'committed' | 'recheckTopic'>,
  done: readonly Omit<Settled, 'outcome'>[],
): void {
  const envelopes = done.flatMap((one) => one.envelopes);
  if (envelopes.length > 0) committed(envelopes);
  for (const { rechecks } of done) for (const topic of rechecks) recheckTopic(topic);
}

/** In one transaction at most, beside `ROWS`. */
const COMMANDS = 128;
/** Who are told in one turn of the loop what they came to, while the database works on others. */
const TOLD = 16;
/** The wait for one lock while it is found out who is in the way. */
const SHORT_LOCK_MS = 50;
/** How long it may take to find out who is in the way, while everybody else waits. */
const SEARCH_MS = 500;

interface Waiting {
  readonly entry: BatchEntry;
  size: number;
  readonly since: number;
  readonly resolve: (settled: Settled) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Commands that arrive while a transaction is under way wait, and share the next one. Alone, one goes at once: there is
 * no timer. What others lock must not stop everybody: who needs it goes on in the second lane, one transaction each.
 */
export class Batcher {
  private readonly ports: BatcherPorts;
  private waiting: Waiting[] = [];
  private begun: { readonly count: number; readonly at: number } | null = null;
  /** Commands whose transaction is over, and who have not been told what they came to. */
  private untold: (() => void)[] = [];
  private telling = false;
  /** How long a transaction takes lately (ms). */
  private pace = 0;
  private impatience: NodeJS.Timeout | null = null;
  private closed = false;
  private idle: (() => void)[] = [];

  constructor(ports: BatcherPorts) {
    this.ports = ports;
  }

  get depth(): number {
    return this.waiting.length + (this.begun?.count ?? 0) + this.untold.length;
  }

  /** @throws Refused `unavailable` where it was not begun; else what it failed with */
  run(entry: BatchEntry): Promise<Settled> {
    if (this.closed) return Promise.reject(stopping());
    const size = sizeOf(entry.needs);
    const until = performance.now() + PATIENCE_MS;
    if (size > ROWS) return this.ports.lane.run(() => this.alone(entry, until));
    const wait = this.expectedWait();
    if (this.waiting.length >= this.ports.bound || wait > MOST_WAIT_MS) return Promise.reject(tooMany(wait));
    return new Promise((resolve, reject) => {
      this.waiting.push({ entry, size, since: performance.now(), resolve, reject });
      this.pump();
    });
  }

  /** Takes nothing more and resolves when everything that was taken has been answered. */
  async drain(): Promise<void> {
    this.closed = true;
    if (this.depth > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Until a command that came now would be begun (ms). */
  private expectedWait(): number {
    if (!this.begun) return 0;
    const left = Math.max(0, this.pace - (performance.now() - this.begun.at));
    return left + Math.floor(this.waiting.length / COMMANDS) * this.pace;
  }

  private pump(): void {
    if (this.begun || this.waiting.length === 0) {
      this.watch();
      return;
    }
    const batch = this.nextBatch();
    const at = performance.now();
    this.begun = { count: batch.length, at };
    this.watch();
    void this.runAll(batch).then(() => {
      this.begun = null;
      const took = performance.now() - at;
      this.pace = this.pace === 0 ? took : this.pace * 0.8 + took * 0.2;
      this.pump();
      // The database works on the next ones meanwhile, and comes in between.
      if (this.begun) this.tellSoon();
      else this.tell();
    });
  }

  private tellSoon(): void {
    if (this.telling) return;
    this.telling = true;
    setImmediate(() => {
      this.telling = false;
      this.tell(TOLD);
      if (this.untold.length > 0) this.tellSoon();
    });
  }

  /** In the order in which they came to it. */
  private tell(most = this.untold.length): void {
    for (const tell of this.untold.splice(0, most)) tell();
    if (this.depth > 0) return;
    for (const resolve of this.idle) resolve();
    this.idle = [];
  }

  /** As many as fit. Where that is not all, people take turns: whoever sends much makes nobody else wait for it. */
  private nextBatch(): Waiting[] {
    const picked = new Set<Waiting>();
    let rows = 0;
    for (const waiting of inTurns(this.waiting)) {
      rows += waiting.size;
      if (picked.size === COMMANDS || (picked.size > 0 && rows > ROWS)) break;
      picked.add(waiting);
    }
    const batch = this.waiting.filter((waiting) => picked.has(waiting));
    this.waiting = this.waiting.filter((waiting) => !picked.has(waiting));
    return batch;
  }

  /** Whoever has waited for too long is told so, while a transaction hangs. */
  private watch(): void {
    if (this.impatience) clearTimeout(this.impatience);
    this.impatience = null;
    const [first] = this.waiting;
    if (!first) return;
    const due = Math.max(0, first.since + MOST_WAIT_MS - performance.now());
    this.impatience = setTimeout(() => {
      const now = performance.now();
      while (this.waiting[0] && now - this.waiting[0].since >= MOST_WAIT_MS)
        this.waiting.shift()?.reject(tooMany(this.pace));
      this.watch();
    }, due);
  }

  /**
   * Never rejects: each of them is to be told what it came to, waits for the next transaction, or goes on in the second lane.
   * @param search until when it is found out who is in the way, once somebody was
   */
  private async runAll(batch: readonly Waiting[], search?: number): Promise<void> {
    const entries = batch.map(({ entry }) => entry);
    try {
      const lockMs = search === undefined ? undefined : SHORT_LOCK_MS;
      this.settle(batch, await runBatch(this.ports, entries, lockMs));
    } catch (error) {
      await this.recover(batch, error, search).catch((fault: unknown) => {
        for (const { reject } of batch) reject(fault);
      });
    }
  }

  private settle(batch: readonly Waiting[], verdicts: readonly Verdict[]): void {
    const settled = verdicts.flatMap((verdict) => (verdict.kind === 'settled' ? [verdict.settled] : []));
    publish(this.ports, settled);
    // However busy the loop is, nobody is told after those of the next transaction.
    this.tell();
    const later: Waiting[] = [];
    for (const [i, waiting] of batch.entries()) {
      const verdict = verdicts[i];
      if (verdict?.kind === 'settled') this.untold.push(() => waiting.resolve(verdict.settled));
      else if (verdict?.kind === 'failed') this.untold.push(() => waiting.reject(verdict.error));
      else if (verdict?.kind === 'later') later.push(Object.assign(waiting, { size: verdict.size }));
      else this.setAside(waiting);
    }
    this.waiting.unshift(...later);
  }

  /** A transaction has failed as a whole: only whoever it was because of shall suffer for it. */
  private async recover(batch: readonly Waiting[], error: unknown, search?: number): Promise<void> {
    const [only, second] = batch;
    if (isUnavailable(error) && !(isTimeout(error) && second)) for (const { reject } of batch) reject(error);
    else if (only && !second) this.setAside(only);
    else if (!isContention(error) || !(error instanceof BatchFailed)) await this.inHalves(batch, search);
    else if (error.at === 'append') await this.again(batch, error);
    else await this.withoutBlocked(batch, error, search ?? performance.now() + SEARCH_MS);
  }

  private async inHalves(batch: readonly Waiting[], search?: number): Promise<void> {
    const half = Math.ceil(batch.length / 2);
    await this.runAndTell(batch.slice(0, half), search);
    await this.runAndTell(batch.slice(half), search);
  }

  /** Another node holds a topic: that is everybody's, and nobody's fault. */
  private async again(batch: readonly Waiting[], error: unknown): Promise<void> {
    const now = performance.now();
    for (const { since, reject } of batch) if (now - since > PATIENCE_MS) reject(error);
    const left = batch.filter(({ since }) => now - since <= PATIENCE_MS);
    if (left.length > 0) await this.runAndTell(left);
  }

  private async withoutBlocked(
    batch: readonly Waiting[],
    failed: BatchFailed,
    search: number,
  ): Promise<void> {
    if (performance.now() > search) {
      for (const waiting of batch) this.setAside(waiting);
      return;
    }
    const { named, found } = failed.asked;
    const blocked = await this.blocked(named.flat(), found);
    const rest: Waiting[] = [];
    for (const [i, waiting] of batch.entries()) {
      if (needsAny(named[i] ?? [waiting.entry.needs], blocked, found)) this.setAside(waiting);
      else rest.push(waiting);
    }
    if (rest.length === 0) return;
    // What is in the way has no name, as the claim of a command that another node runs: who needs it is found by halves.
    if (rest.length === batch.length) await this.inHalves(rest, search);
    else await this.runAndTell(rest, search);
  }

  private async runAndTell(batch: readonly Waiting[], search?: number): Promise<void> {
    await this.runAll(batch, search);
    this.tell();
  }

  private async blocked(named: readonly Needs[], found: readonly string[]): Promise<ReadonlySet<string>> {
    const client = await this.ports.connect();
    try {
      return await readBlocked(sqlOver(client), named, found);
    } finally {
      client.release();
    }
  }

  private setAside({ entry, since, resolve, reject }: Waiting): void {
    this.ports.lane.run(() => this.alone(entry, since + PATIENCE_MS)).then(resolve, reject);
  }

  /** In a transaction of its own. */
  private alone(entry: BatchEntry, until: number): Promise<Settled> {
    return patiently(this.ports.random, until, async (lockMs) => {
      const [verdict] = await runBatch(this.ports, [entry], lockMs);
      if (verdict?.kind === 'settled') {
        publish(this.ports, [verdict.settled]);
        this.tell();
        return verdict.settled;
      }
      throw verdict && 'error' in verdict ? verdict.error : new Error('It was not decided.');
    });
  }
}

/** The first of everybody, then the second of everybody, and so on. */
function* inTurns(waiting: readonly Waiting[]): Generator<Waiting> {
  const lines = new Map<string, Waiting[]>();
  for (const one of waiting) {
    const { owner } = one.entry.claim;
    const line = lines.get(owner);
    if (line) line.push(one);
    else lines.set(owner, [one]);
  }
  for (let turn = 0; turn < waiting.length; turn += 1)
    for (const line of lines.values()) {
      const next = line[turn];
      if (next) yield next;
    }
}
