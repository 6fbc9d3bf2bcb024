import type { Namespace } from '@almenara/events';
import { type Cell, cell, guarded, type Observable, type Report } from '../observable.ts';
import type { Transport, TransportFactory } from '../port.ts';
import type { Cancel, Timers } from '../timers.ts';
import { socketIoTransport } from '../transport.ts';
import { randomUuid } from '../uuid.ts';
import type { Wakeup, Wakeups } from '../wakeups.ts';
import { ConnectionHost } from './connection-host.ts';
import { FailureDetector, IMPATIENCE_MS } from './failure-detector.ts';
import { Leadership } from './leadership.ts';
import {
  allPost,
  type FromLeader,
  isFromLeader,
  isToLeader,
  leaderPost,
  lockName,
  type ToLeader,
  tabLockName,
  tabPost,
} from './messages.ts';
import type { Browser, Post } from './ports.ts';
import { TabChannel } from './tab-channel.ts';

export interface SharedConnectionOptions {
  /** Tabs of one name share. It must tell apart who is signed in. */
  readonly name: string;
  readonly browser: Browser;
  readonly timers: Timers;
  /** The connection itself, for when this tab leads. */
  readonly transport?: TransportFactory;
  readonly uuid?: () => string;
  readonly report?: Report;
}

/**
 * One connection for all tabs of a browser. One tab leads and holds it (`ConnectionHost`); for a client in any of them
 * this is a transport like another: when the leader goes, the client loses its connection and resumes from its cursors
 * over the next leader's. So nothing of what a client promises rests on what is here.
 */
export class SharedConnection {
  readonly #options: SharedConnectionOptions;
  readonly #tab: string;
  readonly #uuid: () => string;
  readonly #report: Report;
  readonly #leads: Cell<boolean>;
  readonly #leadership: Leadership;
  readonly #detector: FailureDetector;
  readonly #channels = new Map<string, TabChannel>();
  readonly #tellers = new Set<(wakeup: Wakeup) => void>();
  readonly #posts = new Map<string, Post>();
  #stops: Cancel[] = [];
  #host: ConnectionHost | null = null;
  /** This tab holds its own lock, by which the leader knows that it lives. */
  #here = false;
  #started = false;

  constructor(options: SharedConnectionOptions) {
    const { timers, browser, name, uuid = randomUuid, report = (error) => console.error(error) } = options;
    this.#options = options;
    this.#uuid = uuid;
    this.#report = report;
    this.#tab = uuid();
    this.#leads = cell(false, report);
    this.#leadership = new Leadership(browser.locks, lockName(name), () => this.#lead());
    this.#detector = new FailureDetector({
      timers,
      concerned: () => !this.#host && browser.page.visible,
      ask: () => this.#send({ tab: this.#tab, kind: 'ping' }),
      takeTheLead: () => this.#leadership.steal(),
    });
  }

  /** Whether this tab holds the connection. */
  get leads(): Observable<boolean> {
    return this.#leads;
  }

  readonly transport: TransportFactory = () =>
    new SharedTransport((namespace) => this.#openChannel(namespace));

  /** The connection is up again: who waits for its next try need not. */
  readonly wakeups: Wakeups = (tell) => {
    this.#tellers.add(tell);
    return () => this.#tellers.delete(tell);
  };

  start(): void {
    if (this.#started) return;
    this.#started = true;
    const { browser, name } = this.#options;
    this.#listen(allPost(name));
    this.#listen(tabPost(name, this.#tab));
    this.#holdTabLock();
    this.#leadership.start();
    this.#stops.push(
      browser.page.listen((change) => {
        if (change === 'freezing') this.#leadership.stop();
        if (change === 'thawed') this.#leadership.start();
        if (change === 'visible' || change === 'thawed') this.#detector.check(IMPATIENCE_MS);
      }),
    );
    this.#detector.start();
  }

  /** Gives up leading, and closes what is open; the client's channels are closed by the client. */
  stop(): void {
    if (!this.#started) return;
    this.#started = false;
    this.#leadership.stop();
    for (const stop of this.#stops) stop();
    for (const post of this.#posts.values()) post.close();
    this.#stops = [];
    this.#posts.clear();
    this.#detector.stop();
    this.#here = false;
  }

  /**
   * A leader that hears of this tab asks for the same lock, and takes the tab for gone when it gets it. Requests for
   * locks and posts overtake each other, so the tab says nothing before it holds the lock.
   */
  #holdTabLock(): void {
    const { browser, name } = this.#options;
    const leaving = new AbortController();
    const held = (): Promise<void> =>
      new Promise((resolve) => {
        if (leaving.signal.aborted) return resolve();
        leaving.signal.addEventListener('abort', () => resolve(), { once: true });
        this.#here = true;
        for (const channel of [...this.#channels.values()]) channel.callAgain();
      });
    browser.locks.request(tabLockName(name, this.#tab), {}, held).catch(this.#report);
    this.#stops.push(() => leaving.abort());
  }

  #listen(name: string): Post {
    const post = this.#post(name);
    post.listen((message) => {
      if (isFromLeader(message)) this.#heard(message);
    });
    return post;
  }

  #post(name: string): Post {
    const post = this.#posts.get(name) ?? this.#options.browser.openPost(name);
    this.#posts.set(name, post);
    return post;
  }

  #forget(name: string): void {
    this.#posts.get(name)?.close();
    this.#posts.delete(name);
  }

  /** Whoever does not lead speaks to no single tab. */
  #forgetOthers(): void {
    const { name } = this.#options;
    const own = [allPost(name), leaderPost(name), tabPost(name, this.#tab)];
    for (const post of [...this.#posts.keys()]) if (!own.includes(post)) this.#forget(post);
  }

  #openChannel(namespace: Namespace): TabChannel {
    const channel = new TabChannel(this.#uuid(), namespace, {
      send: (from, message) => {
        const sent = this.#send({ ...message, tab: this.#tab, channelId: from.id });
        if (sent && message.kind === 'connect') this.#detector.expectAnswer(IMPATIENCE_MS);
      },
      closed: (closed) => this.#channels.delete(closed.id),
    });
    this.#channels.set(channel.id, channel);
    return channel;
  }

  // ── To and from the leader, be it another tab or this one ──

  /** False: not yet. Links call again when this tab is there to be answered. */
  #send(message: ToLeader): boolean {
    if (!this.#started) return false;
    const host = this.#host;
    if (host) queueMicrotask(() => host.receive(message));
    else if (this.#here) this.#post(leaderPost(this.#options.name)).send(message);
    else return false;
    return true;
  }

  #heard(message: FromLeader): void {
    if (!this.#started) return;
    // Sent before this tab took over, or by one that does not know yet that it has lost the lead.
    if (this.#host && message.leader !== this.#tab) return;
    this.#detector.answered();
    switch (message.kind) {
      case 'alive':
        for (const channel of [...this.#channels.values()]) channel.standsWith(message.leader);
        return;
      case 'leads':
        for (const channel of [...this.#channels.values()]) channel.leaderIs(message.leader);
        return this.#wake();
      case 'up':
        return this.#wake();
      case 'packet':
        for (const channel of [...this.#channels.values()])
          if (channel.namespace === message.namespace) channel.heard(message);
        return;
      default:
        this.#channels.get(message.channelId)?.heard(message);
    }
  }

  #wake(): void {
    for (const tell of [...this.#tellers]) guarded(this.#report, () => tell('back'));
  }

  // ── Leading ──

  #lead(): () => void {
    const { name, browser, transport = socketIoTransport() } = this.#options;
    const host = new ConnectionHost({
      tab: this.#tab,
      timers: this.#options.timers,
      transport: () => transport({ url: undefined, extraHeaders: undefined }),
      post: (tab, message) => this.#tell(tab, message),
      all: (message, others) => this.#tellAll(message, others),
      gone: (tab) => this.#forget(tabPost(name, tab)),
      watch: (tab, gone) => watchLock(browser.locks, tabLockName(name, tab), gone),
    });
    const posted = browser.openPost(leaderPost(name));
    posted.listen((message) => {
      if (isToLeader(message)) host.receive(message);
    });
    this.#host = host;
    this.#detector.answered();
    this.#leads.set(true);
    this.#tellAll({ leader: this.#tab, kind: 'leads' }, true);
    return () => {
      if (this.#host === host) this.#host = null;
      posted.close();
      host.close();
      this.#forgetOthers();
      this.#leads.set(false);
    };
  }

  #tell(tab: string, message: FromLeader): void {
    if (tab === this.#tab) queueMicrotask(() => this.#heard(message));
    else if (this.#started) this.#post(tabPost(this.#options.name, tab)).send(message);
  }

  #tellAll(message: FromLeader, others: boolean): void {
    if (this.#started && others) this.#post(allPost(this.#options.name)).send(message);
    queueMicrotask(() => this.#heard(message));
  }
}

/** Tells once when whoever holds the lock lets go of it, or is gone. */
function watchLock(locks: Browser['locks'], name: string, gone: () => void): () => void {
  const watching = new AbortController();
  const held = async (): Promise<void> => {
    if (!watching.signal.aborted) gone();
  };
  locks.request(name, { signal: watching.signal }, held).catch(() => {
    // Not watched any more.
  });
  return () => watching.abort();
}

/** One attempt of one tab to connect; its channels lead over the connection that all tabs share. */
class SharedTransport implements Transport {
  readonly #open: (namespace: Namespace) => TabChannel;
  readonly #channels: TabChannel[] = [];

  constructor(open: (namespace: Namespace) => TabChannel) {
    this.#open = open;
  }

  channel(namespace: Namespace): TabChannel {
    const channel = this.#open(namespace);
    this.#channels.push(channel);
    return channel;
  }

  close(): void {
    for (const channel of this.#channels) channel.close();
  }
}
