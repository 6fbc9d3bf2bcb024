import {
  type AuthSuccess,
  type ClientToServerEvents,
  type CommandName,
  type Namespace,
  PROTOCOL,
  type Refusal,
} from '@almenara/events';
import type { LostReason } from './connection-state.ts';
import type { Report } from './observable.ts';
import type { Channel, ChannelEvent, HandshakeAuth, Transport } from './port.ts';
import type { Cancel, Timers } from './timers.ts';
import { type Reply, readAck, readPacket, readRefusal, type ServerPacket } from './wire.ts';

export interface Credentials {
  readonly token?: string;
}
export type CredentialsSource = () => Credentials | Promise<Credentials>;

export type SocketEnd =
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'lost'; readonly reason: LostReason };

/** All but the greeting, which the socket keeps. */
export type SocketPacket = Exclude<ServerPacket, { name: 'auth_success' }>;

export interface NamespaceSocketListener {
  /** The handshake is done: requests may be made. */
  ready(hello: AuthSuccess): void;
  packet(packet: SocketPacket): void;
  /** At most once, and never after `close()`. Every open request has had its `lost` before. */
  ended(end: SocketEnd): void;
}

export interface NamespaceSocketDeps {
  readonly timers: Timers;
  readonly report: Report;
  readonly clientId: string;
  readonly credentials: CredentialsSource | undefined;
}

type RequestName = Exclude<keyof ClientToServerEvents, CommandName>;
export type Request<N extends RequestName> = Parameters<ClientToServerEvents[N]>[0];

/**
 * One accepted (or not yet accepted) session in one namespace: the handshake, and requests that always end, over a
 * `Channel`, which knows neither.
 */
export class NamespaceSocket {
  readonly #channel: Channel;
  readonly #deps: NamespaceSocketDeps;
  readonly #listener: NamespaceSocketListener;
  readonly #open = new Set<(reply: Reply) => void>();
  #closed = false;
  #hello: AuthSuccess | null = null;

  constructor(
    namespace: Namespace,
    transport: Transport,
    deps: NamespaceSocketDeps,
    listener: NamespaceSocketListener,
  ) {
    this.#channel = transport.channel(namespace);
    this.#deps = deps;
    this.#listener = listener;
    this.#channel.on((event) => {
      if (!this.#closed) this.#heard(event);
    });
  }

  get hello(): AuthSuccess | null {
    return this.#hello;
  }

  /** Requests can be made. */
  get alive(): boolean {
    return !this.#closed && this.#hello !== null;
  }

  connect(): void {
    const { credentials } = this.#deps;
    if (!credentials) {
      this.#greet({});
      return;
    }
    // Called inside the chain, so that one that throws and one that rejects are the same.
    void Promise.resolve()
      .then(credentials)
      .then(
        (given) => this.#greet(given),
        (error: unknown) => {
          if (this.#closed) return;
          this.#deps.report(error);
          this.fail('credentials');
        },
      );
  }

  ask<N extends RequestName>(
    name: N,
    request: Request<N>,
    timeoutMs: number,
    done: (reply: Reply) => void,
  ): void {
    this.#emit(name, request, timeoutMs, done);
  }

  /** `input` is the JSON of what `run` was given with its types. */
  command(
    name: CommandName,
    request: { commandId: string; input: unknown },
    timeoutMs: number,
    done: (reply: Reply) => void,
  ): void {
    this.#emit(name, request, timeoutMs, done);
  }

  #emit(name: string, request: unknown, timeoutMs: number, done: (reply: Reply) => void): void {
    if (this.#closed || !this.#hello) {
      done({ kind: 'lost' });
      return;
    }
    let cancel: Cancel = () => {};
    const settle = (reply: Reply): void => {
      if (!this.#open.delete(settle)) return;
      cancel();
      done(reply);
    };
    this.#open.add(settle);
    cancel = this.#deps.timers.setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
    this.#channel.emitWithAck(name, request, (ack) => settle(readAck(ack)));
  }

  signal(request: Request<'signal'>): void {
    if (!this.#closed && this.#hello) this.#channel.emitVolatile('signal', request);
  }

  /** Gives the connection up as lost. */
  fail(reason: LostReason): void {
    this.#end({ kind: 'lost', reason });
  }

  /** Without a word to the listener. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#channel.close();
    for (const settle of [...this.#open]) settle({ kind: 'lost' });
  }

  #greet({ token }: Credentials): void {
    if (this.#closed) return;
    const auth: HandshakeAuth = { clientId: this.#deps.clientId, protocol: PROTOCOL };
    this.#channel.connect(token === undefined ? auth : { ...auth, token });
  }

  #heard(event: ChannelEvent): void {
    switch (event.kind) {
      case 'open':
        // The session begins with `auth_success`; until then the server may still be setting its handlers up.
        return;
      case 'message':
        this.#message(event.name, event.payload);
        return;
      case 'refused': {
        const refusal = readRefusal(event.data);
        this.#end(refusal ? { kind: 'refused', refusal } : { kind: 'lost', reason: 'server_closed' });
        return;
      }
      case 'closed':
        this.#end({ kind: 'lost', reason: event.byServer ? 'server_closed' : 'network' });
    }
  }

  #message(name: string, payload: unknown): void {
    let packet: ServerPacket | null;
    try {
      packet = readPacket(name, payload);
    } catch (error) {
      this.#deps.report(error);
      return;
    }
    if (!packet) return;
    if (packet.name === 'auth_success') {
      this.#hello = packet.hello;
      this.#listener.ready(packet.hello);
    } else {
      this.#listener.packet(packet);
    }
  }

  #end(end: SocketEnd): void {
    if (this.#closed) return;
    this.close();
    this.#listener.ended(end);
  }
}
