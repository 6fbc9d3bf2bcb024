import {
  type Cursor,
  type Envelope,
  type Failure,
  foldOf,
  type Heads,
  type TopicKey,
  type TopicName,
} from '@almenara/events';
import type { Kept } from './api.ts';
import type { Delivery } from './dispatcher.ts';
import type { NamespaceSocket } from './namespace-socket.ts';
import { guarded, type Report } from './observable.ts';
import { NO_STATE, Replica } from './replica.ts';
import { ASK_TIMEOUT_MS, Rooms } from './rooms.ts';
import type { Timers } from './timers.ts';
import { TopicSubscription, type TopicSubscriptionPort } from './topic-subscription.ts';

/** A check of the connection that is not answered after this means that nobody is there. */
const CHECK_TIMEOUT_MS = 5000;

export interface TopicRegistryDeps {
  readonly timers: Timers;
  readonly random: () => number;
  readonly report: Report;
  readonly mostEventsBehind: number;
  kept(topic: TopicName): Kept | Promise<Kept>;
  /** Queues for the handlers; they run at `changed`. */
  deliver(deliveries: readonly Delivery[]): void;
  /** Something about a topic has changed, and its listeners have been told. */
  changed(): void;
  /** The server has begun another history. */
  historyChanged(): void;
  /** A topic is followed that was not, or the other way round. */
  followingChanged(): void;
}

export interface FollowedTopic {
  readonly name: TopicName;
  readonly subscription: TopicSubscription;
  readonly replica: Replica;
  /** How many handles share it. */
  handles: number;
  /** Nobody looks at its state: it is there for who listens, and gives way to who follows. */
  readonly news: boolean;
  /** What is kept of it is on its way; until it is here the server is not asked. */
  reading: boolean;
}

/** The followed topics of one namespace: shares them, and brings what arrives to the right one. */
export class TopicRegistry {
  readonly #deps: TopicRegistryDeps;
  readonly #topics = new Map<string, FollowedTopic>();
  /** How many listen to a topic, followed or not. */
  readonly #listening = new Map<TopicName, number>();
  readonly #rooms: Rooms;
  readonly #port: TopicSubscriptionPort;
  #socket: NamespaceSocket | null = null;
  /** What was heard of topics by listening, before they were followed from an earlier or a later moment. */
  readonly #heard = new Map<string, Cursor>();
  /** The server's, as it told last on this connection. */
  #epoch = '';
  #barred: Failure | null = null;

  constructor(deps: TopicRegistryDeps) {
    this.#deps = deps;
    const { timers, random, report, mostEventsBehind } = deps;
    this.#rooms = new Rooms({ timers, random, isFollowed: (name) => this.#topics.has(name) });
    this.#port = {
      timers,
      random,
      report,
      mostEventsBehind,
      subscribe: (subscription) => this.#rooms.join(subscription),
      catchUp: (topic, cursor, urgent, done) => {
        const socket = this.#socket;
        socket?.ask('catch_up', { topic, cursor }, urgent ? CHECK_TIMEOUT_MS : ASK_TIMEOUT_MS, (reply) => {
          if (urgent && reply.kind === 'timeout') socket.fail('silent');
          else done(reply);
        });
      },
      deliver: (deliveries) => deps.deliver(deliveries.filter((one) => this.#isNew(one))),
      changed: () => deps.changed(),
    };
  }

  get inUse(): boolean {
    return this.#topics.size > 0;
  }

  get settled(): boolean {
    for (const { subscription } of this.#topics.values()) if (!subscription.settled) return false;
    return true;
  }

  follow(key: TopicKey, name: TopicName): FollowedTopic {
    const there = this.#topics.get(name);
    if (there?.news) {
      this.#drop(there);
      if (there.replica.cursor) this.#heard.set(name, there.replica.cursor);
    }
    const followed = there && !there.news ? there : this.#add(key, name);
    followed.handles += 1;
    return followed;
  }

  /** Until the returned function is called. */
  listen(name: TopicName): () => void {
    this.#listening.set(name, (this.#listening.get(name) ?? 0) + 1);
    if (!this.#topics.has(name)) this.#addNews(name, null);
    let listens = true;
    return () => {
      if (!listens) return;
      listens = false;
      const others = (this.#listening.get(name) ?? 0) - 1;
      if (others > 0) this.#listening.set(name, others);
      else this.#listening.delete(name);
      // As in `unfollow`.
      queueMicrotask(() => {
        const there = this.#topics.get(name);
        if (there?.news && !this.#listening.has(name)) this.#drop(there);
      });
    };
  }

  /** What is followed again in the same turn, as by a component that is mounted anew, keeps its state. */
  unfollow(followed: FollowedTopic): void {
    followed.handles -= 1;
    if (followed.handles > 0) return;
    queueMicrotask(() => {
      const { name, replica } = followed;
      if (followed.handles > 0 || this.#topics.get(name) !== followed) return;
      const { cursor } = replica;
      this.#drop(followed);
      if (this.#listening.has(name)) this.#addNews(name, cursor);
    });
  }

  /** Each event is told once, whether it was heard by listening or is read again by following. */
  #isNew(delivery: Delivery): boolean {
    const topic = delivery.kind === 'event' ? delivery.envelope.topic : delivery.info.topic;
    const heard = this.#heard.get(topic);
    if (heard && delivery.kind === 'event' && delivery.envelope.seq <= heard.seq) return false;
    this.#heard.delete(topic);
    return true;
  }

  #drop(followed: FollowedTopic): void {
    const { subscription, name } = followed;
    this.#topics.delete(name);
    this.#heard.delete(name);
    subscription.detach();
    this.#rooms.leave(subscription);
    this.#deps.followingChanged();
  }

  attach(socket: NamespaceSocket, epoch: string): void {
    this.#socket = socket;
    this.#epoch = epoch;
    this.#barred = null;
    this.#rooms.attach(socket);
    for (const { subscription, reading } of [...this.#topics.values()])
      if (!reading) subscription.attach(epoch);
  }

  detach(): void {
    this.#socket = null;
    this.#barred = null;
    this.#rooms.detach();
    for (const { subscription } of [...this.#topics.values()]) subscription.detach();
  }

  /** The namespace is closed to us until the next connect. */
  bar(error: Failure): void {
    this.#barred = error;
    for (const { subscription } of [...this.#topics.values()]) subscription.bar(error);
  }

  /** Envelopes of one packet are of one topic; should they not be, each run of one is taken by itself. */
  receive(envelopes: readonly Envelope[]): void {
    let start = 0;
    for (let i = 1; i <= envelopes.length; i += 1) {
      const topic = envelopes[start]?.topic;
      if (topic === undefined || topic === envelopes[i]?.topic) continue;
      this.#topics.get(topic)?.subscription.receive(envelopes.slice(start, i));
      start = i;
    }
  }

  heard({ epoch, heads }: Heads): void {
    if (!this.#socket) return;
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#deps.historyChanged();
      for (const { subscription } of [...this.#topics.values()]) subscription.historyIs(epoch);
      // An answer may have told every subscription before.
      this.#deps.changed();
    }
    this.standAt(heads);
  }

  /** Where topics stand, as somebody on this connection has told. */
  standAt(heads: Readonly<Record<string, number>>): void {
    for (const [topic, seq] of Object.entries(heads)) this.#topics.get(topic)?.subscription.heard(seq);
  }

  /** Finds out whether the connection is alive, where there is something to ask for. */
  check(): void {
    for (const { subscription } of this.#topics.values()) if (subscription.probe()) return;
  }

  #add(key: TopicKey, name: TopicName): FollowedTopic {
    const replica = new Replica(foldOf(key), this.#deps.report);
    const kept = this.#deps.kept(name);
    const reading = kept instanceof Promise;
    if (!reading) this.#load(replica, kept);
    const subscription = new TopicSubscription(name, replica, this.#port);
    const followed: FollowedTopic = { name, subscription, replica, handles: 0, news: false, reading };
    this.#topics.set(name, followed);
    if (!reading) this.#start(followed);
    else if (this.#barred) followed.subscription.bar(this.#barred);
    this.#deps.followingChanged();
    if (reading)
      kept.then(
        (found) => this.#found(followed, found),
        (error: unknown) => {
          this.#deps.report(error);
          this.#found(followed, null);
        },
      );
    return followed;
  }

  /** @param cursor - what has been heard of already; null to begin at the head */
  #addNews(name: TopicName, cursor: Cursor | null): void {
    const replica = new Replica(NO_STATE, this.#deps.report);
    if (cursor) replica.reset(null, cursor);
    const subscription = new TopicSubscription(name, replica, this.#port, true);
    const followed: FollowedTopic = { name, subscription, replica, handles: 0, news: true, reading: false };
    this.#topics.set(name, followed);
    this.#begin(followed);
    this.#deps.followingChanged();
  }

  #begin({ subscription }: FollowedTopic): void {
    if (this.#barred) subscription.bar(this.#barred);
    else if (this.#socket) subscription.attach(this.#epoch);
  }

  #found(followed: FollowedTopic, kept: Kept): void {
    followed.reading = false;
    const { subscription, replica } = followed;
    if (this.#topics.get(subscription.name) !== followed) return;
    // Who may not read it does not look at what was kept of it either.
    if (!this.#barred) {
      this.#load(replica, kept);
      subscription.loaded();
    }
    this.#start(followed);
  }

  #start(followed: FollowedTopic): void {
    this.#tellPassedOver(followed.name, followed.replica);
    this.#begin(followed);
  }

  #load(replica: Replica, kept: Kept): void {
    // What cannot be loaded is of another build; the server has it anyway.
    if (kept) guarded(this.#deps.report, () => replica.reset(kept.view, kept.cursor));
  }

  /** What another tab has kept may be of a later moment than what was heard here: that events were passed over is told. */
  #tellPassedOver(name: TopicName, { cursor }: Replica): void {
    const heard = this.#heard.get(name);
    if (!heard || !cursor) return;
    if (heard.epoch !== cursor.epoch) this.#heard.delete(name);
    if (heard.epoch === cursor.epoch && heard.seq >= cursor.seq) return;
    this.#port.deliver([{ kind: 'reset', info: { topic: name, reason: 'kept', seq: cursor.seq } }]);
  }
}
