import type { AuthSuccess, Namespace } from '@almenara/events';
import { transition } from './connection.ts';
import {
  type ConnectionEvent,
  type ConnectionState,
  dueAt,
  isConnected,
  NOT_STARTED,
} from './connection-state.ts';
import {
  NamespaceSocket,
  type NamespaceSocketDeps,
  type SocketEnd,
  type SocketPacket,
} from './namespace-socket.ts';
import { type Cell, cell, type Observable } from './observable.ts';
import type { Transport, TransportFactory, TransportSetup } from './port.ts';
import type { Cancel, Timers } from './timers.ts';

/** Its session is the client's: where it goes, the others follow. */
export const PRIMARY: Namespace = '/desk';

export interface ConnectorDeps extends NamespaceSocketDeps {
  readonly timers: Timers;
  readonly random: () => number;
  readonly transport: TransportFactory;
  readonly setup: TransportSetup;
}

export interface ConnectorListener {
  connected(socket: NamespaceSocket, hello: AuthSuccess, transport: Transport): void;
  /** Before what is open on the socket is told that it is lost. */
  disconnected(): void;
  packet(packet: SocketPacket): void;
}

/** Does what the machine says: one timer, one connection, each replaced when the state is. */
export class Connector {
  readonly #deps: ConnectorDeps;
  readonly #listener: ConnectorListener;
  readonly #state: Cell<ConnectionState>;
  readonly #session: Cell<AuthSuccess | null>;
  readonly #events: { readonly event: ConnectionEvent; readonly isStale: () => boolean }[] = [];
  #busy = false;
  #timer: Cancel | null = null;
  #transport: Transport | null = null;
  #socket: NamespaceSocket | null = null;

  constructor(deps: ConnectorDeps, listener: ConnectorListener) {
    this.#deps = deps;
    this.#listener = listener;
    this.#state = cell(NOT_STARTED, deps.report);
    this.#session = cell<AuthSuccess | null>(null, deps.report);
  }

  get state(): Observable<ConnectionState> {
    return this.#state;
  }

  get session(): Observable<AuthSuccess | null> {
    return this.#session;
  }

  send(event: ConnectionEvent): void {
    this.#queue(event, () => false);
  }

  /** One event after the other: what a listener sends while it is told of a change comes after that change. */
  #queue(event: ConnectionEvent, isStale: () => boolean): void {
    this.#events.push({ event, isStale });
    if (this.#busy) return;
    this.#busy = true;
    for (let next = this.#events.shift(); next; next = this.#events.shift())
      if (!next.isStale()) this.#step(next.event);
    this.#busy = false;
  }

  #step(event: ConnectionEvent): void {
    const before = this.#state.get();
    const state = transition(before, event, { at: this.#deps.timers.now(), roll: this.#deps.random() });
    if (state === before) return;
    this.#timer?.();
    this.#timer = this.#timerFor(state);
    if (!isConnected(state)) this.#hangUp(isConnected(before));
    if (isOver(state)) this.#session.set(null);
    if (state.kind === 'connecting') this.#dial();
    this.#state.set(state);
    if (before.kind === 'connecting' && isConnected(state)) this.#introduce();
  }

  #timerFor(state: ConnectionState): Cancel | null {
    const due = dueAt(state);
    if (due === null) return null;
    const { timers } = this.#deps;
    const wait = Math.max(0, due - timers.now());
    return timers.setTimeout(() => this.#queue({ type: 'due' }, () => this.#state.get() !== state), wait);
  }

  #hangUp(wasConnected: boolean): void {
    const [socket, transport] = [this.#socket, this.#transport];
    this.#socket = null;
    this.#transport = null;
    if (wasConnected) this.#listener.disconnected();
    socket?.close();
    transport?.close();
  }

  #dial(): void {
    const transport = this.#deps.transport(this.#deps.setup);
    const socket = new NamespaceSocket(PRIMARY, transport, this.#deps, {
      ready: (hello) => {
        this.#session.set(hello);
        if (this.#state.get().kind === 'connecting') this.#queue({ type: 'accepted' }, isStale);
        // Greeted twice on one connection: only the history can be news.
        else this.#listener.packet({ name: 'heads', heads: { epoch: hello.epoch, heads: {} } });
      },
      packet: (packet) => this.#listener.packet(packet),
      ended: (end) => this.#queue(whatEnded(end), isStale),
    });
    const isStale = () => this.#socket !== socket;
    this.#transport = transport;
    this.#socket = socket;
    socket.connect();
  }

  #introduce(): void {
    const hello = this.#socket?.hello;
    if (this.#socket && this.#transport && hello)
      this.#listener.connected(this.#socket, hello, this.#transport);
  }
}

const isOver = (state: ConnectionState): boolean =>
  state.kind === 'needs_auth' ||
  state.kind === 'refused' ||
  (state.kind === 'offline' && state.reason === 'stopped');

const whatEnded = (end: SocketEnd): ConnectionEvent =>
  end.kind === 'refused' ? { type: 'refused', refusal: end.refusal } : { type: 'lost', reason: end.reason };
