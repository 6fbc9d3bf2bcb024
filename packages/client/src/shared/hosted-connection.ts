import type { Namespace } from '@almenara/events';
import { CONNECT_TIMEOUT_MS } from '../connection.ts';
import { PRIMARY } from '../connector.ts';
import type { ChannelEvent, HandshakeAuth, Transport } from '../port.ts';
import type { Cancel, Timers } from '../timers.ts';
import { HostedSocket } from './hosted-socket.ts';
import type { Said } from './messages.ts';

export interface HostedConnectionDeps {
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
  readonly channelId: string;
  readonly attempt: number;
  readonly namespace: Namespace;
  readonly auth: HandshakeAuth;
}

/** One connection to the server, with a socket for each namespace. Where the primary goes, the others follow. */
export class HostedConnection {
  readonly #id: string;
  readonly #transport: Transport;
  readonly #deps: HostedConnectionDeps;
  readonly #sockets = new Map<Namespace, HostedSocket>();
  /** A dial that hangs would otherwise hang for ever: each tab gives up only its own part of it. */
  #deadline: Cancel | null = null;

  constructor(id: string, transport: Transport, deps: HostedConnectionDeps) {
    this.#id = id;
    this.#transport = transport;
    this.#deps = deps;
  }

  channelIdsOf(tab: string): string[] {
    return [...this.#sockets.values()].flatMap((socket) => socket.channelIdsOf(tab));
  }

  socketOf(channelId: string): HostedSocket | undefined {
    for (const socket of this.#sockets.values()) if (socket.has(channelId)) return socket;
    return undefined;
  }

  join({ tab, channelId, attempt, namespace, auth }: Joining): void {
    const socket = this.#sockets.get(namespace) ?? this.#dial(namespace, auth);
    socket.join(channelId, tab, attempt);
  }

  leave(channelId: string, socket: HostedSocket): void {
    socket.leave(channelId);
    if (!socket.empty) return;
    if (this.#sockets.get(PRIMARY) === socket) return this.drop();
    for (const [namespace, other] of this.#sockets) if (other === socket) this.#sockets.delete(namespace);
    socket.close();
  }

  /** Ends it for everybody who is on it. */
  drop(): void {
    this.#deadline?.();
    this.#deps.over();
    for (const [namespace, socket] of [...this.#sockets]) {
      this.#sockets.delete(namespace);
      socket.end({ kind: 'closed', byServer: false });
    }
    this.#transport.close();
  }

  #dial(namespace: Namespace, auth: HandshakeAuth): HostedSocket {
    const { timers, tell, all } = this.#deps;
    const channel = this.#transport.channel(namespace);
    const socket = new HostedSocket(namespace, this.#id, channel, { timers, tell, all });
    this.#sockets.set(namespace, socket);
    channel.on((event) => {
      if (this.#sockets.get(namespace) === socket) this.#heard(namespace, socket, event);
    });
    channel.connect(auth);
    if (namespace === PRIMARY) this.#deadline = timers.setTimeout(() => this.drop(), CONNECT_TIMEOUT_MS);
    return socket;
  }

  #heard(namespace: Namespace, socket: HostedSocket, event: ChannelEvent): void {
    if (event.kind === 'open' || event.kind === 'message') {
      if (namespace === PRIMARY && event.kind === 'message') this.#noted(event.name);
      socket.heard(event);
      if (event.kind === 'open' && namespace === PRIMARY) this.#deps.all({ kind: 'up' });
      return;
    }
    this.#sockets.delete(namespace);
    socket.end(event);
    if (namespace === PRIMARY) this.drop();
  }

  #noted(name: string): void {
    if (name === 'auth_success') this.#deadline?.();
    if (name === 'draining' || name === 'session_ended') this.#deps.ending();
  }
}
