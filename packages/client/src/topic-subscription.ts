import type { Cursor, Envelope, Failure, TopicAnswer } from '@almenara/events';
import { CatchUp } from './catch-up.ts';
import type { Delivery } from './dispatcher.ts';
import { mayPass } from './failure.ts';
import { type Cell, cell, type Report } from './observable.ts';
import type { Replica } from './replica.ts';
import { type Progress, Resequencer } from './resequencer.ts';
import type { Timers } from './timers.ts';
import { sameStatus, type TopicStatus } from './topic-status.ts';
import { isCatchUpAnswer, type Reply, UNREADABLE } from './wire.ts';

/** What a subscription can ask of the connection it is on. */
export interface TopicSubscriptionPort {
  readonly timers: Timers;
  readonly random: () => number;
  readonly report: Report;
  readonly mostEventsBehind: number;
  /** Sends this subscription's `request()` soon; the answer comes to `answered`. */
  subscribe(subscription: TopicSubscription): void;
  catchUp(topic: string, cursor: Cursor, urgent: boolean, done: (reply: Reply) => void): void;
  /** Queues for the handlers; they run at `changed`. */
  deliver(deliveries: readonly Delivery[]): void;
  changed(): void;
}

type Phase =
  | { readonly kind: 'detached' }
  /** `ask` is the request that the answer must be to. */
  | { readonly kind: 'subscribing'; readonly ask: number }
  | { readonly kind: 'following' }
  | { readonly kind: 'refused'; readonly error: Failure };

/** One followed topic: decides what to ask for. Each method that the outside calls ends with one `#publish`. */
export class TopicSubscription {
  readonly name: string;
  readonly #news: boolean;
  readonly #replica: Replica;
  readonly #resequencer: Resequencer;
  readonly #catchUp: CatchUp;
  readonly #port: TopicSubscriptionPort;
  readonly #status: Cell<TopicStatus>;
  #phase: Phase = { kind: 'detached' };
  #requests = 0;
  /** The fold has failed, and nothing has been folded since. */
  #poisoned = false;

  /** @param news - only what happens from now on is wanted, and no state */
  constructor(name: string, replica: Replica, port: TopicSubscriptionPort, news = false) {
    this.name = name;
    this.#news = news;
    this.#replica = replica;
    this.#resequencer = new Resequencer(name, replica, news);
    this.#port = port;
    this.#status = cell<TopicStatus>(this.#describe(), port.report);
    this.#catchUp = new CatchUp({
      timers: port.timers,
      random: port.random,
      ask: (urgent, done) => {
        const { cursor } = this.#resequencer;
        if (cursor) port.catchUp(name, cursor, urgent, done);
      },
      answered: (reply) => {
        this.#caughtUp(reply);
        this.#publish();
      },
    });
  }

  get status(): Cell<TopicStatus> {
    return this.#status;
  }

  /** Nothing more is to come before the server has news. */
  get settled(): boolean {
    return this.#phase.kind === 'refused' || (this.#phase.kind === 'following' && !this.#resequencer.behind);
  }

  get subscribing(): boolean {
    return this.#phase.kind === 'subscribing';
  }

  /** Whether that `request()` is still the one to be answered. */
  awaits(ask: number): boolean {
    return this.#phase.kind === 'subscribing' && this.#phase.ask === ask;
  }

  attach(epoch: string): void {
    this.#poisoned = false;
    this.#subscribe(epoch);
    this.#publish();
  }

  /** What was kept of it has been read. */
  loaded(): void {
    this.#publish();
  }

  detach(): void {
    this.#catchUp.stop();
    this.#resequencer.restart('');
    this.#phase = { kind: 'detached' };
    this.#publish();
  }

  bar(error: Failure): void {
    this.#refuse(error);
    this.#publish();
  }

  /** The server speaks of another history: what we hold is offered again, and it answers with a reset [R2]. */
  historyIs(epoch: string): void {
    if (!this.#isListening() || epoch === this.#resequencer.epoch) return;
    this.#subscribe(epoch);
    this.#publish();
  }

  request(): { ask: number; row: { topic: string; cursor?: Cursor; news?: true } } {
    const { cursor } = this.#resequencer;
    this.#requests += 1;
    this.#phase = { kind: 'subscribing', ask: this.#requests };
    const row = { topic: this.name, ...(cursor && { cursor }), ...(this.#news && { news: true as const }) };
    return { ask: this.#requests, row };
  }

  answered(ask: number, answer: TopicAnswer, epoch: string): void {
    if (!this.awaits(ask)) return;
    this.#accept(answer, epoch);
    this.#publish();
  }

  receive(envelopes: readonly Envelope[]): void {
    if (!this.#isListening()) return;
    const progress = this.#try(() => this.#resequencer.receive(envelopes));
    if (progress) this.#settle(progress.folded);
    this.#publish();
  }

  /** The server's head of this topic, in the history it told of last. */
  heard(head: number): void {
    if (!this.#isListening() || !this.#resequencer.heard(head)) return;
    this.#settle(false);
    this.#publish();
  }

  /** Asks for news that should not be there, to see whether the connection lives. False if it cannot be asked now. */
  probe(): boolean {
    if (this.#phase.kind !== 'following' || this.#catchUp.asking) return false;
    this.#catchUp.now(true);
    return true;
  }

  #isListening(): boolean {
    return this.#phase.kind === 'subscribing' || this.#phase.kind === 'following';
  }

  #subscribe(epoch: string): void {
    this.#catchUp.stop();
    this.#resequencer.restart(epoch);
    this.#phase = { kind: 'subscribing', ask: 0 };
    this.#port.subscribe(this);
  }

  #refuse(error: Failure): void {
    this.#catchUp.stop();
    this.#resequencer.restart('');
    this.#phase = { kind: 'refused', error };
    // Who may not read it any more shall not go on looking at it. What we could not fold ourselves may stay.
    if (error.code !== 'internal') this.#replica.clear();
  }

  #accept(answer: TopicAnswer, epoch: string): void {
    if (answer.kind === 'refused') return this.#refuse(answer.error);
    const from = this.#resequencer.cursor;
    if (answer.kind === 'delta' && from && answer.head - from.seq > this.#port.mostEventsBehind) {
      this.#resequencer.spoil();
      return this.#subscribe(epoch);
    }
    const progress = this.#try(() => this.#resequencer.accept(answer, epoch));
    if (!progress) return;
    this.#phase = { kind: 'following' };
    // Subscribed again, so that no live event of the history before can be taken for one of this.
    if (progress.moved) return this.#subscribe(epoch);
    const progressed = progress.folded || progress.replaced;
    if (!progressed && this.#resequencer.behind) this.#catchUp.fruitless();
    if (progressed && answer.kind === 'delta' && answer.more) this.#catchUp.now(false);
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
    this.#resequencer.spoil();
    if (this.#poisoned) {
      this.#refuse({ code: 'internal', message: `What happened in ${this.name} could not be understood` });
    } else {
      this.#poisoned = true;
      this.#subscribe(this.#resequencer.epoch);
    }
    return null;
  }

  #settle(progressed: boolean): void {
    if (progressed) this.#catchUp.progressed();
    if (this.#phase.kind !== 'following') return;
    if (this.#resequencer.behind) this.#catchUp.soon();
    else this.#catchUp.notNeeded();
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
        this.#catchUp.failed(undefined);
        return;
      case 'lost':
        // The end of the connection is told to the subscription by `detach`.
        return;
    }
  }

  #failed(error: Failure): void {
    if (mayPass(error)) this.#catchUp.failed(error.retryAfterMs);
    else this.#refuse(error);
  }

  #publish(): void {
    const status = this.#describe();
    this.#port.deliver(this.#resequencer.takeApplied());
    if (!sameStatus(status, this.#status.get())) this.#status.set(status);
    this.#replica.announce();
    this.#port.changed();
  }

  #describe(): TopicStatus {
    const phase = this.#phase;
    if (phase.kind === 'refused') return { kind: 'refused', error: phase.error };
    const { cursor } = this.#replica;
    if (!cursor) return { kind: 'loading' };
    const { seq } = cursor;
    if (phase.kind === 'detached') return { kind: 'behind', seq, reason: 'offline' };
    if (phase.kind === 'subscribing') return { kind: 'behind', seq, reason: 'resuming' };
    return this.#resequencer.behind
      ? { kind: 'behind', seq, reason: 'missing_events' }
      : { kind: 'live', seq };
  }
}
