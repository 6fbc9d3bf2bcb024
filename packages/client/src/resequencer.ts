import type { Cursor, Envelope, TopicAnswer } from '@almenara/events';
import type { Delivery } from './dispatcher.ts';
import { ReorderBuffer } from './reorder-buffer.ts';
import type { Replica } from './replica.ts';

export type AcceptedAnswer = Exclude<TopicAnswer, { kind: 'refused' }>;

/** What a packet changed. */
export interface Progress {
  /** Events have been folded. */
  readonly folded: boolean;
  /** A snapshot has replaced the state. */
  readonly replaced: boolean;
  /** The answer is of another history than live events were thought to be of. */
  readonly moved: boolean;
}

/**
 * What one topic has applied and what waits to be: puts answers and live events, in whatever order they come, into
 * the one order they are applied in [R1]. `receive` and `accept` throw what the fold throws: what it was given is then
 * not applied, and nothing may be until a snapshot has come.
 */
export class Resequencer {
  readonly #name: string;
  readonly #replica: Replica;
  /** Only what happens from now on is wanted: without a cursor it begins where the answer says. */
  readonly #news: boolean;
  readonly #waiting = new ReorderBuffer();
  /** The history that live events are of, as far as the server has told. */
  #epoch = '';
  /** The highest seq heard of; beyond the cursor it means that something is missing. */
  #head = 0;
  /** Before the answer to a subscribe nothing is applied: the cursor may be of another history. */
  #ready = false;
  #spoilt = false;
  #applied: Delivery[] = [];

  constructor(name: string, replica: Replica, news = false) {
    this.#name = name;
    this.#replica = replica;
    this.#news = news;
  }

  get epoch(): string {
    return this.#epoch;
  }

  get behind(): boolean {
    return this.#head > this.#seq;
  }

  /** What to ask from; null asks for a snapshot. */
  get cursor(): Cursor | null {
    return this.#spoilt ? null : this.#replica.cursor;
  }

  get #seq(): number {
    return this.#replica.cursor?.seq ?? 0;
  }

  /** A new subscribe: what arrived before its answer is of no use, or comes again. */
  restart(epoch: string): void {
    this.#epoch = epoch;
    this.#head = 0;
    this.#ready = false;
    this.#waiting.clear();
  }

  /** The state is not to be built upon; it is still shown until a snapshot replaces it. */
  spoil(): void {
    this.#spoilt = true;
  }

  /** True if this is news. */
  heard(head: number): boolean {
    if (head <= this.#head) return false;
    this.#head = head;
    return true;
  }

  receive(envelopes: readonly Envelope[]): Progress {
    for (const envelope of envelopes) {
      this.heard(envelope.seq);
      if (!this.#ready || envelope.seq > this.#seq) this.#waiting.put(envelope);
    }
    return { folded: this.#advance(), replaced: false, moved: false };
  }

  accept(answer: AcceptedAnswer, epoch: string): Progress {
    const moved = epoch !== this.#epoch;
    // What waits may be of either history.
    if (moved) this.restart(epoch);
    if (answer.kind === 'reset') this.#reset(answer, epoch);
    else this.#extend(answer, epoch);
    this.#ready = true;
    this.#waiting.dropUpTo(this.#seq);
    return { folded: this.#advance(), replaced: answer.kind === 'reset', moved };
  }

  /** What has been applied since this was last asked. */
  takeApplied(): readonly Delivery[] {
    const applied = this.#applied;
    this.#applied = [];
    return applied;
  }

  #reset(answer: AcceptedAnswer & { kind: 'reset' }, epoch: string): void {
    const { head: seq, reason, snapshot } = answer;
    this.#replica.reset(snapshot, { epoch, seq });
    this.#spoilt = false;
    // A head heard of before may be of a log that is gone.
    this.#head = Math.max(seq, this.#waiting.last);
    this.#applied.push({ kind: 'reset', info: { topic: this.#name, reason, seq } });
  }

  #extend(answer: AcceptedAnswer & { kind: 'delta' }, epoch: string): void {
    if (this.#news && !this.cursor) {
      this.#reset(
        { topic: this.#name, kind: 'reset', reason: 'new', head: answer.head, snapshot: null },
        epoch,
      );
    }
    if (this.cursor?.epoch !== epoch) {
      throw new Error(`The server answered for ${this.#name} as if from a cursor it was not given`);
    }
    this.heard(answer.head);
    this.#waiting.putAll(answer.events);
  }

  #advance(): boolean {
    if (!this.#ready) return false;
    const run = this.#waiting.takeAfter(this.#seq);
    if (run.length === 0) return false;
    this.#replica.apply(run);
    for (const envelope of run) this.#applied.push({ kind: 'event', envelope });
    return true;
  }
}
