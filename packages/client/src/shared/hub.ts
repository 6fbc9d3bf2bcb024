import { type Namespace, topicKeys, topics } from '@almenara/events';
import type { Clock } from '../clock.ts';
import { PRIMARY } from '../connector.ts';
import type { ChannelEvent, HandshakeAuth, Transport } from '../port.ts';
import { HubLane } from './hub-lane.ts';
import type { FromHub, Said, ToHub } from './messages.ts';

export interface HubDeps {
  /** The tab that leads. */
  readonly tab: string;
  readonly clock: Clock;
  /** Makes the one connection; called again after it has been lost. */
  readonly transport: () => Transport;
  post(tab: string, message: FromHub): void;
  /** To every tab; `others`: some beside the leading one are there to hear it. */
  all(message: FromHub, others: boolean): void;
  /** That tab is no more. */
  gone(tab: string): void;
  /** Calls `gone` once when that tab is no more, until the returned function is called. */
  watch(tab: string, gone: () => void): () => void;
}

/** A request without an answer for this long when its tab gives up: then the connection is dead, whatever it says. */
const DOUBTFUL_MS = 4000;

const namespaces: ReadonlySet<Namespace> = new Set(topicKeys.map((key) => topics[key].namespace));

/**
 * The leader's side: one connection for all tabs. Each tab keeps its own cursors, folds and commands, and this passes
 * on what they ask and what they are told; so when the leader goes, a tab misses no more than on any lost connection.
 */
export class Hub {
  readonly #deps: HubDeps;
  readonly #lanes = new Map<Namespace, HubLane>();
  readonly #tabs = new Map<string, () => void>();
  #transport: Transport | null = null;
  #closed = false;

  constructor(deps: HubDeps) {
    this.#deps = deps;
  }

  receive(message: ToHub): void {
    if (this.#closed) return;
    this.#know(message.tab);
    switch (message.kind) {
      case 'ping':
        return this.#alive(message.tab);
      case 'connect':
        this.#alive(message.tab);
        return this.#connect(message);
      case 'close':
        return this.#leave(message.link);
      case 'ask':
      case 'tell': {
        const { tab, link, name, payload } = message;
        const lane = this.#laneOf(link);
        // Of a connection that another tab led, or that is lost.
        if (!lane) return this.#tell(tab, { kind: 'closed', link, byServer: false });
        if (message.kind === 'ask') lane.ask(link, message.id, name, payload);
        else lane.tellServer(name, payload);
      }
    }
  }

  /** Another tab leads, or will. */
  close(): void {
    this.#drop();
    this.#closed = true;
    for (const stop of this.#tabs.values()) stop();
  }

  #know(tab: string): void {
    if (this.#tabs.has(tab) || tab === this.#deps.tab) return;
    const gone = (): void => {
      this.#tabs.delete(tab);
      this.#deps.gone(tab);
      for (const lane of [...this.#lanes.values()]) for (const link of lane.linksOf(tab)) this.#leave(link);
    };
    this.#tabs.set(tab, this.#deps.watch(tab, gone));
  }

  #connect({ tab, link, attempt, namespace, auth }: Extract<ToHub, { kind: 'connect' }>): void {
    if (!namespaces.has(namespace)) return;
    const lane = this.#lanes.get(namespace) ?? this.#dial(namespace, auth);
    lane.join(link, tab, attempt);
  }

  #dial(namespace: Namespace, auth: HandshakeAuth): HubLane {
    this.#transport ??= this.#deps.transport();
    const channel = this.#transport.channel(namespace);
    const lane = new HubLane(namespace, channel, {
      clock: this.#deps.clock,
      tell: (to, message) => this.#tell(to, message),
      all: (message) => this.#tellAll(message),
    });
    this.#lanes.set(namespace, lane);
    channel.on((event) => {
      if (this.#lanes.get(namespace) === lane) this.#heard(namespace, lane, event);
    });
    channel.connect(auth);
    return lane;
  }

  #heard(namespace: Namespace, lane: HubLane, event: ChannelEvent): void {
    if (event.kind === 'open' || event.kind === 'message') {
      lane.heard(event);
      if (event.kind === 'open' && namespace === PRIMARY) this.#tellAll({ kind: 'up' });
      return;
    }
    this.#lanes.delete(namespace);
    lane.end(event);
    if (namespace === PRIMARY) this.#drop();
  }

  /** Where the primary goes the others follow, and the next attempt is on a new connection. */
  #drop(): void {
    const transport = this.#transport;
    this.#transport = null;
    for (const [namespace, lane] of [...this.#lanes]) {
      this.#lanes.delete(namespace);
      lane.end({ kind: 'closed', byServer: false });
    }
    transport?.close();
  }

  #leave(link: string): void {
    const lane = this.#laneOf(link);
    if (!lane) return;
    if (lane.oldestAskMs(link) > DOUBTFUL_MS) return this.#drop();
    lane.leave(link);
    if (!lane.empty) return;
    if (this.#lanes.get(PRIMARY) === lane) return this.#drop();
    for (const [namespace, other] of this.#lanes) if (other === lane) this.#lanes.delete(namespace);
    lane.close();
  }

  #laneOf(link: string): HubLane | undefined {
    for (const lane of this.#lanes.values()) if (lane.has(link)) return lane;
    return undefined;
  }

  #alive(tab: string): void {
    this.#tell(tab, { kind: 'alive' });
  }

  #tell(tab: string, message: Said): void {
    this.#deps.post(tab, { ...message, leader: this.#deps.tab });
  }

  #tellAll(message: Said): void {
    this.#deps.all({ ...message, leader: this.#deps.tab }, this.#tabs.size > 0);
  }
}
