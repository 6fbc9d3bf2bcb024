import type { Signal } from '@almenara/events';
import type { FanOut, Lane } from '../flow/fan-out.ts';
import { Broadcast, type Connection, connectionId, eventMessage } from './engine.ts';
import type { Message } from './frames.ts';
import type { DeskNamespace } from './types.ts';

/** Signals in one packet: some kilobytes. */
const PACKET = 100;

interface Waiting {
  readonly signal: Signal & { readonly type: 'user_connected' | 'user_disconnected' };
  /** The connection that it is about, which is not told. */
  readonly but: string;
  readonly message: Message;
}

/**
 * What everybody in a namespace is told of the others. After a restart everybody comes at once, and each is news to all the
 * rest: what waits for its turn goes in one write, and what is not true any more does not go at all.
 */
export class Signals implements Lane {
  private readonly namespace: DeskNamespace;
  private readonly fanOut: FanOut;
  private waiting: Waiting[] = [];
  /** By what they are about: made when it is their turn, so that each says what is true then. */
  private readonly latest = new Map<string, () => Signal>();
  private readonly newcomers = new Map<Connection, () => Signal[]>();

  constructor(namespace: DeskNamespace, fanOut: FanOut) {
    this.namespace = namespace;
    this.fanOut = fanOut;
  }

  /** @param but the id of the connection that it is about */
  tell(signal: Waiting['signal'], but: string): void {
    const overtaken = this.takeOvertaken(signal);
    // Nobody has heard that they came.
    const came = overtaken.some((one) => one.signal.type === 'user_connected');
    if (came && signal.type === 'user_disconnected') return;
    this.waiting.push({ signal, but, message: this.message(signal) });
    this.fanOut.want(this);
  }

  /** Of what is about the same only the latest is told. */
  tellLatest(about: string, make: () => Signal): void {
    this.latest.set(about, make);
    this.fanOut.want(this);
  }

  tellOne(connection: Connection, signal: Signal): void {
    new Broadcast([this.message(signal)]).writeTo(connection);
  }

  /** Tells a newcomer what the others know, once with all who come in the same turn. */
  welcome(connection: Connection, make: () => Signal[]): void {
    this.newcomers.set(connection, make);
    this.fanOut.want(this);
  }

  sendNext(): boolean {
    if (this.waiting.length > 0) this.sendComings();
    else if (this.latest.size > 0) this.sendLatest();
    else this.sendWelcomes();
    return this.waiting.length > 0 || this.latest.size > 0 || this.newcomers.size > 0;
  }

  private sendComings(): void {
    const packet = this.waiting.splice(0, PACKET);
    const toAll = new Broadcast(packet.map(({ message }) => message));
    const own = new Set(packet.map(({ but }) => but));
    for (const socket of this.namespace.sockets.values()) {
      const id = connectionId(socket);
      if (!own.has(id)) toAll.writeTo(socket.conn);
      else {
        const others = packet.filter(({ but }) => but !== id).map(({ message }) => message);
        if (others.length > 0) new Broadcast(others).writeTo(socket.conn);
      }
    }
  }

  private sendLatest(): void {
    const packet = [...this.latest].slice(0, PACKET);
    for (const [about] of packet) this.latest.delete(about);
    const toAll = new Broadcast(packet.map(([, make]) => this.message(make())));
    for (const socket of this.namespace.sockets.values()) toAll.writeTo(socket.conn);
  }

  private sendWelcomes(): void {
    const made = new Map<() => Signal[], Broadcast>();
    for (const [connection, make] of this.newcomers) {
      const welcome = made.get(make) ?? new Broadcast(make().map((signal) => this.message(signal)));
      made.set(make, welcome);
      welcome.writeTo(connection);
    }
    this.newcomers.clear();
  }

  private message(signal: Signal): Message {
    return eventMessage(this.namespace.name, 'signal', JSON.stringify(signal));
  }

  /** What was said before of the same user; a second coming says nothing of the first. */
  private takeOvertaken({ type, data: { userId } }: Waiting['signal']): Waiting[] {
    if (type === 'user_connected') return [];
    const isOvertaken = ({ signal }: Waiting): boolean =>
      signal.type === 'user_connected' && signal.data.userId === userId;
    const overtaken = this.waiting.filter(isOvertaken);
    if (overtaken.length > 0) this.waiting = this.waiting.filter((one) => !isOvertaken(one));
    return overtaken;
  }
}
