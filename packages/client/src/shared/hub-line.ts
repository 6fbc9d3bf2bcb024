import type { Namespace } from '@almenara/events';
import { CONNECT_TIMEOUT_MS } from '../connection.ts';
import { PRIMARY } from '../connector.ts';
import type { ChannelEvent, HandshakeAuth, Transport } from '../port.ts';
import type { Cancel, Timers } from '../timers.ts';
import { HubLane } from './hub-lane.ts';
import type { Said } from './messages.ts';

export interface HubLineDeps {
  readonly timers: Timers;
  tell(tab: string, message: Said): void;
  all(message: Said): void;
  /** The server is about to end it: whoever connects now needs another one. */
  ending(): void;
  /** It is closed. */
  over(): void;
}

interface Joining {
  readonly tab: string;
  readonly link: string;
  readonly attempt: number;
  readonly namespace: Namespace;
  readonly auth: HandshakeAuth;
}

/** One connection to the server, with a lane for each namespace. Where the primary goes, the others follow. */
export class HubLine {
  readonly #id: string;
  readonly #transport: Transport;
  readonly #deps: HubLineDeps;
  readonly #lanes = new Map<Namespace, HubLane>();
  /** A dial that hangs would otherwise hang for ever: each tab gives up only its own part of it. */
  #deadline: Cancel | null = null;

  constructor(id: string, transport: Transport, deps: HubLineDeps) {
    this.#id = id;
    this.#transport = transport;
    this.#deps = deps;
  }

  linksOf(tab: string): string[] {
    return [...this.#lanes.values()].flatMap((lane) => lane.linksOf(tab));
  }

  laneOf(link: string): HubLane | undefined {
    for (const lane of this.#lanes.values()) if (lane.has(link)) return lane;
    return undefined;
  }

  join({ tab, link, attempt, namespace, auth }: Joining): void {
    const lane = this.#lanes.get(namespace) ?? this.#dial(namespace, auth);
    lane.join(link, tab, attempt);
  }

  leave(link: string, lane: HubLane): void {
    lane.leave(link);
    if (!lane.empty) return;
    if (this.#lanes.get(PRIMARY) === lane) return this.drop();
    for (const [namespace, other] of this.#lanes) if (other === lane) this.#lanes.delete(namespace);
    lane.close();
  }

  /** Ends it for everybody who is on it. */
  drop(): void {
    this.#deadline?.();
    this.#deps.over();
    for (const [namespace, lane] of [...this.#lanes]) {
      this.#lanes.delete(namespace);
      lane.end({ kind: 'closed', byServer: false });
    }
    this.#transport.close();
  }

  #dial(namespace: Namespace, auth: HandshakeAuth): HubLane {
    const { timers, tell, all } = this.#deps;
    const channel = this.#transport.channel(namespace);
    const lane = new HubLane(namespace, this.#id, channel, { timers, tell, all });
    this.#lanes.set(namespace, lane);
    channel.on((event) => {
      if (this.#lanes.get(namespace) === lane) this.#heard(namespace, lane, event);
    });
    channel.connect(auth);
    if (namespace === PRIMARY) this.#deadline = timers.setTimeout(() => this.drop(), CONNECT_TIMEOUT_MS);
    return lane;
  }

  #heard(namespace: Namespace, lane: HubLane, event: ChannelEvent): void {
    if (event.kind === 'open' || event.kind === 'message') {
      if (namespace === PRIMARY && event.kind === 'message') this.#noted(event.name);
      lane.heard(event);
      if (event.kind === 'open' && namespace === PRIMARY) this.#deps.all({ kind: 'up' });
      return;
    }
    this.#lanes.delete(namespace);
    lane.end(event);
    if (namespace === PRIMARY) this.drop();
  }

  #noted(name: string): void {
    if (name === 'auth_success') this.#deadline?.();
    if (name === 'draining' || name === 'session_ended') this.#deps.ending();
  }
}
