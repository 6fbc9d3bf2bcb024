import type { Failure, Namespace, Refusal } from '@almenara/events';
import { waitMs } from './backoff.ts';
import type { Board } from './board.ts';
import { CONNECT_TIMEOUT_MS } from './connection.ts';
import { Lane, type LaneDeps, type LaneEnd, type LanePacket } from './lane.ts';
import type { Transport } from './port.ts';
import type { Cancel, Timers } from './timers.ts';

export interface SideLaneDeps extends LaneDeps {
  readonly timers: Timers;
  readonly random: () => number;
  packet(packet: LanePacket): void;
}

/** A namespace beside the primary: on the same connection, and only while a topic of it is followed. */
export class SideLane {
  readonly #namespace: Namespace;
  readonly #board: Board;
  readonly #deps: SideLaneDeps;
  #transport: Transport | null = null;
  #lane: Lane | null = null;
  #attached: Lane | null = null;
  /** The handshake's deadline, or the wait before the next. */
  #timer: Cancel | null = null;
  #failures = 0;
  #barred = false;

  constructor(namespace: Namespace, board: Board, deps: SideLaneDeps) {
    this.#namespace = namespace;
    this.#board = board;
    this.#deps = deps;
  }

  attach(transport: Transport): void {
    this.#transport = transport;
    this.refresh();
  }

  detach(): void {
    this.#transport = null;
    this.#failures = 0;
    this.#barred = false;
    this.#hangUp();
  }

  /** To be called when topics of it have been followed or left. */
  refresh(): void {
    if (!this.#transport || this.#barred) return;
    if (!this.#board.inUse) this.#hangUp();
    else if (!this.#lane && !this.#timer) this.#dial(this.#transport);
  }

  #hangUp(): void {
    this.#stopTimer();
    const lane = this.#lane;
    this.#lane = null;
    this.#attached = null;
    this.#board.detach();
    lane?.close();
  }

  #stopTimer(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #dial(transport: Transport): void {
    const lane = new Lane(this.#namespace, transport, this.#deps, {
      ready: ({ epoch }) => {
        this.#stopTimer();
        this.#failures = 0;
        if (lane === this.#attached) this.#board.heard({ epoch, heads: {} });
        else this.#board.attach(lane, epoch);
        this.#attached = lane;
      },
      packet: (packet) => this.#deps.packet(packet),
      ended: (end) => this.#ended(end),
    });
    this.#lane = lane;
    this.#timer = this.#deps.timers.setTimeout(() => lane.fail('timeout'), CONNECT_TIMEOUT_MS);
    lane.connect();
  }

  #ended(end: LaneEnd): void {
    this.#hangUp();
    const refusal = end.kind === 'refused' ? end.refusal : null;
    const error = refusal && finalOf(refusal);
    if (error) {
      this.#barred = true;
      this.#board.bar(error);
      return;
    }
    this.#failures += 1;
    this.#timer = this.#deps.timers.setTimeout(
      () => {
        this.#timer = null;
        this.refresh();
      },
      waitMs(this.#failures, refusal?.retryAfterMs, this.#deps.random()),
    );
  }
}

/** What a refused handshake means for the topics of the namespace; null if it may pass by itself. */
function finalOf({ code, message }: Refusal): Failure | null {
  switch (code) {
    case 'rate_limited':
    case 'too_many_connections':
    case 'unavailable':
      return null;
    case 'unauthenticated':
    case 'expired':
      return { code: 'unauthenticated', message };
    case 'forbidden':
    case 'protocol_mismatch':
      return { code: 'forbidden', message };
  }
}
