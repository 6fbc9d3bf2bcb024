import { type Envelope, parseTopic } from '@almenara/events';
import type { Clock } from '../../clock.ts';
import type { Database } from '../../database/client.ts';
import { notFound } from '../../errors.ts';
import { readBehind } from './cursor.ts';
import type { Follower } from './follower.ts';
import type { FencedBus } from './handling.ts';
import { register } from './lease.ts';
import { discardParked, type ParkedEvent, type ParkedPlace, readParked, runParked } from './parked.ts';
import { FollowerRunner, type Retrying } from './runner.ts';

export interface FollowersPorts {
  readonly followers: readonly Follower[];
  readonly bus: FencedBus;
  readonly database: Pick<Database, 'reader' | 'accounts' | 'health'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly random: () => number;
  failed(error: unknown, context?: Record<string, unknown>): void;
  /** A lease is renewed three times while it lasts (ms); left out, 15 s. */
  readonly leaseMs?: number;
  /** How often what other processes have committed is looked for (ms); left out, 2 s. */
  readonly compareMs?: number;
  readonly retrying?: Retrying;
}

const LEASE_MS = 15_000;
const COMPARE_MS = 2000;
const PARKED_AT_MOST = 200;
const ATTEMPTS = 5;
const PAUSE = { firstMs: 200, factor: 4, mostMs: 300_000 };

/**
 * The followers of this node. Commits of this process wake them at once; what others have committed, or a commit that was
 * not told, they find by comparing the heads of all topics with their cursors.
 */
export class Followers {
  private readonly ports: FollowersPorts;
  private readonly leaseMs: number;
  private readonly runners: readonly FollowerRunner[];
  private readonly cancels = new Map<string, () => void>();
  private underWay = Promise.resolve();
  private stopped = false;

  constructor(ports: FollowersPorts) {
    const { followers, bus, database, clock, newId, random, failed, leaseMs = LEASE_MS } = ports;
    this.ports = ports;
    this.leaseMs = leaseMs;
    const retrying = ports.retrying ?? {
      attempts: ATTEMPTS,
      pauseMs: (attempt) =>
        (0.5 + random() / 2) * Math.min(PAUSE.firstMs * PAUSE.factor ** (attempt - 1), PAUSE.mostMs),
    };
    const { reader, accounts: keeper, health } = database;
    const isAway = (): Promise<boolean> => health.explains();
    const shared = { bus, reader, keeper, clock, node: newId(), leaseMs, retrying, isAway, failed };
    this.runners = followers.map((follower) => new FollowerRunner(follower, shared));
  }

  /** Before the first command: a new follower is told of what happens from now on. */
  async start(): Promise<void> {
    for (const { follower } of this.runners)
      await register(this.ports.database.accounts, follower.name, follower.topics);
    await this.renew();
    this.every('renew', this.leaseMs / 3, () => this.renew());
    this.every('compare', this.ports.compareMs ?? COMPARE_MS, () => this.compare());
  }

  /** Committed events of this node, straight from the bus. */
  committed(envelopes: readonly Envelope[]): void {
    for (const runner of this.runners) {
      if (!runner.holds) continue;
      const { types, topics } = runner.follower;
      for (const { topic, type } of envelopes) {
        const parsed = types.includes(type) ? parseTopic(topic) : null;
        if (parsed && topics.includes(parsed.key)) runner.wake(parsed.name);
      }
    }
  }

  /** Comes to the end of what is being handled, and gives the leases back. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const cancel of this.cancels.values()) cancel();
    await this.underWay;
    // Whoever cannot give a lease back lets it run out.
    for (const stopped of await Promise.allSettled(this.runners.map((runner) => runner.stop())))
      if (stopped.status === 'rejected') this.ports.failed(stopped.reason);
  }

  /** What was put aside, the oldest first. */
  parked(limit = PARKED_AT_MOST): Promise<ParkedEvent[]> {
    return readParked(this.ports.database.reader, limit);
  }

  /**
   * Handles a parked event again, after others of its topic. Throws `not_found` where it is not parked or its event is gone,
   * `conflict` where somebody else is handling it, and what it failed with.
   */
  async runParked(place: ParkedPlace): Promise<void> {
    const runner = this.runners.find(({ follower }) => follower.name === place.follower);
    if (!runner) throw notFound('follower', place.follower);
    await runParked(this.ports.database.accounts, this.ports.bus, runner.follower, place);
  }

  /** Lets go of a parked event for good. Throws `not_found` where it is not parked. */
  async discardParked(place: ParkedPlace): Promise<void> {
    if (await discardParked(this.ports.database.accounts, place)) return;
    throw notFound('parked event', `${place.topic} ${place.seq}`);
  }

  private async renew(): Promise<void> {
    const taken = await Promise.all(this.runners.map((runner) => runner.renew()));
    if (taken.includes(true)) await this.compare();
  }

  /** Wakes those that this node does for what they have not seen. */
  async compare(): Promise<void> {
    const holding = new Map(
      this.runners.filter((runner) => runner.holds).map((runner) => [runner.follower.name, runner]),
    );
    if (holding.size === 0) return;
    const followers = [...holding.values()].map(({ follower }) => follower);
    for (const { follower, topic } of await readBehind(this.ports.database.reader, followers))
      holding.get(follower)?.wake(topic);
  }

  private every(name: string, ms: number, work: () => Promise<void>): void {
    const { clock, failed } = this.ports;
    const cancel = clock.after(ms, () => {
      this.underWay = Promise.all([
        this.underWay,
        work()
          .catch((error: unknown) => failed(error))
          .finally(() => {
            if (!this.stopped) this.every(name, ms, work);
          }),
      ]).then(() => {});
    });
    this.cancels.set(name, cancel);
  }
}
