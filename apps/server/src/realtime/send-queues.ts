import type { TopicName } from '@almenara/events';
import type { FanOut, Lane } from '../flow/fan-out.ts';
import type { StoredEvent } from '../log/stored.ts';

/** Events in one packet, and their bytes: so little that a stalled reader is noticed between two. */
const PACKET = { events: 100, bytes: 256_000 };
/** Where more waits for one topic, its readers take it from the log: they come by more at a time there. */
const WAITING = { events: 10_000, bytes: 32_000_000 };

export interface SendQueuesPorts {
  readonly fanOut: FanOut;
  /** Sends consecutive events to the readers of their topic, in one packet. */
  emit(topic: TopicName, events: readonly StoredEvent[]): void;
  /** Tells the readers of a topic that it stands at `head`, and that they will not be sent what they lack of it. */
  skip(topic: TopicName, head: number): void;
}

/** What has passed the gates and waits to be sent: what is ready together, or waits for its turn, goes as one packet. */
export class SendQueues {
  private readonly ports: SendQueuesPorts;
  private readonly queues = new Map<TopicName, Queue>();

  constructor(ports: SendQueuesPorts) {
    this.ports = ports;
  }

  /** Takes consecutive events of one topic. */
  add(topic: TopicName, events: readonly StoredEvent[]): void {
    const queue = this.queues.get(topic) ?? new Queue(topic, this.ports, () => this.queues.delete(topic));
    this.queues.set(topic, queue);
    queue.add(events);
    this.ports.fanOut.want(queue);
  }

  /** The last event of a topic that was sent, where later ones wait; null where nothing waits. */
  sentOf(topic: TopicName): number | null {
    const queue = this.queues.get(topic);
    return queue?.waits ? queue.sent : null;
  }

  /** What waits is of a history that has ended. */
  forget(): void {
    for (const queue of this.queues.values()) queue.clear();
  }
}

class Queue implements Lane {
  /** The last event that was sent. */
  sent = 0;
  private events: StoredEvent[] = [];
  private bytes = 0;
  /** What readers are told to take from the log: up to there. */
  private skipTo: number | null = null;
  private readonly topic: TopicName;
  private readonly ports: SendQueuesPorts;
  private readonly emptied: () => void;

  constructor(topic: TopicName, ports: SendQueuesPorts, emptied: () => void) {
    this.topic = topic;
    this.ports = ports;
    this.emptied = emptied;
  }

  add(events: readonly StoredEvent[]): void {
    const [first] = events;
    if (!first) return;
    // What waits is from before the gate was opened anew: whoever has followed since has read it from the log.
    if (this.events.at(-1)?.seq !== first.seq - 1 && this.skipTo !== first.seq - 1) {
      this.clear();
      this.sent = first.seq - 1;
    }
    for (const event of events) {
      this.events.push(event);
      this.bytes += event.json.length;
    }
    if (this.events.length > WAITING.events || this.bytes > WAITING.bytes) {
      const last = this.events.at(-1)?.seq ?? null;
      this.clear();
      this.skipTo = last;
    }
  }

  get waits(): boolean {
    return this.events.length > 0 || this.skipTo !== null;
  }

  clear(): void {
    this.events = [];
    this.bytes = 0;
    this.skipTo = null;
  }

  sendNext(): boolean {
    if (this.skipTo !== null) {
      this.ports.skip(this.topic, this.skipTo);
      this.sent = this.skipTo;
      this.skipTo = null;
    } else {
      const packet = this.takePacket();
      if (packet.length > 0) this.ports.emit(this.topic, packet);
      this.sent = packet.at(-1)?.seq ?? this.sent;
    }
    if (this.events.length > 0) return true;
    this.emptied();
    return false;
  }

  private takePacket(): StoredEvent[] {
    let bytes = 0;
    let count = 0;
    for (const { json } of this.events) {
      bytes += json.length;
      if (count === PACKET.events || (count > 0 && bytes > PACKET.bytes)) break;
      count += 1;
    }
    const packet = this.events.splice(0, count);
    for (const { json } of packet) this.bytes -= json.length;
    return packet;
  }
}
