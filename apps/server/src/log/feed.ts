import { type Envelope, type ParsedTopic, parseTopic, type TopicName } from '@almenara/events';
import type { Clock } from '../clock.ts';
import { BLOCK } from './blocks.ts';
import { Coalescer } from './coalesce.ts';
import { Gate } from './gate.ts';
import type { LogReader } from './reader.ts';
import { StoredEvent } from './stored.ts';

const SWEEP_MS = 1000;

export interface FeedPorts {
  readonly reader: LogReader;
  readonly clock: Clock;
  failed(error: unknown): void;
}

/** Whoever follows topics live, as the feed knows them. */
export interface LiveFollower {
  readonly userId: string;
  /** It may not follow the topic any more, from the event `head` on. */
  putOut(topic: TopicName, head: number): void;
  /** Asks whether it still may follow a topic that stands at `head`, and leaves where not. */
  recheck(topic: ParsedTopic, head: number): Promise<void>;
}

/** A door through which events leave this node, such as all its sockets. */
export interface Door {
  /** Consecutive events of one followed topic, each once and in order. */
  deliver(topic: TopicName, events: readonly StoredEvent[]): void;
  /** The database tells another history: whoever listens must ask again from its cursor. */
  epochChanged(epoch: string): void;
}

interface Followed {
  readonly gate: Gate<StoredEvent>;
  readonly opened: Promise<void>;
  readonly followers: Set<LiveFollower>;
  /** Events that have passed the gate while those who follow are asked whether they still may. */
  waiting: StoredEvent[] | null;
}

/**
 * The live end of the log on this node: a gate for each followed topic, and the sweep that feeds what is missing. It
 * knows who follows what, so that whoever loses the right to is put out before the next event.
 */
export class Feed {
  private readonly ports: FeedPorts;
  private readonly doors = new Set<Door>();
  private readonly topics = new Map<TopicName, Followed>();
  private readonly sweeps = new Coalescer<void>();
  private epoch: string | null = null;
  private cancelSweep: (() => void) | null = null;
  private sweeping: Promise<void> | null = null;
  private stopped = false;

  constructor(ports: FeedPorts) {
    this.ports = ports;
  }

  start(epoch: string): void {
    this.epoch = epoch;
    this.scheduleSweep();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.cancelSweep?.();
    for (const followed of this.topics.values()) followed.gate.close();
    this.topics.clear();
    await this.sweeping;
  }

  /** Lets what is followed leave by one more door, for as long as the feed runs. */
  openDoor(door: Door): void {
    this.doors.add(door);
  }

  /** Pair it with `unfollow`. */
  follow(topic: TopicName, follower: LiveFollower): void {
    let followed = this.topics.get(topic);
    if (!followed) {
      followed = this.open(topic, new Set());
      // Whoever asks `opened` is told; a failure nobody waits for is no fault of the process.
      followed.opened.catch(() => {});
      this.topics.set(topic, followed);
    }
    followed.followers.add(follower);
  }

  /** Resolves when the gate of a followed topic stands: from then on every later event is delivered. */
  async opened(topic: TopicName): Promise<void> {
    await this.topics.get(topic)?.opened;
  }

  unfollow(topic: TopicName, follower: LiveFollower): void {
    const followed = this.topics.get(topic);
    if (!followed?.followers.delete(follower) || followed.followers.size > 0) return;
    this.topics.delete(topic);
    followed.gate.close();
  }

  /** Asks of all who follow a topic on this node whether they still may: what its policy goes by has changed. */
  async recheckTopic(topic: TopicName): Promise<void> {
    const followed = this.topics.get(topic);
    const parsed = parseTopic(topic);
    if (!followed || !parsed) return;
    const head = followed.gate.published ?? 0;
    await Promise.all([...followed.followers].map((follower) => follower.recheck(parsed, head)));
  }

  /** Committed events of this node, straight from the command bus. */
  committed(envelopes: readonly Envelope[]): void {
    const followed: ReadonlyMap<string, Followed> = this.topics;
    const passing = new Map<Gate<StoredEvent>, StoredEvent[]>();
    for (const envelope of envelopes) {
      const gate = followed.get(envelope.topic)?.gate;
      if (!gate) continue;
      const events = passing.get(gate);
      if (events) events.push(new StoredEvent(envelope));
      else passing.set(gate, [new StoredEvent(envelope)]);
    }
    for (const [gate, events] of passing) gate.accept(events);
  }

  /** Up to where each followed topic has been published. */
  positions(): Map<TopicName, number> {
    const positions = new Map<TopicName, number>();
    for (const [topic, { gate }] of this.topics) {
      if (gate.published !== null) positions.set(topic, gate.published);
    }
    return positions;
  }

  private open(topic: TopicName, followers: Set<LiveFollower>): Followed {
    const { reader, clock, failed } = this.ports;
    const gate = new Gate<StoredEvent>({
      clock,
      read: (after) => reader.after(topic, after, BLOCK),
      readSize: BLOCK,
      publish: (events) => this.publish(topic, events),
      failed,
    });
    const opened = reader.position(topic).then(({ head }) => gate.open(head));
    return { gate, opened, followers, waiting: null };
  }

  /**
   * Whoever an event takes the right from is put out before the next one; where it does not say from whom, the next one
   * waits until all have been asked again.
   */
  private publish(topic: TopicName, events: readonly StoredEvent[]): void {
    const followed = this.topics.get(topic);
    if (!followed) return;
    if (followed.waiting) {
      followed.waiting.push(...events);
      return;
    }
    const until = events.findIndex(({ revoked, rechecks }) => rechecks || revoked.length > 0) + 1;
    const passing = until === 0 ? events : events.slice(0, until);
    for (const door of this.doors) door.deliver(topic, passing);
    const last = until === 0 ? null : passing.at(-1);
    if (!last) return;
    for (const follower of [...followed.followers])
      if (last.revoked.includes(follower.userId)) follower.putOut(topic, last.seq);
    const rest = events.slice(until);
    if (!last.rechecks) return rest.length > 0 ? this.publish(topic, rest) : undefined;
    followed.waiting = [...rest];
    void this.recheckTopic(topic)
      .catch((error: unknown) => this.ports.failed(error))
      .finally(() => {
        const { waiting } = followed;
        followed.waiting = null;
        if (waiting && waiting.length > 0 && this.topics.get(topic) === followed)
          this.publish(topic, waiting);
      });
  }

  /**
   * Compares heads with gates, never timestamps: a long transaction commits an old one. What a node that died
   * between commit and announcement had to tell is found here.
   */
  sweep(): Promise<void> {
    return this.sweeps.run('all', () => this.sweepNow());
  }

  private async sweepNow(): Promise<void> {
    const { epoch, heads } = await this.ports.reader.heads([...this.topics.keys()]);
    if (this.epoch !== null && epoch !== this.epoch) {
      this.epoch = epoch;
      this.ports.reader.forget();
      for (const [topic, followed] of this.topics) {
        followed.gate.close();
        const next = this.open(topic, followed.followers);
        next.opened.catch((error: unknown) => this.ports.failed(error));
        this.topics.set(topic, next);
      }
      for (const door of this.doors) door.epochChanged(epoch);
      return;
    }
    for (const [topic, { gate }] of this.topics) gate.hint(heads.get(topic) ?? 0);
  }

  private scheduleSweep(): void {
    if (this.stopped) return;
    this.cancelSweep = this.ports.clock.after(SWEEP_MS, () => {
      this.sweeping = this.sweep()
        .catch((error: unknown) => this.ports.failed(error))
        .finally(() => this.scheduleSweep());
    });
  }
}
