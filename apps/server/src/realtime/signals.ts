import { type Signal, signals } from '@almenara/events';
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
 * What everybody in a namespace is told of the others. After a restart everybody comes at once, and each is news to all the
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
    const overtaken = this.takeOvertaken(signal, but);
    // Nobody has heard that they came.
    const came = overtaken.some((one) => one.signal.type === 'user_connected');
    if (came && signal.type === 'user_disconnected') return;
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

  private takeOvertaken(signal: Signal, but: string): Waiting[] {
    if (signal.type === 'user_connected') return [];
    const overtaken = new Set(this.waiting.filter((one) => isOvertaken(one, signal, but)));
    if (overtaken.size > 0) this.waiting = this.waiting.filter((one) => !overtaken.has(one));
    return [...overtaken];
  }
}

/** What a client said before of the same; and whoever leaves says nothing any more. */
function isOvertaken({ signal: earlier, but }: Waiting, signal: Signal, about: string): boolean {
  if (signals[signal.type].from === 'client') return earlier.type === signal.type && but === about;
  return earlier.type !== 'user_disconnected' && earlier.data.userId === signal.data.userId;
}
