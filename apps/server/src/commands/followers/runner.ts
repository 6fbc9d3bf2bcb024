import { isTransient, type TopicName } from '@almenara/events';
import type { Clock } from '../../clock.ts';
import type { Db } from '../../database/client.ts';
import { isContention, isUnavailable } from '../../database/sql-error.ts';
import { Refused } from '../../errors.ts';
import { cursorFence, LIMIT, NOT_BEGUN, type Position, passBy, readNext } from './cursor.ts';
import type { FollowedEvent, Follower } from './follower.ts';
import { type FencedBus, FenceMoved, handleEvent } from './handling.ts';
import { beginAgain, releaseLease, takeLease } from './lease.ts';
import { park } from './parked.ts';

/** How often a follower tries an event that it fails with. */
export interface Retrying {
  /** After as many it is parked, where its follower does so. */
  readonly attempts: number;
  /** How long it waits after the nth attempt (ms). */
  pauseMs(attempt: number): number;
}

export interface RunnerPorts {
  readonly bus: FencedBus;
  readonly reader: Db;
  /** For leases and positions: small statements that must not wait behind commands. */
  readonly keeper: Db;
  readonly clock: Clock;
  /** This process, as leases know it. */
  readonly node: string;
  readonly leaseMs: number;
  readonly retrying: Retrying;
  /** Whether the database is away, or was a moment ago. */
  isAway(): Promise<boolean>;
  failed(error: unknown, context: Record<string, unknown>): void;
}

/** After the database was away, or others were in the way; such attempts do not count. */
const AGAIN_MS = 500;

/** One follower on this node: it works while it has the lease, one event at a time, topics in turns. */
export class FollowerRunner {
  readonly follower: Follower;
  private readonly ports: RunnerPorts;
  private readonly due = new Set<TopicName>();
  /** Topics that wait after a failure, with what cancels the wait. */
  private readonly paused = new Map<TopicName, () => void>();
  private readonly tries = new Map<TopicName, { readonly seq: number; readonly attempts: number }>();
  /** By `performance.now()`: whoever cannot renew its lease stops by itself. */
  private heldUntil = 0;
  private working: Promise<void> | null = null;
  private stopped = false;

  constructor(follower: Follower, ports: RunnerPorts) {
    this.follower = follower;
    this.ports = ports;
  }

  get holds(): boolean {
    return !this.stopped && performance.now() < this.heldUntil;
  }

  /** @returns whether this node has the lease and did not have it before */
  async renew(): Promise<boolean> {
    const { keeper, node, leaseMs } = this.ports;
    const { name } = this.follower;
    const had = this.holds;
    const asked = performance.now();
    const lease = await takeLease(keeper, name, node, leaseMs);
    if (lease.held && lease.epoch !== lease.current) {
      this.heldUntil = 0;
      await this.working;
      await beginAgain(keeper, name, lease.current);
    }
    this.heldUntil = lease.held ? asked + leaseMs : 0;
    return this.holds && !had;
  }

  /** Something may have happened in a topic. */
  wake(topic: TopicName): void {
    if (!this.holds || this.paused.has(topic)) return;
    this.due.add(topic);
    this.work();
  }

  /** Comes to the end of what is being handled, and lets the next node have the lease. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const cancel of this.paused.values()) cancel();
    this.paused.clear();
    await this.working;
    await releaseLease(this.ports.keeper, this.follower.name, this.ports.node);
  }

  private work(): void {
    this.working ??= this.workOn().finally(() => {
      this.working = null;
      if (this.due.size > 0 && this.holds) this.work();
    });
  }

  private async workOn(): Promise<void> {
    for (const topic of this.due) {
      if (!this.holds) return;
      // Behind those that wait already, where there is more of it.
      this.due.delete(topic);
      if (this.paused.has(topic)) continue;
      const pauseMs = await this.advance(topic).catch((error: unknown) => this.onFailure(error, topic));
      if (pauseMs !== null) this.pause(topic, pauseMs);
    }
  }

  /** @returns how long the topic has to wait, null where it is at its end or in line again */
  private async advance(topic: TopicName): Promise<number | null> {
    const { reader, keeper } = this.ports;
    const { position, events } = await readNext(reader, this.follower, topic);
    let from: Position = position;
    let passed = position.seq;
    for (const event of events) {
      if (!this.holds) return null;
      if (event.data !== null) {
        const pauseMs = await this.attempt(event, from);
        if (typeof pauseMs === 'number') return pauseMs;
        if (pauseMs === 'handled') from = { seq: event.seq, progress: NOT_BEGUN };
      }
      passed = event.seq;
      if (from.progress.parts !== null) {
        await this.abandon(topic, from, passed);
        from = { seq: passed, progress: NOT_BEGUN };
      }
    }
    if (passed > from.seq) await passBy(keeper, this.follower.name, topic, { from, to: passed });
    if (events.length === LIMIT) this.due.add(topic);
    return null;
  }

  /** This version does not want an event that another one has begun with. */
  private async abandon(topic: TopicName, from: Position, to: number): Promise<void> {
    const { keeper, failed } = this.ports;
    const { name } = this.follower;
    failed(new Error('The rest of an event was given up: it does not concern this follower any more.'), {
      follower: name,
      topic,
      seq: to,
      part: from.progress.part,
    });
    await passBy(keeper, name, topic, { from, to });
  }

  /** @returns how long to wait before the next attempt, or what came of it: one that is parked is handled */
  private async attempt(event: FollowedEvent, from: Position): Promise<number | 'handled' | 'none of its'> {
    const { bus, retrying, failed } = this.ports;
    const { name, onFailure } = this.follower;
    const fence = cursorFence(name, event, from.seq);
    let { progress } = from;
    const reached = (next: typeof progress): void => {
      progress = next;
      this.tries.delete(event.topic);
    };
    try {
      if (!(this.follower.concerns?.(event) ?? true)) return 'none of its';
      await handleEvent(bus, this.follower, event, fence, { progress, reached, goesOn: () => this.holds });
      this.tries.delete(event.topic);
      return 'handled';
    } catch (error) {
      if (error instanceof FenceMoved || (await this.isNobodysFault(error))) throw error;
      const before = this.tries.get(event.topic);
      const attempts = before?.seq === event.seq ? before.attempts + 1 : 1;
      this.tries.set(event.topic, { seq: event.seq, attempts });
      failed(error, { follower: name, topic: event.topic, seq: event.seq, attempts });
      if (onFailure === 'hold' || attempts < retrying.attempts) return retrying.pauseMs(attempts);
      await park(bus, this.follower, event, fence, { progress, attempts, error });
      this.tries.delete(event.topic);
      return 'handled';
    }
  }

  /** The database was away, others were in the way, or the node is busy: the event is not to blame. */
  private async isNobodysFault(error: unknown): Promise<boolean> {
    if (isContention(error) || (error instanceof Refused && isTransient(error.code))) return true;
    return isUnavailable(error) && (await this.ports.isAway());
  }

  /** What was nobody's fault is tried again soon, from where the tables say that it stands. */
  private onFailure(error: unknown, topic: TopicName): number {
    // Another node has the lease, for all that we know; the next renewal says.
    if (error instanceof FenceMoved) this.heldUntil = 0;
    else if (!isContention(error)) this.ports.failed(error, { follower: this.follower.name, topic });
    return AGAIN_MS;
  }

  private pause(topic: TopicName, ms: number): void {
    if (this.stopped) return;
    // What woke it meanwhile waits with it.
    this.due.delete(topic);
    this.paused.get(topic)?.();
    const cancel = this.ports.clock.after(ms, () => {
      this.paused.delete(topic);
      this.wake(topic);
    });
    this.paused.set(topic, cancel);
  }
}
