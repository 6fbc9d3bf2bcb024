import type { AuthSuccess, Namespace, Refusal } from '@almenara/events';
import type { Channel, ChannelEvent, HandshakeAuth, Transport, TransportFactory } from '../port.ts';

export interface Request {
  readonly name: string;
  readonly payload: unknown;
  reply(ack: unknown): void;
}

export const HELLO: AuthSuccess = {
  userId: 'ana',
  role: 'operator',
  connectionId: 'connection-1',
  epoch: 'E1',
  serverTime: '2026-01-01T00:00:00.000Z',
  heartbeatMs: 25_000,
  maxPacketBytes: 100_000,
};

/** The server's end of one channel, in the hands of a test: nothing moves by itself, in either direction. */
export class HandChannel implements Channel {
  auth: HandshakeAuth | null = null;
  closed = false;
  /** What the client has sent and nobody has taken. */
  readonly requests: Request[] = [];
  readonly volatile: { name: string; payload: unknown }[] = [];
  #listener: ((event: ChannelEvent) => void) | null = null;

  on(listener: (event: ChannelEvent) => void): void {
    this.#listener = listener;
  }

  connect(auth: HandshakeAuth): void {
    this.auth = auth;
  }

  emitWithAck(name: string, payload: unknown, reply: (ack: unknown) => void): void {
    this.requests.push({ name, payload, reply: (ack) => !this.closed && reply(ack) });
  }

  emitVolatile(name: string, payload: unknown): void {
    this.volatile.push({ name, payload });
  }

  close(): void {
    this.closed = true;
  }

  accept(hello: Partial<AuthSuccess> = {}): void {
    this.#tell({ kind: 'open' });
    this.say('auth_success', { ...HELLO, ...hello });
  }

  refuse(refusal: Refusal): void {
    this.#tell({ kind: 'refused', data: refusal });
  }

  say(name: string, payload: unknown): void {
    this.#tell({ kind: 'message', name, payload });
  }

  drop(byServer = false): void {
    this.#tell({ kind: 'closed', byServer });
  }

  /** The oldest request of that name that nobody has taken yet. */
  take(name: string): Request {
    const index = this.requests.findIndex((request) => request.name === name);
    const [request] = index < 0 ? [] : this.requests.splice(index, 1);
    if (!request)
      throw new Error(`No ${name} has been sent, only: ${this.requests.map((r) => r.name).join(', ')}`);
    return request;
  }

  #tell(event: ChannelEvent): void {
    if (!this.closed) this.#listener?.(event);
  }
}

export class HandConnection implements Transport {
  readonly channels = new Map<Namespace, HandChannel>();
  closed = false;

  channel(namespace: Namespace): HandChannel {
    const channel = new HandChannel();
    this.channels.set(namespace, channel);
    return channel;
  }

  close(): void {
    this.closed = true;
    for (const channel of this.channels.values()) channel.close();
  }
}

export class HandNet {
  readonly connections: HandConnection[] = [];

  readonly transport: TransportFactory = () => {
    const connection = new HandConnection();
    this.connections.push(connection);
    return connection;
  };

  get open(): number {
    return this.connections.filter((connection) => !connection.closed).length;
  }

  /** The newest connection's channel. */
  channel(namespace: Namespace = '/desk'): HandChannel {
    const channel = this.connections.at(-1)?.channels.get(namespace);
    if (!channel) throw new Error(`The client has not opened ${namespace}`);
    return channel;
  }
}
