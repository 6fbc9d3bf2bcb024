import { LIMITS, type Namespace } from '@almenara/events';
import type { Channel, ChannelEvent } from '../port.ts';
import type { Cancel, Timers } from '../timers.ts';
import type { Said } from './messages.ts';

export interface HubLaneDeps {
  readonly timers: Timers;
  tell(tab: string, message: Said): void;
  all(message: Said): void;
}

interface Link {
  readonly tab: string;
  readonly attempt: number;
  /** When each request without an answer was passed on. */
  readonly asked: Map<number, number>;
}

/** A room that nobody has wanted for this long is left. Coming back to a page within it costs the server nothing. */
const LINGER_MS = 5000;

const isRow = (value: unknown): value is { topic: string; kind?: unknown } =>
  typeof value === 'object' && value !== null && 'topic' in value && typeof value.topic === 'string';

/** One namespace of the shared connection: which links are on it, and which rooms they want. */
export class HubLane {
  readonly #namespace: Namespace;
  readonly #line: string;
  readonly #channel: Channel;
  readonly #deps: HubLaneDeps;
  readonly #links = new Map<string, Link>();
  /** Who wants which topic. A topic stays here, wanted by nobody, until its room has been left. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #leaving = new Set<string>();
  /** Subscribes that wait until a room has been left: the two must not overtake each other. */
  #held: (() => void)[] = [];
  #sweep: Cancel | null = null;
  #open = false;
  #greeting: unknown = null;

  constructor(namespace: Namespace, line: string, channel: Channel, deps: HubLaneDeps) {
    this.#namespace = namespace;
    this.#line = line;
    this.#channel = channel;
    this.#deps = deps;
  }

  get empty(): boolean {
    return this.#links.size === 0;
  }

  has(link: string): boolean {
    return this.#links.has(link);
  }

  linksOf(tab: string): string[] {
    return [...this.#links].filter(([, one]) => one.tab === tab).map(([link]) => link);
  }

  join(link: string, tab: string, attempt: number): void {
    this.#links.set(link, { tab, attempt, asked: new Map() });
    if (!this.#open) return;
    this.#deps.tell(tab, { kind: 'open', link, attempt, line: this.#line });
    if (this.#greeting !== null) this.#greet(link, tab);
  }

  leave(link: string): void {
    this.#links.delete(link);
    for (const wanting of this.#wanted.values()) wanting.delete(link);
    this.#sweepSoon();
  }

  /** 0 if every request of the link has its answer. */
  oldestAskMs(link: string): number {
    const asked = this.#links.get(link)?.asked;
    const first = asked && asked.size > 0 ? Math.min(...asked.values()) : null;
    return first === null ? 0 : this.#deps.timers.now() - first;
  }

  heard(event: Extract<ChannelEvent, { kind: 'open' | 'message' }>): void {
    if (event.kind === 'open') {
      this.#open = true;
      for (const [link, { tab, attempt }] of this.#links) {
        this.#deps.tell(tab, { kind: 'open', link, attempt, line: this.#line });
      }
    } else if (event.name === 'auth_success') {
      this.#greeting = event.payload;
      for (const [link, { tab }] of this.#links) this.#greet(link, tab);
    } else {
      this.#deps.all({
        kind: 'packet',
        line: this.#line,
        namespace: this.#namespace,
        name: event.name,
        payload: event.payload,
      });
    }
  }

  end(event: Extract<ChannelEvent, { kind: 'refused' | 'closed' }>): void {
    const links = [...this.#links];
    this.close();
    for (const [link, { tab }] of links) this.#deps.tell(tab, { ...event, link });
  }

  close(): void {
    this.#sweep?.();
    this.#links.clear();
    this.#held = [];
    this.#channel.close();
  }

  tellServer(name: string, payload: unknown): void {
    this.#channel.emitVolatile(name, payload);
  }

  ask(link: string, id: number, name: string, payload: unknown): void {
    if (name === 'subscribe') this.#subscribe(link, id, payload);
    else if (name === 'unsubscribe') this.#unsubscribe(link, id, payload);
    else this.#pass(link, id, name, payload);
  }

  #subscribe(link: string, id: number, payload: unknown): void {
    const names = rowsOf(payload).map(({ topic }) => topic);
    if (names.some((name) => this.#leaving.has(name))) {
      this.#held.push(() => this.#subscribe(link, id, payload));
      return;
    }
    if (!this.has(link)) return;
    for (const name of names) this.#wanted.set(name, (this.#wanted.get(name) ?? new Set()).add(link));
    this.#pass(link, id, 'subscribe', payload, (ack) => this.#refusedOf(ack, link));
  }

  /** A refused subscribe has taken the connection out of the room: whoever else wants it must find out, by resuming. */
  #refusedOf(ack: unknown, link: string): void {
    for (const { topic, kind } of rowsOf(dataOf(ack))) {
      if (kind !== 'refused') continue;
      const wanting = this.#wanted.get(topic);
      wanting?.delete(link);
      for (const other of [...(wanting ?? [])]) this.#cut(other);
      this.#sweepSoon();
    }
  }

  #cut(link: string): void {
    const tab = this.#links.get(link)?.tab;
    this.leave(link);
    if (tab !== undefined) this.#deps.tell(tab, { kind: 'closed', link, byServer: false });
  }

  #unsubscribe(link: string, id: number, payload: unknown): void {
    const tab = this.#links.get(link)?.tab;
    const names =
      typeof payload === 'object' && payload !== null && 'topics' in payload ? payload.topics : [];
    for (const name of Array.isArray(names) ? names : []) this.#wanted.get(name)?.delete(link);
    if (tab !== undefined) this.#deps.tell(tab, { kind: 'ack', link, id, ack: { ok: true, data: {} } });
    this.#sweepSoon();
  }

  #sweepSoon(): void {
    this.#sweep ??= this.#deps.timers.setTimeout(() => {
      this.#sweep = null;
      this.#leaveRooms();
    }, LINGER_MS);
  }

  #leaveRooms(): void {
    const unwanted = [...this.#wanted].filter(([, wanting]) => wanting.size === 0).map(([name]) => name);
    const leaving = unwanted.filter((name) => !this.#leaving.has(name)).slice(0, LIMITS.topicsPerSubscribe);
    if (leaving.length === 0 || !this.#open) return;
    if (leaving.length < unwanted.length) this.#sweepSoon();
    for (const name of leaving) this.#leaving.add(name);
    this.#channel.emitWithAck('unsubscribe', { topics: leaving }, () => {
      for (const name of leaving) {
        this.#leaving.delete(name);
        if (this.#wanted.get(name)?.size === 0) this.#wanted.delete(name);
      }
      const held = this.#held;
      this.#held = [];
      for (const go of held) go();
    });
  }

  #pass(link: string, id: number, name: string, payload: unknown, look?: (ack: unknown) => void): void {
    const one = this.#links.get(link);
    if (!one) return;
    one.asked.set(id, this.#deps.timers.now());
    this.#channel.emitWithAck(name, payload, (ack) => {
      one.asked.delete(id);
      look?.(ack);
      if (this.#links.get(link) === one) this.#deps.tell(one.tab, { kind: 'ack', link, id, ack });
    });
  }

  #greet(link: string, tab: string): void {
    this.#deps.tell(tab, { kind: 'message', link, name: 'auth_success', payload: this.#greeting });
  }
}

const dataOf = (ack: unknown): unknown =>
  typeof ack === 'object' && ack !== null && 'data' in ack ? ack.data : null;

function rowsOf(holder: unknown): { topic: string; kind?: unknown }[] {
  const rows = typeof holder === 'object' && holder !== null && 'topics' in holder ? holder.topics : [];
  return Array.isArray(rows) ? rows.filter(isRow) : [];
}
