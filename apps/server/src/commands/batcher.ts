import type { Envelope } from '@almenara/events';
import { PgTransaction } from '../database/sql.ts';
import { isContention, isUnavailable } from '../database/sql-error.ts';
import { namesAny, readBlocked } from '../unit/blocked.ts';
import { sizeOf } from '../unit/needs.ts';
import { type BatchPorts, type Job, runBatch, type Settled, type Verdict } from './batch.ts';
import type { CommandQueue } from './queue.ts';
import { MOST_WAIT_MS, stopping, tooMany } from './queue.ts';

export interface BatcherPorts extends BatchPorts {
  /** Where what cannot share a transaction has one of its own. */
  readonly lane: CommandQueue;
  /** Commands that may wait. */
  readonly bound: number;
  readonly random: () => number;
  /** Called after each commit, before anybody is answered. */
  committed(envelopes: Envelope[]): void;
}

/** In one transaction at most: more would hold its locks for too long. */
const COMMANDS = 128;
const ROWS = 2000;
/** An attempt begins within this: with the wait for one lock at the end, five seconds in all. */
const PATIENCE_MS = 2000;
const LONGEST_PAUSE_MS = 500;

interface Waiting {
  readonly job: Job;
  readonly size: number;
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
  private readonly waiting: Waiting[] = [];
  private begun: { readonly count: number; readonly at: number } | null = null;
  /** How long a transaction takes lately (ms). */
  private pace = 0;
  private impatience: NodeJS.Timeout | null = null;
  private closed = false;
  private idle: (() => void)[] = [];

  constructor(ports: BatcherPorts) {
    this.ports = ports;
  }

  get depth(): number {
    return this.waiting.length + (this.begun?.count ?? 0);
  }

  /** @throws Refused `unavailable` where it was not begun; else what it failed with */
  run(job: Job): Promise<Settled> {
    if (this.closed) return Promise.reject(stopping());
    const size = sizeOf(job.needs);
    if (size > ROWS) return this.ports.lane.run(() => this.patiently(job));
    const wait = this.expectedWait();
    if (this.waiting.length >= this.ports.bound || wait > MOST_WAIT_MS) return Promise.reject(tooMany(wait));
    return new Promise((resolve, reject) => {
      this.waiting.push({ job, size, since: performance.now(), resolve, reject });
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
      if (this.depth > 0) return;
      for (const resolve of this.idle) resolve();
      this.idle = [];
    });
  }

  private nextBatch(): Waiting[] {
    let rows = 0;
    let count = 0;
    for (const { size } of this.waiting) {
      rows += size;
      if (count === COMMANDS || (count > 0 && rows > ROWS)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
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

  /** Never rejects: each of them is answered, or goes on in the second lane. */
  private async runAll(batch: readonly Waiting[], isAgain = false): Promise<void> {
    try {
      this.settle(
        batch,
        await runBatch(
          this.ports,
          batch.map(({ job }) => job),
        ),
      );
    } catch (error) {
      await this.recover(batch, error, isAgain).catch((fault: unknown) => {
        for (const { reject } of batch) reject(fault);
      });
    }
  }

  private settle(batch: readonly Waiting[], verdicts: readonly Verdict[]): void {
    this.publish(verdicts.flatMap((verdict) => (verdict.kind === 'settled' ? [verdict.settled] : [])));
    for (const [i, waiting] of batch.entries()) {
      const verdict = verdicts[i];
      if (verdict?.kind === 'settled') waiting.resolve(verdict.settled);
      else if (verdict?.kind === 'failed') waiting.reject(verdict.error);
      else this.setAside(waiting);
    }
  }

  /** A transaction has failed as a whole: only whoever it was because of shall suffer for it. */
  private async recover(batch: readonly Waiting[], error: unknown, isAgain: boolean): Promise<void> {
    const [only, second] = batch;
    if (isUnavailable(error)) for (const { reject } of batch) reject(error);
    else if (only && !second) this.setAside(only);
    else if (!isContention(error)) await this.inHalves(batch);
    else await this.withoutBlocked(batch, isAgain);
  }

  private async inHalves(batch: readonly Waiting[]): Promise<void> {
    const half = Math.ceil(batch.length / 2);
    await this.runAll(batch.slice(0, half));
    await this.runAll(batch.slice(half));
  }

  private async withoutBlocked(batch: readonly Waiting[], isAgain: boolean): Promise<void> {
    const blocked = await this.blocked(batch);
    const rest: Waiting[] = [];
    for (const waiting of batch) {
      if (namesAny(waiting.job.needs, blocked)) this.setAside(waiting);
      else rest.push(waiting);
    }
    if (rest.length === 0) return;
    // Nobody is in the way any more, or what is in the way is not named: who needs it is found by halves.
    if (rest.length === batch.length && isAgain) await this.inHalves(rest);
    else await this.runAll(rest, rest.length === batch.length);
  }

  private async blocked(batch: readonly Waiting[]): Promise<ReadonlySet<string>> {
    const client = await this.ports.connect();
    let broken = false;
    try {
      const transaction = new PgTransaction(client);
      try {
        return await readBlocked(
          transaction,
          batch.map(({ job }) => job.needs),
        );
      } finally {
        await transaction.rollback().catch(() => {
          broken = true;
        });
      }
    } finally {
      client.release(broken);
    }
  }

  private setAside({ job, resolve, reject }: Waiting): void {
    this.ports.lane.run(() => this.patiently(job)).then(resolve, reject);
  }

  /** In a transaction of its own, again and again while others are in the way. */
  private async patiently(job: Job): Promise<Settled> {
    const until = performance.now() + PATIENCE_MS;
    for (let attempt = 1; ; attempt += 1) {
      try {
        const [verdict] = await runBatch(this.ports, [job], { patient: true });
        if (verdict?.kind === 'settled') {
          this.publish([verdict.settled]);
          return verdict.settled;
        }
        throw verdict?.error;
      } catch (error) {
        if (!isContention(error) || performance.now() > until) throw error;
      }
      const pause = this.ports.random() * Math.min(10 * 2 ** attempt, LONGEST_PAUSE_MS);
      await new Promise<void>((resolve) => void setTimeout(resolve, pause));
    }
  }

  private publish(settled: readonly Settled[]): void {
    const envelopes = settled.flatMap((one) => one.envelopes);
    if (envelopes.length > 0) this.ports.committed(envelopes);
  }
}
