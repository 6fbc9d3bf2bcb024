import {
  type Cursor,
  LIMITS,
  mayFollowTopic,
  type Namespace,
  type ParsedTopic,
  parseTopic,
  type TopicAnswer,
  type TopicName,
  topics,
} from '@almenara/events';
import { Refused, toFailure } from '../errors.ts';
import type { Feed } from '../log/feed.ts';
import type { LogReader } from '../log/reader.ts';
import type { DeskSocket } from './types.ts';

/** Topics that one connection may follow in one namespace. */
const TOPICS_MAX = 500;
/** Events in one answer, over all its topics; the rest is fetched by `catch_up`. */
const ANSWER_EVENTS = 2048;

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

  async subscribe(requests: readonly { topic: string; cursor?: Cursor | undefined }[]) {
    let budget = ANSWER_EVENTS;
    const answers: (TopicAnswer & { epoch: string })[] = [];
    for (const { topic, cursor } of requests) {
      const answer = await this.answer(topic, () =>
        this.join(topic, cursor, Math.min(budget, LIMITS.eventsPerRead)),
      );
      if (answer.kind === 'delta') budget = Math.max(1, budget - answer.events.length);
      answers.push(answer);
    }
    const epoch =
      answers.find((answer) => answer.epoch !== '')?.epoch ?? (await this.ports.reader.heads([])).epoch;
    return { epoch, topics: answers.map(({ epoch: _, ...answer }) => answer satisfies TopicAnswer) };
  }

  catchUp(topic: string, cursor: Cursor, limit: number): Promise<TopicAnswer & { epoch: string }> {
    return this.answer(topic, async () => {
      const parsed = this.permitted(topic);
      const past = await this.ports.reader.since(parsed, cursor, limit);
      this.permitted(topic);
      return { topic, ...past };
    });
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
  private async join(name: string, cursor: Cursor | undefined, limit: number) {
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
      const past = await this.ports.reader.since(topic, cursor, limit);
      this.permitted(name);
      return { topic: name, ...past };
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

  private async answer(
    topic: string,
    read: () => Promise<TopicAnswer & { epoch: string }>,
  ): Promise<TopicAnswer & { epoch: string }> {
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof Refused)) this.ports.failed(error);
      return { topic, kind: 'refused', error: toFailure(error), epoch: '' };
    }
  }
}
