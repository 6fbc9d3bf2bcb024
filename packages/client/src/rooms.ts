import { type Failure, LIMITS, type TopicAnswer } from '@almenara/events';
import { waitMs } from './backoff.ts';
import { mayPass } from './failure.ts';
import type { NamespaceSocket } from './namespace-socket.ts';
import type { Cancel, Timers } from './timers.ts';
import type { TopicSubscription } from './topic-subscription.ts';
import { isSubscribeAnswer, type Reply, UNREADABLE } from './wire.ts';

/** A request about topics that is not answered after this is asked again. */
export const ASK_TIMEOUT_MS = 10_000;

export interface RoomsDeps {
  readonly timers: Timers;
  readonly random: () => number;
  isFollowed(name: string): boolean;
}

interface Asked {
  readonly subscription: TopicSubscription;
  readonly ask: number;
}

/**
 * Brings the server's rooms of one connection to what is followed, in batches. There is only ever one request on its
 * way about one topic: a subscribe and an unsubscribe that overtake each other would leave the wrong one standing.
 */
export class Rooms {
  readonly #deps: RoomsDeps;
  readonly #wanting = new Set<TopicSubscription>();
  readonly #leaving = new Set<string>();
  readonly #busy = new Set<string>();
  /** Rooms that the server may have us in. */
  readonly #joined = new Set<string>();
  /** Requests that wait before they are made again. */
  readonly #retries = new Set<Cancel>();
  #socket: NamespaceSocket | null = null;
  #failures = 0;
  #flushing = false;

  constructor(deps: RoomsDeps) {
    this.#deps = deps;
  }

  attach(socket: NamespaceSocket): void {
    this.#socket = socket;
  }

  /** The connection is gone, and the rooms with it. */
  detach(): void {
    this.#socket = null;
    this.#failures = 0;
    for (const cancel of this.#retries) cancel();
    for (const set of [this.#retries, this.#wanting, this.#leaving, this.#busy, this.#joined]) set.clear();
  }

  join(subscription: TopicSubscription): void {
    this.#leaving.delete(subscription.name);
    this.#wanting.add(subscription);
    this.#flushSoon();
  }

  leave(subscription: TopicSubscription): void {
    this.#wanting.delete(subscription);
    this.#leaving.add(subscription.name);
    this.#flushSoon();
  }

  /** Topics that are followed in one go, as when a page opens, go out in one packet. */
  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      if (this.#socket) this.#flush(this.#socket);
    });
  }

  #flush(socket: NamespaceSocket): void {
    const joining = [...this.#wanting].filter(({ name }) => !this.#busy.has(name));
    const leaving = [...this.#leaving].filter((name) => !this.#busy.has(name));
    for (const subscription of joining) this.#wanting.delete(subscription);
    for (const name of leaving) this.#leaving.delete(name);
    for (const subscriptions of chunks(joining.filter((subscription) => subscription.subscribing)))
      this.#subscribe(socket, subscriptions);
    for (const names of chunks(leaving.filter((name) => this.#joined.has(name))))
      this.#unsubscribe(socket, names);
  }

  #subscribe(socket: NamespaceSocket, subscriptions: readonly TopicSubscription[]): void {
    const asked: Asked[] = [];
    const topics = subscriptions.map((subscription) => {
      const { ask, row } = subscription.request();
      asked.push({ subscription, ask });
      this.#busy.add(subscription.name);
      this.#joined.add(subscription.name);
      return row;
    });
    socket.ask('subscribe', { topics }, ASK_TIMEOUT_MS, (reply) => {
      if (socket !== this.#socket) return;
      for (const { subscription } of asked) this.#busy.delete(subscription.name);
      this.#subscribed(asked, reply);
      this.#flushSoon();
    });
  }

  #subscribed(asked: readonly Asked[], reply: Reply): void {
    if (reply.kind === 'lost') return;
    if (reply.kind === 'done' && isSubscribeAnswer(reply.data)) {
      this.#failures = 0;
      const { epoch, topics } = reply.data;
      this.#answered(asked, new Map(topics.map((answer) => [answer.topic, answer])), epoch);
      return;
    }
    const error = reply.kind === 'failed' ? reply.error : reply.kind === 'done' ? UNREADABLE : null;
    if (!error || mayPass(error)) this.#again(asked, error);
    else for (const { subscription, ask } of asked) this.#refused(subscription, ask, error);
  }

  #answered(asked: readonly Asked[], answers: ReadonlyMap<string, TopicAnswer>, epoch: string): void {
    const again: Asked[] = [];
    let obstacle: Failure | null = null;
    for (const one of asked) {
      const answer = answers.get(one.subscription.name);
      if (answer && answer.kind !== 'refused') {
        one.subscription.answered(one.ask, answer, epoch);
      } else if (answer && !mayPass(answer.error)) {
        this.#refused(one.subscription, one.ask, answer.error);
      } else {
        again.push(one);
        if ((answer?.error.retryAfterMs ?? 0) >= (obstacle?.retryAfterMs ?? 0))
          obstacle = answer?.error ?? obstacle;
      }
    }
    if (again.length > 0) this.#again(again, obstacle);
  }

  #refused(subscription: TopicSubscription, ask: number, error: Failure): void {
    this.#joined.delete(subscription.name);
    subscription.answered(ask, { topic: subscription.name, kind: 'refused', error }, '');
  }

  #again(asked: readonly Asked[], error: Failure | null): void {
    this.#failures += 1;
    this.#after(waitMs(this.#failures, error?.retryAfterMs, this.#deps.random()), () => {
      for (const { subscription, ask } of asked) if (subscription.awaits(ask)) this.join(subscription);
    });
  }

  #unsubscribe(socket: NamespaceSocket, names: readonly string[]): void {
    for (const name of names) this.#busy.add(name);
    socket.ask('unsubscribe', { topics: [...names] }, ASK_TIMEOUT_MS, (reply) => {
      if (socket !== this.#socket || reply.kind === 'lost') return;
      for (const name of names) this.#busy.delete(name);
      if (reply.kind === 'done') for (const name of names) this.#joined.delete(name);
      else this.#leaveLater(names, reply.kind === 'failed' ? reply.error : null);
      this.#flushSoon();
    });
  }

  /** Nobody waits for it; but a room that stays costs the server and the network. */
  #leaveLater(names: readonly string[], error: Failure | null): void {
    if (error && !mayPass(error)) return;
    this.#failures += 1;
    this.#after(waitMs(this.#failures, error?.retryAfterMs, this.#deps.random()), () => {
      for (const name of names) if (!this.#deps.isFollowed(name)) this.#leaving.add(name);
      this.#flushSoon();
    });
  }

  #after(ms: number, run: () => void): void {
    const cancel = this.#deps.timers.setTimeout(() => {
      this.#retries.delete(cancel);
      run();
    }, ms);
    this.#retries.add(cancel);
  }
}

function chunks<T>(all: readonly T[]): T[][] {
  const size = LIMITS.topicsPerSubscribe;
  return Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
}
