import { parseTopic, type TopicName, topics } from '@almenara/events';
import type { FanOut } from '../flow/fan-out.ts';
import type { Door } from '../log/feed.ts';
import type { StoredEvent } from '../log/stored.ts';
import { Broadcast, connectionsIn, eventMessage } from './engine.ts';
import { SendQueues } from './send-queues.ts';
import type { DeskServer } from './types.ts';

/** The way of committed events to the sockets in their topics' rooms, and of the heads that name what was sent. */
export class Delivery implements Door {
  private readonly io: DeskServer;
  private readonly queues: SendQueues;
  private readonly begunAgain: () => void;
  private readonly announced = new Map<TopicName, number>();
  private epoch = '';

  /** @param begunAgain another history has begun: what clients hold may be of no use */
  constructor(io: DeskServer, fanOut: FanOut, begunAgain: () => void) {
    this.io = io;
    this.begunAgain = begunAgain;
    this.queues = new SendQueues({
      fanOut,
      emit: (topic, events) =>
        this.toReaders(topic, 'events', `[${events.map(({ json }) => json).join(',')}]`),
      skip: (topic, head) => this.tellHead(topic, head),
    });
  }

  start(epoch: string): void {
    this.epoch = epoch;
  }

  /** The history that events are of. */
  get history(): string {
    return this.epoch;
  }

  deliver(topic: TopicName, events: readonly StoredEvent[]): void {
    this.queues.add(topic, events);
  }

  /** Clients come back with their cursors and are told. */
  epochChanged(epoch: string): void {
    this.epoch = epoch;
    this.queues.forget();
    this.announced.clear();
    this.begunAgain();
  }

  /**
   * Heads name what was sent: who has all of that lacks nothing that is not on its way.
   * @param positions up to where each followed topic has been published
   */
  announceHeads(positions: ReadonlyMap<TopicName, number>): void {
    for (const topic of this.announced.keys()) if (!positions.has(topic)) this.announced.delete(topic);
    for (const [topic, published] of positions) {
      const head = this.queues.sentOf(topic) ?? published;
      if (this.announced.get(topic) === head) continue;
      this.announced.set(topic, head);
      this.tellHead(topic, head);
    }
  }

  private tellHead(topic: TopicName, head: number): void {
    this.toReaders(topic, 'heads', JSON.stringify({ epoch: this.epoch, heads: { [topic]: head } }));
  }

  /** Whoever follows a topic on this node; `payload` is JSON. */
  private toReaders(topic: TopicName, event: 'events' | 'heads', payload: string): void {
    const parsed = parseTopic(topic);
    if (!parsed) return;
    const namespace = this.io.of(topics[parsed.key].namespace);
    const message = new Broadcast([eventMessage(namespace.name, event, payload)]);
    for (const connection of connectionsIn(namespace, topic)) message.writeTo(connection);
  }
}
