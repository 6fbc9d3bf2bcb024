import type { Envelope, TopicName } from '@almenara/events';

/** Envelopes in one packet: some tens of kilobytes, so that a stalled reader is noticed between two. */
const PACKET = 100;

/**
 * Joins what becomes ready for one topic in the same turn of the event loop into one packet. No timer: alone, an
 * event goes at once; under load a send takes long enough for the next ones to be ready together.
 */
export class Outbox {
  private readonly waiting = new Map<TopicName, Envelope[]>();
  private scheduled = false;
  private readonly emit: (topic: TopicName, envelopes: Envelope[]) => void;

  constructor(emit: (topic: TopicName, envelopes: Envelope[]) => void) {
    this.emit = emit;
  }

  add(topic: TopicName, envelopes: readonly Envelope[]): void {
    const waiting = this.waiting.get(topic);
    if (waiting) waiting.push(...envelopes);
    else this.waiting.set(topic, [...envelopes]);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  flush(): void {
    this.scheduled = false;
    const ready = [...this.waiting];
    this.waiting.clear();
    for (const [topic, envelopes] of ready) {
      for (let i = 0; i < envelopes.length; i += PACKET) this.emit(topic, envelopes.slice(i, i + PACKET));
    }
  }
}
