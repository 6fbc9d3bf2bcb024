import type { Envelope } from '@almenara/events';

/** Live events that came before their turn; more than this are let go and read from the log instead. */
export const REORDER_LIMIT = 2000;

/** Events of one topic that wait for those before them, by seq. */
export class ReorderBuffer {
  readonly #events = new Map<number, Envelope>();

  /** The highest seq that waits; 0 if none does. */
  get last(): number {
    let last = 0;
    for (const seq of this.#events.keys()) last = Math.max(last, seq);
    return last;
  }

  /** A second event of the same seq is the same event. One too many is dropped: `catch_up` brings it again. */
  put(envelope: Envelope): void {
    if (this.#events.size < REORDER_LIMIT) this.#events.set(envelope.seq, envelope);
  }

  /** An answer's events, which are few and the next to be applied, have their place whatever else waits. */
  putAll(envelopes: readonly Envelope[]): void {
    for (const envelope of envelopes) this.#events.set(envelope.seq, envelope);
  }

  /** Takes out the unbroken run that follows `seq`. */
  takeAfter(seq: number): Envelope[] {
    const run: Envelope[] = [];
    for (let next = this.#events.get(seq + 1); next; next = this.#events.get(next.seq + 1)) {
      this.#events.delete(next.seq);
      run.push(next);
    }
    return run;
  }

  dropUpTo(seq: number): void {
    for (const held of this.#events.keys()) if (held <= seq) this.#events.delete(held);
  }

  clear(): void {
    this.#events.clear();
  }
}
