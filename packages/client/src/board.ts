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
import type { Delivery } from './deliveries.ts';
import { Feed, type FeedPort } from './feed.ts';
import type { Lane } from './lane.ts';
import { guarded, type Report } from './observable.ts';
import { NO_STATE, Replica } from './replica.ts';
import { ASK_TIMEOUT_MS, Rooms } from './rooms.ts';
import type { Timers } from './timers.ts';

/** A check of the connection that is not answered after this means that nobody is there. */
const CHECK_TIMEOUT_MS = 5000;

export interface BoardDeps {
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

export interface Followed {
  readonly name: TopicName;
  readonly feed: Feed;
  readonly replica: Replica;
  /** How many handles share it. */
  handles: number;
  /** Nobody looks at its state: it is there for who listens, and gives way to who follows. */
  readonly news: boolean;
  /** What is kept of it is on its way; until it is here the server is not asked. */
  reading: boolean;
}

/** The followed topics of one namespace: shares them, and brings what arrives to the right one. */
export class Board {
  readonly #deps: BoardDeps;
  readonly #topics = new Map<string, Followed>();
  /** How many listen to a topic, followed or not. */
  readonly #listening = new Map<TopicName, number>();
  readonly #rooms: Rooms;
  readonly #port: FeedPort;
  #lane: Lane | null = null;
  /** The server's, as it told last on this connection. */
  /** What was heard of topics by listening, before they were followed from an earlier or a later moment. */
  readonly #heard = new Map<string, Cursor>();
  #epoch = '';
  #barred: Failure | null = null;

  constructor(deps: BoardDeps) {
    this.#deps = deps;
    const { timers, random, report, mostEventsBehind } = deps;
    this.#rooms = new Rooms({ timers, random, isFollowed: (name) => this.#topics.has(name) });
    this.#port = {
      timers,
      random,
      report,
      mostEventsBehind,
      subscribe: (feed) => this.#rooms.join(feed),
      catchUp: (topic, cursor, urgent, done) => {
        const lane = this.#lane;
        lane?.ask('catch_up', { topic, cursor }, urgent ? CHECK_TIMEOUT_MS : ASK_TIMEOUT_MS, (reply) => {
          if (urgent && reply.kind === 'timeout') lane.fail('silent');
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
    for (const { feed } of this.#topics.values()) if (!feed.settled) return false;
    return true;
  }

  follow(key: TopicKey, name: TopicName): Followed {
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
  unfollow(followed: Followed): void {
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

  #drop(followed: Followed): void {
    const { feed, name } = followed;
    this.#topics.delete(name);
    this.#heard.delete(name);
    feed.detach();
    this.#rooms.leave(feed);
    this.#deps.followingChanged();
  }

  attach(lane: Lane, epoch: string): void {
    this.#lane = lane;
    this.#epoch = epoch;
    this.#barred = null;
    this.#rooms.attach(lane);
    for (const { feed, reading } of [...this.#topics.values()]) if (!reading) feed.attach(epoch);
  }

  detach(): void {
    this.#lane = null;
    this.#barred = null;
    this.#rooms.detach();
    for (const { feed } of [...this.#topics.values()]) feed.detach();
  }

  /** The namespace is closed to us until the next connect. */
  bar(error: Failure): void {
    this.#barred = error;
    for (const { feed } of [...this.#topics.values()]) feed.bar(error);
  }

  /** Envelopes of one packet are of one topic; should they not be, each run of one is taken by itself. */
  receive(envelopes: readonly Envelope[]): void {
    let start = 0;
    for (let i = 1; i <= envelopes.length; i += 1) {
      const topic = envelopes[start]?.topic;
      if (topic === undefined || topic === envelopes[i]?.topic) continue;
      this.#topics.get(topic)?.feed.receive(envelopes.slice(start, i));
      start = i;
    }
  }

  heard({ epoch, heads }: Heads): void {
    if (!this.#lane) return;
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#deps.historyChanged();
      for (const { feed } of [...this.#topics.values()]) feed.historyIs(epoch);
      // An answer may have told every feed before.
      this.#deps.changed();
    }
    this.standAt(heads);
  }

  /** Where topics stand, as somebody on this connection has told. */
  standAt(heads: Readonly<Record<string, number>>): void {
    for (const [topic, seq] of Object.entries(heads)) this.#topics.get(topic)?.feed.heard(seq);
  }

  /** Finds out whether the connection is alive, where there is something to ask for. */
  check(): void {
    for (const { feed } of this.#topics.values()) if (feed.probe()) return;
  }

  #add(key: TopicKey, name: TopicName): Followed {
    const replica = new Replica(foldOf(key), this.#deps.report);
    const kept = this.#deps.kept(name);
    const reading = kept instanceof Promise;
    if (!reading) this.#load(replica, kept);
    const feed = new Feed(name, replica, this.#port);
    const followed: Followed = { name, feed, replica, handles: 0, news: false, reading };
    this.#topics.set(name, followed);
    if (!reading) this.#start(followed);
    else if (this.#barred) followed.feed.bar(this.#barred);
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
    const feed = new Feed(name, replica, this.#port, true);
    const followed: Followed = { name, feed, replica, handles: 0, news: true, reading: false };
    this.#topics.set(name, followed);
    this.#begin(followed);
    this.#deps.followingChanged();
  }

  #begin({ feed }: Followed): void {
    if (this.#barred) feed.bar(this.#barred);
    else if (this.#lane) feed.attach(this.#epoch);
  }

  #found(followed: Followed, kept: Kept): void {
    followed.reading = false;
    const { feed, replica } = followed;
    if (this.#topics.get(feed.name) !== followed) return;
    // Who may not read it does not look at what was kept of it either.
    if (!this.#barred) {
      this.#load(replica, kept);
      feed.loaded();
    }
    this.#start(followed);
  }

  #start(followed: Followed): void {
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
