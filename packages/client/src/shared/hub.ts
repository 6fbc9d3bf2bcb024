import { type Namespace, topicKeys, topics } from '@almenara/events';
import { PRIMARY } from '../connector.ts';
import type { Transport } from '../port.ts';
import type { Timers } from '../timers.ts';
import type { HubLane } from './hub-lane.ts';
import { HubLine } from './hub-line.ts';
import type { FromHub, Said, ToHub } from './messages.ts';

export interface HubDeps {
  /** The tab that leads. */
  readonly tab: string;
  readonly timers: Timers;
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
  readonly #tabs = new Map<string, () => void>();
  /** There is one, and for a while a second: one that the server is about to end is left to those who are on it. */
  readonly #lines = new Set<HubLine>();
  #current: HubLine | null = null;
  #opened = 0;
  #closed = false;

  constructor(deps: HubDeps) {
    this.#deps = deps;
  }

  receive(message: ToHub): void {
    if (this.#closed) return;
    this.#know(message.tab);
    switch (message.kind) {
      case 'ping':
        return this.#tell(message.tab, { kind: 'alive' });
      case 'connect':
        this.#tell(message.tab, { kind: 'alive' });
        return this.#connect(message);
      case 'close':
        return this.#leave(message.link);
      case 'ask':
      case 'tell': {
        const { tab, link, name, payload } = message;
        const lane = this.#of(link)?.lane;
        // Of a connection that another tab led, or that is lost.
        if (!lane) return this.#tell(tab, { kind: 'closed', link, byServer: false });
        if (message.kind === 'ask') lane.ask(link, message.id, name, payload);
        else lane.tellServer(name, payload);
      }
    }
  }

  /** Another tab leads, or will. */
  close(): void {
    for (const line of [...this.#lines]) line.drop();
    this.#closed = true;
    for (const stop of this.#tabs.values()) stop();
  }

  #know(tab: string): void {
    if (this.#tabs.has(tab) || tab === this.#deps.tab) return;
    const gone = (): void => {
      this.#tabs.delete(tab);
      for (const line of [...this.#lines])
        for (const link of line.linksOf(tab)) {
          // Should it be there after all, it finds out.
          this.#tell(tab, { kind: 'closed', link, byServer: false });
          this.#leave(link);
        }
      this.#deps.gone(tab);
    };
    this.#tabs.set(tab, this.#deps.watch(tab, gone));
  }

  #connect({ tab, link, attempt, namespace, auth }: Extract<ToHub, { kind: 'connect' }>): void {
    if (!namespaces.has(namespace)) return;
    // Beside the primary, a channel belongs on the connection that its tab is on.
    const line = (namespace === PRIMARY ? null : this.#lineOf(tab)) ?? this.#current ?? this.#open();
    line.join({ tab, link, attempt, namespace, auth });
  }

  #open(): HubLine {
    this.#opened += 1;
    const line = new HubLine(`${this.#deps.tab}/${this.#opened}`, this.#deps.transport(), {
      timers: this.#deps.timers,
      tell: (to, message) => this.#tell(to, message),
      all: (message) => this.#deps.all({ ...message, leader: this.#deps.tab }, this.#tabs.size > 0),
      ending: () => {
        if (this.#current === line) this.#current = null;
      },
      over: () => {
        this.#lines.delete(line);
        if (this.#current === line) this.#current = null;
      },
    });
    this.#lines.add(line);
    this.#current = line;
    return line;
  }

  #leave(link: string): void {
    const found = this.#of(link);
    if (!found) return;
    if (found.lane.oldestAskMs(link) > DOUBTFUL_MS) found.line.drop();
    else found.line.leave(link, found.lane);
  }

  #of(link: string): { readonly line: HubLine; readonly lane: HubLane } | null {
    for (const line of this.#lines) {
      const lane = line.laneOf(link);
      if (lane) return { line, lane };
    }
    return null;
  }

  #lineOf(tab: string): HubLine | null {
    for (const line of this.#lines) if (line.linksOf(tab).length > 0) return line;
    return null;
  }

  #tell(tab: string, message: Said): void {
    this.#deps.post(tab, { ...message, leader: this.#deps.tab });
  }
}
