import type { Namespace } from '@almenara/events';
import type { Channel, ChannelEvent, HandshakeAuth } from '../port.ts';
import type { FromLeader } from './messages.ts';

type Sent =
  | {
      readonly kind: 'connect';
      readonly attempt: number;
      readonly namespace: Namespace;
      readonly auth: HandshakeAuth;
    }
  | { readonly kind: 'ask'; readonly id: number; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'tell'; readonly name: string; readonly payload: unknown }
  | { readonly kind: 'close' };

export interface TabChannelPort {
  send(channel: TabChannel, message: Sent): void;
  /** It will never send or hear again. */
  closed(channel: TabChannel): void;
}

/** A channel of this tab over the connection that the leader holds. */
export class TabChannel implements Channel {
  readonly id: string;
  readonly namespace: Namespace;
  readonly #port: TabChannelPort;
  readonly #replies = new Map<number, (ack: unknown) => void>();
  #listener: (event: ChannelEvent) => void = () => {};
  #auth: HandshakeAuth | null = null;
  /** The tab whose connection it is on, once it is open. */
  #leader: string | null = null;
  /** Which of that tab's connections. */
  #connectionId = '';
  #attempts = 0;
  #asked = 0;
  #closed = false;

  constructor(id: string, namespace: Namespace, port: TabChannelPort) {
    this.id = id;
    this.namespace = namespace;
    this.#port = port;
  }

  on(listener: (event: ChannelEvent) => void): void {
    this.#listener = listener;
  }

  connect(auth: HandshakeAuth): void {
    if (this.#closed) return;
    this.#auth = auth;
    this.#attempts += 1;
    this.#port.send(this, { kind: 'connect', attempt: this.#attempts, namespace: this.namespace, auth });
  }

  emitWithAck(name: string, payload: unknown, reply: (ack: unknown) => void): void {
    if (this.#leader === null || this.#closed) return;
    this.#asked += 1;
    this.#replies.set(this.#asked, reply);
    this.#port.send(this, { kind: 'ask', id: this.#asked, name, payload });
  }

  emitVolatile(name: string, payload: unknown): void {
    if (this.#leader !== null && !this.#closed) this.#port.send(this, { kind: 'tell', name, payload });
  }

  close(): void {
    if (this.#closed) return;
    if (this.#auth) this.#port.send(this, { kind: 'close' });
    this.#end();
  }

  /** Another tab leads: what was on the old connection is lost, and what waits for one asks again. */
  leaderIs(leader: string): void {
    if (this.#closed) return;
    if (this.#leader === null) this.callAgain();
    else this.standsWith(leader);
  }

  /** There is somebody to hear it now, which there may not have been before. */
  callAgain(): void {
    if (this.#leader === null && this.#auth) this.connect(this.#auth);
  }

  /** That tab leads. Should this channel think otherwise, nobody is at its other end. */
  standsWith(leader: string): void {
    if (this.#closed || this.#leader === null || this.#leader === leader) return;
    this.#over({ kind: 'closed', byServer: false });
  }

  heard(message: FromLeader): void {
    if (this.#closed) return;
    if (message.kind === 'open') {
      if (message.attempt !== this.#attempts || this.#leader !== null) return;
      this.#leader = message.leader;
      this.#connectionId = message.connectionId;
      this.#listener({ kind: 'open' });
      return;
    }
    // Of a connection that this channel is not on, or not any more.
    if (this.#leader !== null && this.#leader !== message.leader) return;
    switch (message.kind) {
      case 'message':
      case 'packet':
        if (
          this.#leader === null ||
          (message.kind === 'packet' && message.connectionId !== this.#connectionId)
        )
          return;
        return this.#listener({ kind: 'message', name: message.name, payload: message.payload });
      case 'ack': {
        const reply = this.#replies.get(message.id);
        this.#replies.delete(message.id);
        return reply?.(message.ack);
      }
      case 'refused':
        return this.#over({ kind: 'refused', data: message.data });
      case 'closed':
        return this.#over({ kind: 'closed', byServer: message.byServer });
    }
  }

  #over(event: ChannelEvent): void {
    this.#end();
    this.#listener(event);
  }

  #end(): void {
    this.#closed = true;
    this.#replies.clear();
    this.#port.closed(this);
  }
}
