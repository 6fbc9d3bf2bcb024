import type { Actor, Cursor, ParsedTopic, TopicName } from '@almenara/events';
import { Refused } from '../errors.ts';
import type { TopicAccess } from './access.ts';
import type { Feed, LiveFollower } from './feed.ts';
import type { LogReader, Past, Position, ReadOptions } from './reader.ts';

/** Whoever reads topics live, by whatever door. */
export interface LiveReader {
  readonly actor: Actor;
  /** From here on each event of the topic reaches it. */
  join(topic: TopicName): void | Promise<void>;
  leave(topic: TopicName): void;
  /** It is told that there is more of the topic, up to `head`: asking for it, it learns that it may not any more. */
  lost(topic: TopicName, head: number): void;
}

export interface FollowingPorts {
  readonly reader: LogReader;
  readonly feed: Feed;
  readonly access: TopicAccess;
}

export interface Wanted {
  readonly cursor?: Cursor | undefined;
  /** Without a cursor nothing has been missed: what is past ends at the head, and there is no snapshot. */
  readonly news?: true | undefined;
}

/** A topic that has been joined, and where it stood after that: what is past begins at the cursor, and live goes on. */
export interface Joined {
  readonly topic: ParsedTopic;
  readonly cursor: Cursor | undefined;
  readonly position: Position;
}

/** The topics that one reader follows: joined first and read after, so that nothing falls between. */
export class Following implements LiveFollower {
  private readonly reader: LiveReader;
  private readonly ports: FollowingPorts;
  private readonly most: number;
  private readonly topics = new Set<TopicName>();

  /** @param most topics at a time */
  constructor(reader: LiveReader, ports: FollowingPorts, most: number) {
    this.reader = reader;
    this.ports = ports;
    this.most = most;
  }

  get userId(): string {
    return this.reader.actor.userId;
  }

  follows(topic: TopicName): boolean {
    return this.topics.has(topic);
  }

  /**
   * Joins a topic; `past` has what came before. It is listed before it is asked for: whoever loses the right from
   * then on is put out, and whoever lost it before is refused. Throws `forbidden`, `too_large`.
   */
  async join(topic: ParsedTopic, { cursor, news }: Wanted): Promise<Joined> {
    const { reader, feed, access } = this.ports;
    const { name } = topic;
    access.checkRole(this.reader.actor, topic);
    if (!this.topics.has(name)) {
      if (this.topics.size >= this.most)
        throw new Refused('too_large', `One connection follows at most ${this.most} topics.`);
      this.topics.add(name);
      feed.follow(name, this);
    }
    await feed.opened(name);
    if (access.isPoliced(topic)) await access.check(this.reader.actor, topic);
    // Unless it was left, or taken away, meanwhile.
    if (this.topics.has(name)) await this.reader.join(name);
    const position = await reader.position(name);
    const head = news ? { epoch: position.epoch, seq: position.head } : undefined;
    return { topic, cursor: cursor ?? head, position };
  }

  /** What came before a topic was joined. Throws `not_found`. */
  past({ topic, cursor, position }: Joined, bounds: ReadOptions): Promise<Past> {
    return this.ports.reader.since(topic, cursor, { ...bounds, asker: this.userId, position });
  }

  /** What came after a cursor, of a topic that need not be joined. Throws `forbidden`, `not_found`. */
  catchUp(topic: ParsedTopic, cursor: Cursor, bounds: ReadOptions): Promise<Past> {
    const { access, reader } = this.ports;
    return access.guard(this.reader.actor, topic, () =>
      reader.since(topic, cursor, { ...bounds, asker: this.userId }),
    );
  }

  leave(topic: TopicName): void {
    if (!this.topics.delete(topic)) return;
    this.reader.leave(topic);
    this.ports.feed.unfollow(topic, this);
  }

  putOut(topic: TopicName, head: number): void {
    if (!this.topics.has(topic)) return;
    this.leave(topic);
    this.reader.lost(topic, head);
  }

  /** Leaves a topic that it may not follow any more; where nobody can say so, as well: it may ask again. */
  async recheck(topic: ParsedTopic, head: number): Promise<void> {
    try {
      await this.ports.access.check(this.reader.actor, topic);
    } catch (error) {
      // It may have all that there is: only of one more it would ask.
      this.putOut(topic.name, head + 1);
      if (!(error instanceof Refused)) throw error;
    }
  }

  /** Leaves every topic, so that nothing more reaches it. */
  end(): void {
    for (const topic of [...this.topics]) this.leave(topic);
  }
}
