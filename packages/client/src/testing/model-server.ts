import {
  type Cursor,
  type Envelope,
  foldOf,
  parseTopic,
  type TopicAnswer,
  type TopicKey,
  type TopicParams,
} from '@almenara/events';
import type { HandChannel, HandNet, Request } from './hand-net.ts';

type Answer = TopicAnswer & { epoch: string };

/** A packet on its way to the client. Nothing passes a `barrier`, which is what an ordered connection gives. */
interface Down {
  readonly kind: 'events' | 'heads' | 'reply' | 'barrier';
  deliver(): void;
}

/** A request that the server has begun with: it is in the rooms, and reads and answers later. */
interface Begun {
  readonly request: Request;
  answer: unknown;
}

class Peer {
  readonly rooms = new Set<string>();
  readonly down: Down[] = [];
  readonly begun: Begun[] = [];
  readonly channel: HandChannel;
  accepted = false;

  constructor(channel: HandChannel) {
    this.channel = channel;
  }
}

/** The smallest server that keeps design §4: a log for each topic, rooms, cursors; and a network with no mercy. */
export class ModelServer {
  epoch = 'E1';
  readonly logs = new Map<string, Envelope[]>();
  readonly #floors = new Map<string, number>();
  readonly #net: HandNet;
  readonly #peers = new Map<HandChannel, Peer>();
  readonly #makeEvent: (topic: string, seq: number, history: string, commandId: string | null) => Envelope;
  readonly outcomes = new Map<string, unknown>();
  readonly executions: string[] = [];
  #histories = 1;

  constructor(net: HandNet, topics: readonly string[], makeEvent: ModelServer['makeEvent']) {
    this.#net = net;
    this.#makeEvent = makeEvent;
    for (const topic of topics) this.logs.set(topic, []);
  }

  get makeEvent() {
    return this.#makeEvent;
  }

  /** Open channels whose handshake has reached the server. */
  peers(): Peer[] {
    for (const connection of this.#net.connections) {
      for (const channel of connection.channels.values()) {
        if (channel.closed) this.#peers.delete(channel);
        else if (channel.auth && !this.#peers.has(channel)) this.#peers.set(channel, new Peer(channel));
      }
    }
    return [...this.#peers.values()];
  }

  accept(peer: Peer): void {
    peer.accepted = true;
    peer.channel.accept({ epoch: this.epoch });
  }

  log(topic: string): Envelope[] {
    const log = this.logs.get(topic);
    if (!log) throw new Error(`No topic ${topic}`);
    return log;
  }

  append(topic: string, count: number, commandId: string | null = null): void {
    const log = this.log(topic);
    const events: Envelope[] = [];
    for (let i = 0; i < count; i += 1) {
      const event = this.#makeEvent(topic, log.length + 1, `${this.epoch}.${this.#histories}`, commandId);
      log.push(event);
      events.push(event);
    }
    for (const peer of this.peers()) {
      if (peer.rooms.has(topic)) {
        peer.down.push({
          kind: 'events',
          deliver: () => peer.channel.say('events', structuredClone(events)),
        });
      }
    }
  }

  /** The oldest request arrives: rooms are joined and left, commands run. */
  begin(peer: Peer): void {
    const request = peer.channel.requests.shift();
    if (!request) return;
    const { topics } = payloadOf<{ topics: (string | { topic: string })[] }>(request);
    if (request.name === 'subscribe')
      for (const row of topics) peer.rooms.add(typeof row === 'string' ? row : row.topic);
    if (request.name === 'unsubscribe') for (const row of topics) peer.rooms.delete(String(row));
    if (request.name === 'create_client') this.#execute(request);
    peer.begun.push({ request, answer: null });
  }

  refuse(peer: Peer, code: string): void {
    const request = peer.channel.requests.shift();
    if (!request) return;
    const error = { code, message: code, retryAfterMs: 700 };
    peer.down.push({ kind: 'reply', deliver: () => request.reply({ ok: false, error }) });
  }

  /** Reads for the `index`-th request that has begun. */
  read(peer: Peer, index: number, limit: number): void {
    const begun = peer.begun[index % Math.max(1, peer.begun.length)];
    if (begun && !begun.answer) begun.answer = this.#answer(begun.request, limit);
  }

  /** Sends the answers that have been read. */
  send(peer: Peer): void {
    for (const begun of peer.begun.splice(0)) {
      const { request, answer } = begun;
      if (answer) peer.down.push({ kind: 'reply', deliver: () => request.reply(structuredClone(answer)) });
      else peer.begun.push(begun);
    }
  }

  deliver(peer: Peer): void {
    peer.down.shift()?.deliver();
  }

  /** All that waits on either side, in order. */
  serve(peer: Peer, limit: number): void {
    if (!peer.accepted) this.accept(peer);
    while (peer.channel.requests.length > 0) this.begin(peer);
    for (let i = 0; i < peer.begun.length; i += 1) this.read(peer, i, limit);
    this.send(peer);
    while (peer.down.length > 0) this.deliver(peer);
  }

  lose(peer: Peer, index: number): void {
    const packet = peer.down[index];
    if (packet && packet.kind !== 'barrier') peer.down.splice(index, 1);
  }

  repeat(peer: Peer, index: number): void {
    const packet = peer.down[index];
    if (packet?.kind === 'events') peer.down.splice(index, 0, packet);
  }

  swap(peer: Peer, index: number): void {
    const [one, two] = [peer.down[index], peer.down[index + 1]];
    if (one && two && one.kind !== 'barrier' && two.kind !== 'barrier') peer.down.splice(index, 2, two, one);
  }

  announce(peer: Peer, kind: 'heads' | 'barrier' = 'heads'): void {
    const heads = Object.fromEntries([...this.logs.keys()].map((topic) => [topic, this.log(topic).length]));
    const payload = { epoch: this.epoch, heads };
    peer.down.push({ kind, deliver: () => peer.channel.say('heads', payload) });
  }

  cut(): void {
    for (const peer of this.peers()) peer.channel.drop();
  }

  forgetUpTo(topic: string, seq: number): void {
    this.#floors.set(topic, Math.min(seq, this.log(topic).length));
  }

  /** Restored: the first `keep` events are what they were, the rest is gone. */
  #cutLogs(keep: (length: number) => number): void {
    this.#histories += 1;
    for (const [topic, log] of this.logs) {
      log.length = Math.min(log.length, keep(log.length));
      this.#floors.set(topic, 0);
    }
  }

  /** From another copy of the data that does not know it is one: the same epoch, other events. Connections end. */
  rewind(keep: (length: number) => number): void {
    this.cut();
    this.#cutLogs(keep);
  }

  /**
   * A new epoch. No live event of it may come to who has not been told: connections end, or the news goes out first,
   * or the rooms are emptied, and whoever asks learns it.
   */
  beginEpoch(keep: (length: number) => number, telling: 'close' | 'heads' | 'nothing'): void {
    if (telling === 'close') this.cut();
    this.#cutLogs(keep);
    this.epoch = `E${this.#histories}`;
    for (const peer of this.peers()) {
      if (!peer.accepted) continue;
      peer.down.splice(0, peer.down.length, ...peer.down.filter(({ kind }) => kind !== 'events'));
      if (telling === 'nothing') peer.rooms.clear();
      else this.announce(peer, 'barrier');
    }
  }

  /** What the tables would show. */
  truth(topic: string): unknown {
    const { key, params } = meaning(topic);
    const fold = foldOf(key);
    return fold.view(fold.fold(fold.empty(params), this.log(topic)));
  }

  #execute(request: Request): void {
    const { commandId } = payloadOf<{ commandId: string }>(request);
    if (this.outcomes.has(commandId)) return;
    this.executions.push(commandId);
    this.append('clients', 1, commandId);
    this.outcomes.set(commandId, { client: { id: commandId } });
  }

  #answer(request: Request, limit: number): unknown {
    switch (request.name) {
      case 'subscribe': {
        const { topics } = payloadOf<{ topics: { topic: string; cursor?: Cursor }[] }>(request);
        const rows = topics.map(({ topic, cursor }) => this.#past(topic, cursor, limit));
        return { ok: true, data: { epoch: this.epoch, topics: rows } };
      }
      case 'catch_up': {
        const { topic, cursor } = payloadOf<{ topic: string; cursor: Cursor }>(request);
        return { ok: true, data: this.#past(topic, cursor, limit) };
      }
      case 'create_client': {
        const { commandId } = payloadOf<{ commandId: string }>(request);
        return { ok: true, data: this.outcomes.get(commandId), at: { clients: this.log('clients').length } };
      }
      default:
        return { ok: true, data: {} };
    }
  }

  #past(topic: string, cursor: Cursor | undefined, limit: number): Answer {
    const log = this.log(topic);
    const { epoch } = this;
    const head = log.length;
    const reason = this.#whyReset(topic, cursor);
    if (reason || !cursor) {
      return { topic, epoch, kind: 'reset', reason: reason ?? 'new', head, snapshot: this.truth(topic) };
    }
    const events = log.slice(cursor.seq, cursor.seq + limit);
    return { topic, epoch, kind: 'delta', head, events, more: cursor.seq + events.length < head };
  }

  #whyReset(topic: string, cursor: Cursor | undefined) {
    const log = this.log(topic);
    if (!cursor) return 'new';
    if (cursor.epoch !== this.epoch) return 'epoch';
    if (cursor.seq > log.length) return 'ahead';
    if (cursor.seq < (this.#floors.get(topic) ?? 0)) return 'expired';
    if (cursor.id !== undefined && log[cursor.seq - 1]?.id !== cursor.id) return 'history';
    return null;
  }
}

function meaning(topic: string): { key: TopicKey; params: TopicParams } {
  const parsed = parseTopic(topic);
  if (!parsed) throw new Error(`No topic ${topic}`);
  return parsed;
}

/** The client is what is tested: it is taken to send what it should, and a test fails where it does not. */
const payloadOf = <T>(request: Request): T => request.payload as T;
