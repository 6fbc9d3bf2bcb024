import type { Signal } from '@almenara/events';
import type { FanOut, Lane } from '../flow/fan-out.ts';
import { Broadcast, connectionId, eventMessage } from './engine.ts';
import type { Message } from './frames.ts';
import type { DeskNamespace } from './types.ts';

/** Signals in one packet: some kilobytes. */
const PACKET = 100;

interface Waiting {
  readonly signal: Signal;
  /** The connection that it is about, which is not told. */
  readonly but: string;
  readonly message: Message;
}

/**
 * What everybody at the desk is told of the others. After a restart everybody comes at once, and each is news to all the
 * rest: what waits for its turn goes in one write, and what is not true any more does not go at all.
 */
export class Signals implements Lane {
  private readonly namespace: DeskNamespace;
  private readonly fanOut: FanOut;
  private waiting: Waiting[] = [];

  constructor(namespace: DeskNamespace, fanOut: FanOut) {
    this.namespace = namespace;
    this.fanOut = fanOut;
  }

  /** @param but the id of the connection that it is about */
  tell(signal: Signal, but: string): void {
    const news = signal.type === 'user_connected';
    const before = news ? -1 : this.waiting.findIndex((one) => isOvertaken(one, signal, but));
    if (before !== -1) this.waiting.splice(before, 1);
    // Nobody has heard that they came.
    if (before !== -1 && signal.type === 'user_disconnected') return;
    const message = eventMessage(this.namespace.name, 'signal', JSON.stringify(signal));
    this.waiting.push({ signal, but, message });
    this.fanOut.want(this);
  }

  sendNext(): boolean {
    const packet = this.waiting.splice(0, PACKET);
    if (packet.length === 0) return false;
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
    return this.waiting.length > 0;
  }
}

const isOvertaken = ({ signal: earlier, but }: Waiting, signal: Signal, now: string): boolean =>
  signal.type === 'viewing'
    ? earlier.type === 'viewing' && but === now
    : signal.type === 'user_disconnected' &&
      earlier.type === 'user_connected' &&
      earlier.data.userId === signal.data.userId;
