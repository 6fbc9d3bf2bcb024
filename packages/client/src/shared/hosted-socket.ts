import { LIMITS, type Namespace } from '@almenara/events';
import type { Channel, ChannelEvent } from '../port.ts';
import type { Cancel, Timers } from '../timers.ts';
import type { Said } from './messages.ts';

export interface HostedSocketDeps {
  readonly timers: Timers;
  tell(tab: string, message: Said): void;
  all(message: Said): void;
}

/** A channel of a tab that uses this socket. */
interface JoinedChannel {
  readonly tab: string;
  readonly attempt: number;
  /** When each request without an answer was passed on. */
  readonly asked: Map<number, number>;
}

/** A room that nobody has wanted for this long is left. Coming back to a page within it costs the server nothing. */
const LINGER_MS = 5000;

const isRow = (value: unknown): value is { topic: string; kind?: unknown } =>
  typeof value === 'object' && value !== null && 'topic' in value && typeof value.topic === 'string';

/** One namespace of the shared connection: which channels of tabs are on it, and which rooms they want. */
export class HostedSocket {
  readonly #namespace: Namespace;
  readonly #connectionId: string;
  /** To the server. */
  readonly #upstream: Channel;
  readonly #deps: HostedSocketDeps;
  readonly #channels = new Map<string, JoinedChannel>();
  /** Who wants which topic. A topic stays here, wanted by nobody, until its room has been left. */
  readonly #wanted = new Map<string, Set<string>>();
  readonly #leaving = new Set<string>();
  /** Subscribes that wait until a room has been left: the two must not overtake each other. */
  #held: (() => void)[] = [];
  #sweep: Cancel | null = null;
  #open = false;
  #greeting: unknown = null;

  constructor(namespace: Namespace, connectionId: string, upstream: Channel, deps: HostedSocketDeps) {
    this.#namespace = namespace;
    this.#connectionId = connectionId;
    this.#upstream = upstream;
    this.#deps = deps;
  }

  get empty(): boolean {
    return this.#channels.size === 0;
  }

  has(channelId: string): boolean {
    return this.#channels.has(channelId);
  }

  channelIdsOf(tab: string): string[] {
    return [...this.#channels].filter(([, one]) => one.tab === tab).map(([channelId]) => channelId);
  }

  join(channelId: string, tab: string, attempt: number): void {
    this.#channels.set(channelId, { tab, attempt, asked: new Map() });
    if (!this.#open) return;
    this.#deps.tell(tab, { kind: 'open', channelId, attempt, connectionId: this.#connectionId });
    if (this.#greeting !== null) this.#greet(channelId, tab);
  }

  leave(channelId: string): void {
    this.#channels.delete(channelId);
    for (const wanting of this.#wanted.values()) wanting.delete(channelId);
    this.#sweepSoon();
  }

  /** 0 if every request of the channel has its answer. */
  oldestAskMs(channelId: string): number {
    const asked = this.#channels.get(channelId)?.asked;
    const first = asked && asked.size > 0 ? Math.min(...asked.values()) : null;
    return first === null ? 0 : this.#deps.timers.now() - first;
  }

  heard(event: Extract<ChannelEvent, { kind: 'open' | 'message' }>): void {
    if (event.kind === 'open') {
      this.#open = true;
      for (const [channelId, { tab, attempt }] of this.#channels) {
        this.#deps.tell(tab, { kind: 'open', channelId, attempt, connectionId: this.#connectionId });
      }
    } else if (event.name === 'auth_success') {
      this.#greeting = event.payload;
      for (const [channelId, { tab }] of this.#channels) this.#greet(channelId, tab);
    } else {
      this.#deps.all({
        kind: 'packet',
        connectionId: this.#connectionId,
        namespace: this.#namespace,
        name: event.name,
        payload: event.payload,
      });
    }
  }

  end(event: Extract<ChannelEvent, { kind: 'refused' | 'closed' }>): void {
    const channels = [...this.#channels];
    this.close();
    for (const [channelId, { tab }] of channels) this.#deps.tell(tab, { ...event, channelId });
  }

  close(): void {
    this.#sweep?.();
    this.#channels.clear();
    this.#held = [];
    this.#upstream.close();
  }

  tellServer(name: string, payload: unknown): void {
    this.#upstream.emitVolatile(name, payload);
  }

  ask(channelId: string, id: number, name: string, payload: unknown): void {
    if (name === 'subscribe') this.#subscribe(channelId, id, payload);
    else if (name === 'unsubscribe') this.#unsubscribe(channelId, id, payload);
    else this.#pass(channelId, id, name, payload);
  }

  #subscribe(channelId: string, id: number, payload: unknown): void {
    const names = rowsOf(payload).map(({ topic }) => topic);
    if (names.some((name) => this.#leaving.has(name))) {
      this.#held.push(() => this.#subscribe(channelId, id, payload));
      return;
    }
    if (!this.has(channelId)) return;
    for (const name of names) this.#wanted.set(name, (this.#wanted.get(name) ?? new Set()).add(channelId));
    this.#pass(channelId, id, 'subscribe', payload, (ack) => this.#refusedOf(ack, channelId));
  }

  /** A refused subscribe has taken the connection out of the room: whoever else wants it must find out, by resuming. */
  #refusedOf(ack: unknown, channelId: string): void {
    for (const { topic, kind } of rowsOf(dataOf(ack))) {
      if (kind !== 'refused') continue;
      const wanting = this.#wanted.get(topic);
      wanting?.delete(channelId);
      for (const other of [...(wanting ?? [])]) this.#cut(other);
      this.#sweepSoon();
    }
  }

  #cut(channelId: string): void {
    const tab = this.#channels.get(channelId)?.tab;
    this.leave(channelId);
    if (tab !== undefined) this.#deps.tell(tab, { kind: 'closed', channelId, byServer: false });
  }

  #unsubscribe(channelId: string, id: number, payload: unknown): void {
    const tab = this.#channels.get(channelId)?.tab;
    const names =
      typeof payload === 'object' && payload !== null && 'topics' in payload ? payload.topics : [];
    for (const name of Array.isArray(names) ? names : []) this.#wanted.get(name)?.delete(channelId);
    if (tab !== undefined) this.#deps.tell(tab, { kind: 'ack', channelId, id, ack: { ok: true, data: {} } });
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
    this.#upstream.emitWithAck('unsubscribe', { topics: leaving }, () => {
      for (const name of leaving) {
        this.#leaving.delete(name);
        if (this.#wanted.get(name)?.size === 0) this.#wanted.delete(name);
      }
      const held = this.#held;
      this.#held = [];
      for (const go of held) go();
    });
  }

  #pass(channelId: string, id: number, name: string, payload: unknown, look?: (ack: unknown) => void): void {
    const one = this.#channels.get(channelId);
    if (!one) return;
    one.asked.set(id, this.#deps.timers.now());
    this.#upstream.emitWithAck(name, payload, (ack) => {
      one.asked.delete(id);
      look?.(ack);
      if (this.#channels.get(channelId) === one)
        this.#deps.tell(one.tab, { kind: 'ack', channelId, id, ack });
    });
  }

  #greet(channelId: string, tab: string): void {
    this.#deps.tell(tab, { kind: 'message', channelId, name: 'auth_success', payload: this.#greeting });
  }
}

const dataOf = (ack: unknown): unknown =>
  typeof ack === 'object' && ack !== null && 'data' in ack ? ack.data : null;

function rowsOf(holder: unknown): { topic: string; kind?: unknown }[] {
  const rows = typeof holder === 'object' && holder !== null && 'topics' in holder ? holder.topics : [];
  return Array.isArray(rows) ? rows.filter(isRow) : [];
}
