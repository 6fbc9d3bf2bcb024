import {
  type Cursor,
  mayFollowTopic,
  type Namespace,
  type ParsedTopic,
  parseTopic,
  type TopicName,
  topics,
} from '@almenara/events';
import { Refused } from '../errors.ts';
import { toFailure } from '../failure.ts';
import type { Feed } from '../log/feed.ts';
import type { LogReader, Past, Position } from '../log/reader.ts';
import { AnswerRoom, EVENT_BYTES } from './answer-room.ts';
import type { JsonParts } from './frames.ts';
import { inOrder } from './in-order.ts';
import { isRow, type Row, refusedRow, rowOf } from './rows.ts';
import type { DeskSocket } from './types.ts';

/** Topics that one connection may follow in one namespace. */
const TOPICS_MAX = 500;
/** Topics that are read while the answer is made of those before them. */
const AHEAD = 4;

const NO_ROOM = (): Refused =>
  new Refused('rate_limited', 'The answer has become too large for this topic. Ask for it again.', {
    retryAfterMs: 250,
  });

interface Request {
  readonly topic: string;
  readonly cursor?: Cursor | undefined;
  /** Without a cursor nothing has been missed: the answer begins at the head, and there is no snapshot. */
  readonly news?: true | undefined;
}

/** A topic whose room has been joined, and where it stood after that. */
interface Entered {
  readonly topic: ParsedTopic;
  readonly cursor: Cursor | undefined;
  readonly position: Position;
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

  /** In the order of the request, as far as there is room. */
  async subscribe(requests: readonly Request[]): Promise<JsonParts> {
    const entered = await Promise.all(
      requests.map((request) => this.attempt(request.topic, () => this.enter(request))),
    );
    const room = new AnswerRoom();
    const reads = entered.map((one) => async () => {
      if (isRow(one) || room.isFull) return one;
      return this.attempt(one.topic.name, () => this.read(one));
    });
    const rows: Row[] = [];
    for await (const found of inOrder(reads, AHEAD)) {
      const name = requests[rows.length]?.topic ?? '';
      rows.push(isRow(found) ? found : this.fit(name, 'past' in found ? found.past : null, room));
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

  /** Joins first and reads after, so that nothing falls between. Topics that are entered together are asked for together. */
  private async enter({ topic: name, cursor, news }: Request): Promise<Entered> {
    const topic = this.permitted(name);
    if (!this.followed.has(topic.name)) {
      if (this.followed.size >= TOPICS_MAX) {
        throw new Refused('too_large', `One connection follows at most ${TOPICS_MAX} topics.`);
      }
      this.followed.add(topic.name);
      this.ports.feed.follow(topic.name);
    }
    await this.ports.feed.opened(topic.name);
    // Unless it was unsubscribed, or the session ended, while the gate was opening.
    if (this.followed.has(topic.name)) await this.socket.join(topic.name);
    const position = await this.ports.reader.position(topic.name);
    const head = news ? { epoch: position.epoch, seq: position.head } : undefined;
    return { topic, cursor: cursor ?? head, position };
  }

  private async read({ topic, cursor, position }: Entered): Promise<{ past: Past }> {
    const asker = this.socket.data.principal.userId;
    return { past: await this.ports.reader.since(topic, cursor, { bytes: EVENT_BYTES, asker, position }) };
  }

  /** Whoever has lost the right meanwhile is put out again; where there is no room the topic is to be asked for again. */
  private fit(name: string, past: Past | null, room: AnswerRoom): Row {
    try {
      this.permitted(name);
      const row = past && room.take(name, past);
      if (!row) throw NO_ROOM();
      return row;
    } catch (error) {
      return this.refused(name, error);
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

  private async attempt<T>(name: string, work: () => Promise<T>): Promise<T | Row> {
    try {
      return await work();
    } catch (error) {
      return this.refused(name, error);
    }
  }

  private refused(name: string, error: unknown): Row {
    this.unsubscribe([name]);
    if (!(error instanceof Refused)) this.ports.failed(error);
    return refusedRow(name, toFailure(error));
  }
}
