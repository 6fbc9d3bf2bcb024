import { type Cursor, type Envelope, type Failure, isTransient, type TopicAnswer } from '@almenara/events';
import { waitMs } from './backoff.ts';
import type { Cancel, Clock } from './clock.ts';
import type { Delivery } from './deliveries.ts';
import { type Cell, cell, type Report } from './observable.ts';
import type { Replica } from './replica.ts';
import { type Progress, Tail } from './tail.ts';
import { sameStatus, type TopicStatus } from './topic-status.ts';
import { isCatchUpAnswer, type Reply, UNREADABLE } from './wire.ts';

/** Events of one topic may overtake each other for this long before the log is asked. */
export const HOLE_WAIT_MS = 250;

/** Refusals that say more of the server's moment than of the request. */
export const mayPass = (error: Failure): boolean => isTransient(error.code) || error.code === 'internal';

/** What a feed can ask of the connection it is on. */
export interface FeedPort {
  readonly clock: Clock;
  readonly random: () => number;
  readonly report: Report;
  /** Sends this feed's `request()` soon; the answer comes to `answered`. */
  subscribe(feed: Feed): void;
  /** `urgent`: whether an answer comes tells whether anybody is there. */
  catchUp(topic: string, cursor: Cursor, urgent: boolean, done: (reply: Reply) => void): void;
  /** Queues for the handlers; they run at `changed`. */
  deliver(deliveries: readonly Delivery[]): void;
  changed(): void;
}

type Phase = 'detached' | 'subscribing' | 'following' | 'refused';

/** One followed topic: decides when to ask for what. Each method that the outside calls ends with one `#publish`. */
export class Feed {
  readonly name: string;
  readonly #replica: Replica;
  readonly #tail: Tail;
  readonly #port: FeedPort;
  readonly #status: Cell<TopicStatus>;
  #phase: Phase = 'detached';
  /** Answers to any ask but the newest come too late. */
  #ask = 0;
  #catchingUp = false;
  /** Catch-ups in a row that failed or brought nothing. */
  #failures = 0;
  #timer: Cancel | null = null;
  /** The fold has failed, and nothing has been folded since. */
  #poisoned = false;
  #refusal: Failure | null = null;

  constructor(name: string, replica: Replica, port: FeedPort) {
    this.name = name;
    this.#replica = replica;
    this.#tail = new Tail(name, replica);
    this.#port = port;
    this.#status = cell<TopicStatus>({ kind: 'loading' }, port.report);
  }

  get status(): Cell<TopicStatus> {
    return this.#status;
  }

  /** Nothing more is to come before the server has news. */
  get settled(): boolean {
    return this.#phase === 'refused' || (this.#phase === 'following' && !this.#tail.behind);
  }

  get subscribing(): boolean {
    return this.#phase === 'subscribing';
  }

  /** Whether that `request()` is still the one to be answered. */
  awaits(ask: number): boolean {
    return this.#phase === 'subscribing' && ask === this.#ask;
  }

  attach(epoch: string): void {
    this.#poisoned = false;
    this.#subscribe(epoch);
    this.#publish();
  }

  detach(): void {
    this.#quiet();
    this.#phase = 'detached';
    this.#publish();
  }

  bar(error: Failure): void {
    this.#refuse(error);
    this.#publish();
  }

  /** The server speaks of another history: what we hold is offered again, and it answers with a reset [R2]. */
  historyIs(epoch: string): void {
    if (!this.#isListening() || epoch === this.#tail.epoch) return;
    this.#subscribe(epoch);
    this.#publish();
  }

  request(): { ask: number; row: { topic: string; cursor?: Cursor } } {
    const { cursor } = this.#tail;
    this.#ask += 1;
    return { ask: this.#ask, row: cursor ? { topic: this.name, cursor } : { topic: this.name } };
  }

  answered(ask: number, answer: TopicAnswer, epoch: string): void {
    if (!this.awaits(ask)) return;
    this.#accept(answer, epoch);
    this.#publish();
  }

  receive(envelopes: readonly Envelope[]): void {
    if (!this.#isListening()) return;
    const progress = this.#try(() => this.#tail.receive(envelopes));
    if (progress) this.#settle(progress.folded);
    this.#publish();
  }

  /** The server's head of this topic, in the history it told of last. */
  heard(head: number): void {
    if (!this.#isListening() || !this.#tail.heard(head)) return;
    this.#settle(false);
    this.#publish();
  }

  /** Asks for news that should not be there, to see whether the connection lives. False if it cannot be asked now. */
  probe(): boolean {
    if (this.#phase !== 'following' || this.#catchingUp) return false;
    this.#catchUp(true);
    return true;
  }

  #isListening(): boolean {
    return this.#phase === 'subscribing' || this.#phase === 'following';
  }

  #quiet(): void {
    this.#stopTimer();
    this.#ask += 1;
    this.#catchingUp = false;
    this.#failures = 0;
  }

  #stopTimer(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #subscribe(epoch: string): void {
    this.#quiet();
    this.#tail.restart(epoch);
    this.#phase = 'subscribing';
    this.#port.subscribe(this);
  }

  #refuse(error: Failure): void {
    this.#quiet();
    this.#tail.restart('');
    this.#phase = 'refused';
    this.#refusal = error;
    // Who may not read it any more shall not go on looking at it. What we could not fold ourselves may stay.
    if (error.code !== 'internal') this.#replica.clear();
  }

  #accept(answer: TopicAnswer, epoch: string): void {
    if (answer.kind === 'refused') return this.#refuse(answer.error);
    const progress = this.#try(() => this.#tail.accept(answer, epoch));
    if (!progress) return;
    this.#phase = 'following';
    // Subscribed again, so that no live event of the history before can be taken for one of this.
    if (progress.moved) return this.#subscribe(epoch);
    const progressed = progress.folded || progress.replaced;
    if (!progressed && this.#tail.behind) this.#failures += 1;
    if (answer.kind === 'delta' && answer.more && progressed) this.#catchUp(false);
    else this.#settle(progressed);
  }

  /**
   * Null if the fold threw. Skipping what cannot be folded would show a state that never was: a fresh snapshot is
   * asked for, but only once.
   */
  #try(fold: () => Progress): Progress | null {
    try {
      const progress = fold();
      if (progress.folded) this.#poisoned = false;
      return progress;
    } catch (error) {
      this.#port.report(error);
    }
    this.#tail.spoil();
    if (this.#poisoned) {
      this.#refuse({ code: 'internal', message: `What happened in ${this.name} could not be understood` });
    } else {
      this.#poisoned = true;
      this.#subscribe(this.#tail.epoch);
    }
    return null;
  }

  #settle(progressed: boolean): void {
    if (progressed) {
      this.#failures = 0;
      this.#stopTimer();
    }
    if (this.#phase !== 'following' || this.#catchingUp) return;
    if (!this.#tail.behind) this.#stopTimer();
    else if (!this.#timer) this.#catchUpIn(this.#failures === 0 ? HOLE_WAIT_MS : this.#backoffMs(undefined));
  }

  #backoffMs(retryAfterMs: number | undefined): number {
    return waitMs(this.#failures, retryAfterMs, this.#port.random());
  }

  #catchUpIn(ms: number): void {
    this.#timer = this.#port.clock.setTimeout(() => this.#catchUp(false), ms);
  }

  #catchUp(urgent: boolean): void {
    const { cursor } = this.#tail;
    if (!cursor) return;
    this.#stopTimer();
    this.#catchingUp = true;
    this.#ask += 1;
    const ask = this.#ask;
    this.#port.catchUp(this.name, cursor, urgent, (reply) => {
      if (ask !== this.#ask) return;
      this.#catchingUp = false;
      this.#caughtUp(reply);
      this.#publish();
    });
  }

  #caughtUp(reply: Reply): void {
    switch (reply.kind) {
      case 'done':
        if (!isCatchUpAnswer(reply.data)) this.#failed(UNREADABLE);
        else if (reply.data.kind === 'refused') this.#failed(reply.data.error);
        else this.#accept(reply.data, reply.data.epoch);
        return;
      case 'failed':
        this.#failed(reply.error);
        return;
      case 'timeout':
        this.#failed(null);
        return;
      case 'lost':
        // The end of the connection is told to the feed by `detach`.
        return;
    }
  }

  #failed(error: Failure | null): void {
    if (error && !mayPass(error)) return this.#refuse(error);
    this.#failures += 1;
    this.#catchUpIn(this.#backoffMs(error?.retryAfterMs));
  }

  #publish(): void {
    const status = this.#describe();
    this.#port.deliver(this.#tail.takeApplied());
    if (!sameStatus(status, this.#status.get())) this.#status.set(status);
    this.#replica.announce();
    this.#port.changed();
  }

  #describe(): TopicStatus {
    if (this.#phase === 'refused' && this.#refusal) return { kind: 'refused', error: this.#refusal };
    const { cursor } = this.#replica;
    if (!cursor) return { kind: 'loading' };
    const { seq } = cursor;
    if (this.#phase === 'following' && !this.#tail.behind) return { kind: 'live', seq };
    if (this.#phase === 'detached') return { kind: 'behind', seq, reason: 'offline' };
    return { kind: 'behind', seq, reason: this.#phase === 'subscribing' ? 'resuming' : 'missing_events' };
  }
}
