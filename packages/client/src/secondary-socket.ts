import type { Failure, Namespace, Refusal } from '@almenara/events';
import { waitMs } from './backoff.ts';
import { CONNECT_TIMEOUT_MS } from './connection.ts';
import {
  NamespaceSocket,
  type NamespaceSocketDeps,
  type SocketEnd,
  type SocketPacket,
} from './namespace-socket.ts';
import type { Transport } from './port.ts';
import type { Cancel, Timers } from './timers.ts';
import type { TopicRegistry } from './topic-registry.ts';

export interface SecondarySocketDeps extends NamespaceSocketDeps {
  readonly timers: Timers;
  readonly random: () => number;
  packet(packet: SocketPacket): void;
}

/** A namespace beside the primary: on the same connection, and only while a topic of it is followed. */
export class SecondarySocket {
  readonly #namespace: Namespace;
  readonly #registry: TopicRegistry;
  readonly #deps: SecondarySocketDeps;
  #transport: Transport | null = null;
  #socket: NamespaceSocket | null = null;
  #attached: NamespaceSocket | null = null;
  /** The handshake's deadline, or the wait before the next. */
  #timer: Cancel | null = null;
  #failures = 0;
  #barred = false;

  constructor(namespace: Namespace, registry: TopicRegistry, deps: SecondarySocketDeps) {
    this.#namespace = namespace;
    this.#registry = registry;
    this.#deps = deps;
  }

  attach(transport: Transport): void {
    this.#transport = transport;
    this.refresh();
  }

  detach(): void {
    this.#transport = null;
    this.#failures = 0;
    this.#barred = false;
    this.#hangUp();
  }

  /** To be called when topics of it have been followed or left. */
  refresh(): void {
    if (!this.#transport || this.#barred) return;
    if (!this.#registry.inUse) this.#hangUp();
    else if (!this.#socket && !this.#timer) this.#dial(this.#transport);
  }

  #hangUp(): void {
    this.#stopTimer();
    const socket = this.#socket;
    this.#socket = null;
    this.#attached = null;
    this.#registry.detach();
    socket?.close();
  }

  #stopTimer(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #dial(transport: Transport): void {
    const socket = new NamespaceSocket(this.#namespace, transport, this.#deps, {
      ready: ({ epoch }) => {
        this.#stopTimer();
        this.#failures = 0;
        if (socket === this.#attached) this.#registry.heard({ epoch, heads: {} });
        else this.#registry.attach(socket, epoch);
        this.#attached = socket;
      },
      packet: (packet) => this.#deps.packet(packet),
      ended: (end) => this.#ended(end),
    });
    this.#socket = socket;
    this.#timer = this.#deps.timers.setTimeout(() => socket.fail('timeout'), CONNECT_TIMEOUT_MS);
    socket.connect();
  }

  #ended(end: SocketEnd): void {
    this.#hangUp();
    const refusal = end.kind === 'refused' ? end.refusal : null;
    const error = refusal && finalOf(refusal);
    if (error) {
      this.#barred = true;
      this.#registry.bar(error);
      return;
    }
    this.#failures += 1;
    this.#timer = this.#deps.timers.setTimeout(
      () => {
        this.#timer = null;
        this.refresh();
      },
      waitMs(this.#failures, refusal?.retryAfterMs, this.#deps.random()),
    );
  }
}

/** What a refused handshake means for the topics of the namespace; null if it may pass by itself. */
function finalOf({ code, message }: Refusal): Failure | null {
  switch (code) {
    case 'rate_limited':
    case 'too_many_connections':
    case 'unavailable':
      return null;
    case 'unauthenticated':
    case 'expired':
      return { code: 'unauthenticated', message };
    case 'forbidden':
    case 'protocol_mismatch':
      return { code: 'forbidden', message };
  }
}
