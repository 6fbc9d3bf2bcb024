import type { Namespace } from '@almenara/events';

/** What a handshake says of who asks. */
export interface HandshakeAuth {
  readonly token?: string;
  readonly clientId: string;
  readonly protocol: number;
}

export type ChannelEvent =
  | { readonly kind: 'open' }
  | { readonly kind: 'message'; readonly name: string; readonly payload: unknown }
  /** The server answered the handshake with a no; `data` is what it said. */
  | { readonly kind: 'refused'; readonly data: unknown }
  /** It is over, or it never opened. Nothing follows. `byServer`: the server ended this channel, not the network. */
  | { readonly kind: 'closed'; readonly byServer: boolean };

/** One namespace on a connection. All that the client knows of Socket.IO; tests deliver each direction by hand. */
export interface Channel {
  on(listener: (event: ChannelEvent) => void): void;
  connect(auth: HandshakeAuth): void;
  /** `reply` is called at most once, and perhaps never: waiting for it has an end only where the caller sets one. */
  emitWithAck(name: string, payload: unknown, reply: (ack: unknown) => void): void;
  /** Dropped where it cannot leave at once. */
  emitVolatile(name: string, payload: unknown): void;
  /** No event comes after it. */
  close(): void;
}

/** One connection, shared by its channels. It is used for one attempt and then thrown away. */
export interface Transport {
  channel(namespace: Namespace): Channel;
  close(): void;
}

export interface TransportSetup {
  /** Undefined: where the page came from. */
  readonly url: string | undefined;
  readonly extraHeaders: Readonly<Record<string, string>> | undefined;
}

export type TransportFactory = (setup: TransportSetup) => Transport;
