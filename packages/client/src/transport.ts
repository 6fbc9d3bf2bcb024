import type { Namespace } from '@almenara/events';
import { Manager, type Socket } from 'socket.io-client';
import type { Channel, ChannelEvent, HandshakeAuth, Transport, TransportFactory } from './port.ts';

type Way = 'websocket' | 'polling';
const TRANSPORTS: Record<Way, Way[]> = {
  websocket: ['websocket'],
  // Starts by polling and moves up to a WebSocket if that can be had.
  polling: ['polling', 'websocket'],
};

/**
 * Which way to try: the one that worked last, and the other one after each try that did not open. So a proxy that
 * breaks WebSockets costs one try, and a server that is down is not asked twice a try.
 */
class Ways {
  #preferred: Way = 'websocket';
  #failures = 0;

  next(): Way {
    const other: Way = this.#preferred === 'websocket' ? 'polling' : 'websocket';
    return this.#failures % 2 === 0 ? this.#preferred : other;
  }

  failed(): void {
    this.#failures += 1;
  }

  worked(way: Way): void {
    this.#preferred = way;
    this.#failures = 0;
  }
}

/** Socket.IO, with its own reconnection and retries off: they know nothing of cursors. */
export function socketIoTransport(): TransportFactory {
  const ways = new Ways();
  return ({ url, extraHeaders }) => {
    const way = ways.next();
    const manager = new Manager(url, {
      autoConnect: false,
      reconnection: false,
      transports: TRANSPORTS[way],
      ...(extraHeaders && { extraHeaders }),
    });
    // The client's own deadline ends an attempt that hangs.
    manager.timeout(false);
    return new Connection(manager, way, ways);
  };
}

class Connection implements Transport {
  readonly #manager: Manager;
  readonly #ways: Ways;
  readonly #channels: SocketChannel[] = [];
  #opened = false;

  constructor(manager: Manager, way: Way, ways: Ways) {
    this.#manager = manager;
    this.#ways = ways;
    manager.on('open', () => {
      this.#opened = true;
      ways.worked(way);
      manager.engine.once('upgrade', () => ways.worked('websocket'));
    });
  }

  channel(namespace: Namespace): Channel {
    const channel = new SocketChannel(this.#manager.socket(namespace));
    this.#channels.push(channel);
    return channel;
  }

  /** The manager closes its connection with its last socket. */
  close(): void {
    if (!this.#opened) this.#ways.failed();
    this.#manager.off();
    for (const channel of this.#channels) channel.close();
  }
}

class SocketChannel implements Channel {
  readonly #socket: Socket;

  constructor(socket: Socket) {
    this.#socket = socket;
    // A namespace that is opened again has the socket of the time before, with what it could not send then.
    socket.sendBuffer = [];
    socket.receiveBuffer = [];
  }

  on(listener: (event: ChannelEvent) => void): void {
    const socket = this.#socket;
    const over = (event: ChannelEvent): void => {
      this.close();
      listener(event);
    };
    socket.on('connect', () => listener({ kind: 'open' }));
    socket.on('connect_error', (error) => {
      // Only an error that the server answered with has `data`, be it empty.
      if ('data' in error) over({ kind: 'refused', data: error.data });
      else over({ kind: 'closed', byServer: false });
    });
    socket.on('disconnect', (reason) =>
      over({ kind: 'closed', byServer: reason === 'io server disconnect' }),
    );
    socket.onAny((name: string, payload: unknown) => listener({ kind: 'message', name, payload }));
  }

  connect(auth: HandshakeAuth): void {
    this.#socket.auth = { ...auth };
    this.#socket.connect();
  }

  emitWithAck(name: string, payload: unknown, reply: (ack: unknown) => void): void {
    // What Socket.IO would buffer while it is not connected is ours to send again, or not.
    if (this.#socket.connected) this.#socket.emit(name, payload, reply);
  }

  emitVolatile(name: string, payload: unknown): void {
    // Every request of the protocol has an ack, also one that nobody waits for.
    if (this.#socket.connected) this.#socket.volatile.emit(name, payload, () => {});
  }

  close(): void {
    this.#socket.off();
    this.#socket.offAny();
    this.#socket.disconnect();
  }
}
