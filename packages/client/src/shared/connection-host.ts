import { type Namespace, topicKeys, topics } from '@almenara/events';
import { PRIMARY } from '../connector.ts';
import type { Transport } from '../port.ts';
import type { Timers } from '../timers.ts';
import { HostedConnection } from './hosted-connection.ts';
import type { HostedSocket } from './hosted-socket.ts';
import type { FromLeader, Said, ToLeader } from './messages.ts';

export interface ConnectionHostDeps {
  /** The tab that leads. */
  readonly tab: string;
  readonly timers: Timers;
  /** Makes the one connection; called again after it has been lost. */
  readonly transport: () => Transport;
  post(tab: string, message: FromLeader): void;
  /** To every tab; `others`: some beside the leading one are there to hear it. */
  all(message: FromLeader, others: boolean): void;
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
export class ConnectionHost {
  readonly #deps: ConnectionHostDeps;
  readonly #tabs = new Map<string, () => void>();
  /** There is one, and for a while a second: one that the server is about to end is left to those who are on it. */
  readonly #connections = new Set<HostedConnection>();
  #current: HostedConnection | null = null;
  #opened = 0;
  #closed = false;

  constructor(deps: ConnectionHostDeps) {
    this.#deps = deps;
  }

  receive(message: ToLeader): void {
    if (this.#closed) return;
    this.#know(message.tab);
    switch (message.kind) {
      case 'ping':
        return this.#tell(message.tab, { kind: 'alive' });
      case 'connect':
        this.#tell(message.tab, { kind: 'alive' });
        return this.#connect(message);
      case 'close':
        return this.#leave(message.channelId);
      case 'ask':
      case 'tell': {
        const { tab, channelId, name, payload } = message;
        const socket = this.#of(channelId)?.socket;
        // Of a connection that another tab led, or that is lost.
        if (!socket) return this.#tell(tab, { kind: 'closed', channelId, byServer: false });
        if (message.kind === 'ask') socket.ask(channelId, message.id, name, payload);
        else socket.tellServer(name, payload);
      }
    }
  }

  /** Another tab leads, or will. */
  close(): void {
    for (const connection of [...this.#connections]) connection.drop();
    this.#closed = true;
    for (const stop of this.#tabs.values()) stop();
  }

  #know(tab: string): void {
    if (this.#tabs.has(tab) || tab === this.#deps.tab) return;
    const gone = (): void => {
      this.#tabs.delete(tab);
      for (const connection of [...this.#connections])
        for (const channelId of connection.channelIdsOf(tab)) {
          // Should it be there after all, it finds out.
          this.#tell(tab, { kind: 'closed', channelId, byServer: false });
          this.#leave(channelId);
        }
      this.#deps.gone(tab);
    };
    this.#tabs.set(tab, this.#deps.watch(tab, gone));
  }

  #connect({ tab, channelId, attempt, namespace, auth }: Extract<ToLeader, { kind: 'connect' }>): void {
    if (!namespaces.has(namespace)) return;
    // Beside the primary, a channel belongs on the connection that its tab is on.
    const connection =
      (namespace === PRIMARY ? null : this.#connectionOf(tab)) ?? this.#current ?? this.#open();
    connection.join({ tab, channelId, attempt, namespace, auth });
  }

  #open(): HostedConnection {
    this.#opened += 1;
    const connection = new HostedConnection(`${this.#deps.tab}/${this.#opened}`, this.#deps.transport(), {
      timers: this.#deps.timers,
      tell: (to, message) => this.#tell(to, message),
      all: (message) => this.#deps.all({ ...message, leader: this.#deps.tab }, this.#tabs.size > 0),
      ending: () => {
        if (this.#current === connection) this.#current = null;
      },
      over: () => {
        this.#connections.delete(connection);
        if (this.#current === connection) this.#current = null;
      },
    });
    this.#connections.add(connection);
    this.#current = connection;
    return connection;
  }

  #leave(channelId: string): void {
    const found = this.#of(channelId);
    if (!found) return;
    if (found.socket.oldestAskMs(channelId) > DOUBTFUL_MS) found.connection.drop();
    else found.connection.leave(channelId, found.socket);
  }

  #of(channelId: string): { readonly connection: HostedConnection; readonly socket: HostedSocket } | null {
    for (const connection of this.#connections) {
      const socket = connection.socketOf(channelId);
      if (socket) return { connection, socket };
    }
    return null;
  }

  #connectionOf(tab: string): HostedConnection | null {
    for (const connection of this.#connections)
      if (connection.channelIdsOf(tab).length > 0) return connection;
    return null;
  }

  #tell(tab: string, message: Said): void {
    this.#deps.post(tab, { ...message, leader: this.#deps.tab });
  }
}
