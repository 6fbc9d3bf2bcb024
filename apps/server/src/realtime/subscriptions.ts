import { type Cursor, type Namespace, type ParsedTopic, parseTopic, topics } from '@almenara/events';
import { Refused } from '../errors.ts';
import { toFailure } from '../failure.ts';
import { Following, type FollowingPorts, type Joined, type Wanted } from '../log/following.ts';
import type { Past } from '../log/reader.ts';
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

interface Request extends Wanted {
  readonly topic: string;
}

export interface SubscriptionPorts extends FollowingPorts {
  /** The history that topics stand in. */
  history(): string;
  failed(error: unknown): void;
}

/** What one socket asks for and is answered about the topics that it follows. */
export class Subscriptions {
  private readonly following: Following;
  private ended = false;
  private readonly namespace: Namespace;
  private readonly ports: SubscriptionPorts;

  constructor(socket: DeskSocket, namespace: Namespace, ports: SubscriptionPorts) {
    const reader = {
      actor: socket.data.principal,
      join: (topic: string) => socket.join(topic),
      leave: (topic: string) => void socket.leave(topic),
      lost: (topic: string, head: number) =>
        void socket.emit('heads', { epoch: ports.history(), heads: { [topic]: head } }),
    };
    this.following = new Following(reader, ports, TOPICS_MAX);
    this.namespace = namespace;
    this.ports = ports;
  }

  /** In the order of the request, as far as there is room. */
  async subscribe(requests: readonly Request[]): Promise<JsonParts> {
    // Topics that are joined together are asked for together.
    const joined = await Promise.all(
      requests.map((request) =>
        this.attempt(request.topic, () => this.following.join(this.topicOf(request.topic), request)),
      ),
    );
    const room = new AnswerRoom();
    const reads = joined.map((one) => async () => {
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
    const past = await this.following.catchUp(this.topicOf(topic), cursor, { limit, bytes: EVENT_BYTES });
    this.topicOf(topic);
    return rowOf(topic, past, { epoch: past.epoch }).parts;
  }

  unsubscribe(names: readonly string[]): void {
    for (const name of names) {
      const topic = parseTopic(name);
      if (topic) this.following.leave(topic.name);
    }
  }

  /** Leaves every room, so that nothing more is delivered. */
  end(): void {
    this.ended = true;
    this.following.end();
  }

  private async read(joined: Joined): Promise<{ past: Past }> {
    return { past: await this.following.past(joined, { bytes: EVENT_BYTES }) };
  }

  /** Whoever has lost the right meanwhile is told so; where there is no room the topic is to be asked for again. */
  private fit(name: string, past: Past | null, room: AnswerRoom): Row {
    try {
      const topic = this.topicOf(name);
      if (!this.following.follows(topic.name))
        throw new Refused('forbidden', `You may not follow ${name} any more.`);
      const row = past && room.take(name, past);
      if (!row) throw NO_ROOM();
      return row;
    } catch (error) {
      return this.refused(name, error);
    }
  }

  private topicOf(name: string): ParsedTopic {
    if (this.ended) throw new Refused('unauthenticated', 'This session has ended.');
    const topic = parseTopic(name);
    if (!topic || topics[topic.key].namespace !== this.namespace) {
      throw new Refused('not_found', `There is no topic ${name} in ${this.namespace}.`);
    }
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
