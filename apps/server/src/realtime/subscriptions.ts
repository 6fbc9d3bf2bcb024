import {
  type Cursor,
  LIMITS,
  mayFollowTopic,
  type Namespace,
  type ParsedTopic,
  parseTopic,
  type TopicName,
  topics,
} from '@almenara/events';
import { Refused, toFailure } from '../errors.ts';
import type { Feed } from '../log/feed.ts';
import type { LogReader } from '../log/reader.ts';
import type { JsonParts } from './engine.ts';
import { type Row, refusedRow, rowOf } from './rows.ts';
import type { DeskSocket } from './types.ts';

/** Topics that one connection may follow in one namespace. */
const TOPICS_MAX = 500;
/** Events in one answer, over all its topics; the rest is fetched by `catch_up`. */
const ANSWER_EVENTS = 2048;
/** Bytes of events in one answer, and of all that is in it: the topics that it has no room for are to be asked again. */
const EVENT_BYTES = 4_000_000;
const ANSWER_BYTES = 16_000_000;
const AGAIN_MS = 250;

const NO_ROOM = {
  code: 'rate_limited' as const,
  message: 'The answer has become too large for this topic. Ask for it again.',
  retryAfterMs: AGAIN_MS,
};

interface Asked {
  readonly topic: string;
  readonly cursor?: Cursor | undefined;
  readonly news?: true | undefined;
}

export interface SubscriptionPorts {
  readonly reader: LogReader;
  readonly feed: Feed;
  failed(error: unknown): void;
}

/** The topics that one socket follows. */
export class Subscriptions {
  private readonly followed = new Set<TopicName>();
  private ended = false;
  private readonly socket: DeskSocket;
  private readonly namespace: Namespace;
  private readonly ports: SubscriptionPorts;

  constructor(socket: DeskSocket, namespace: Namespace, ports: SubscriptionPorts) {
    this.socket = socket;
    this.namespace = namespace;
    this.ports = ports;
  }

  async subscribe(requests: readonly Asked[]): Promise<JsonParts> {
    let events = 0;
    let eventBytes = 0;
    let bytes = 0;
    const rows: Row[] = [];
    for (const { topic, cursor, news = false } of requests) {
      const limit = Math.min(Math.max(1, ANSWER_EVENTS - events), LIMITS.eventsPerRead);
      const bounds = { limit, bytes: Math.max(1, EVENT_BYTES - eventBytes) };
      const row =
        bytes < ANSWER_BYTES
          ? await this.answer(topic, () => this.join(topic, cursor, { ...bounds, news }))
          : null;
      if (row && (rows.length === 0 || bytes + row.bytes <= ANSWER_BYTES)) {
        rows.push(row);
        bytes += row.bytes;
        events += row.events;
        if (row.events > 0) eventBytes += row.bytes;
      } else {
        this.unsubscribe([topic]);
        rows.push(refusedRow(topic, NO_ROOM));
      }
    }
    const epoch = rows.find((row) => row.epoch !== null)?.epoch ?? (await this.ports.reader.heads([])).epoch;
    const between = rows.flatMap(({ parts }, i) => (i === 0 ? parts : [',', ...parts]));
    return [`{"epoch":${JSON.stringify(epoch)},"topics":[`, ...between, ']}'];
  }

  /** Throws where it is refused. */
  async catchUp(topic: string, cursor: Cursor, limit: number): Promise<JsonParts> {
    const parsed = this.permitted(topic);
    const asker = this.socket.data.principal.userId;
    const past = await this.ports.reader.since(parsed, cursor, { limit, bytes: EVENT_BYTES, asker });
    this.permitted(topic);
    return rowOf(topic, past, { epoch: past.epoch }).parts;
  }

  unsubscribe(names: readonly string[]): void {
    for (const name of names) {
      const parsed = parseTopic(name);
      if (parsed) this.leave(parsed.name);
    }
  }

  /** Leaves every room, so that nothing more is delivered. */
  end(): void {
    this.ended = true;
    for (const topic of [...this.followed]) this.leave(topic);
  }

  /** Joins first and reads after, so that nothing falls between; whoever lost the right meanwhile is put out again. */
  private async join(
    name: string,
    cursor: Cursor | undefined,
    bounds: { limit: number; bytes: number; news?: boolean },
  ): Promise<Row> {
    const topic = this.permitted(name);
    if (!this.followed.has(topic.name)) {
      if (this.followed.size >= TOPICS_MAX) {
        throw new Refused('too_large', `One connection follows at most ${TOPICS_MAX} topics.`);
      }
      this.followed.add(topic.name);
      this.ports.feed.follow(topic.name);
    }
    try {
      await this.ports.feed.opened(topic.name);
      // Unless it was unsubscribed, or the session ended, while the gate was opening.
      if (this.followed.has(topic.name)) await this.socket.join(topic.name);
      const asker = this.socket.data.principal.userId;
      const past = await this.ports.reader.since(topic, cursor, { ...bounds, asker });
      this.permitted(name);
      return rowOf(name, past);
    } catch (error) {
      this.leave(topic.name);
      throw error;
    }
  }

  private leave(topic: TopicName): void {
    if (!this.followed.delete(topic)) return;
    void this.socket.leave(topic);
    this.ports.feed.unfollow(topic);
  }

  private permitted(name: string): ParsedTopic {
    if (this.ended) throw new Refused('unauthenticated', 'This session has ended.');
    const topic = parseTopic(name);
    if (!topic || topics[topic.key].namespace !== this.namespace) {
      throw new Refused('not_found', `There is no topic ${name} in ${this.namespace}.`);
    }
    const { principal } = this.socket.data;
    if (!mayFollowTopic(principal, topic)) throw new Refused('forbidden', `You may not follow ${name}.`);
    return topic;
  }

  private async answer(topic: string, read: () => Promise<Row>): Promise<Row> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Refused)) this.ports.failed(error);
      return refusedRow(topic, toFailure(error));
    }
  }
}
