import type { Clock } from '../clock.ts';

/** How long a hole may stand before the log is asked: two commits' callbacks swap places within far less. */
const HOLE_MS = 20;
/** Events held behind a hole. More than this and the log is the cheaper place to take them from. */
const HELD_MAX = 1000;

/** What has its place in a topic. */
interface Placed {
  readonly seq: number;
}

export interface GatePorts<E extends Placed> {
  readonly clock: Clock;
  /** The events after `after`, oldest first, at most `readSize` of them. */
  read(after: number): Promise<E[]>;
  readonly readSize: number;
  /** Called with consecutive events, each exactly once, in order. */
  publish(events: E[]): void;
  failed(error: unknown): void;
}

/**
 * Lets only `published + 1` through: commits' callbacks run in any order, other nodes' announcements and the sweep
 * repeat what is known, and a node may die before it announces anything. Drops what is older, holds what is newer.
 */
export class Gate<E extends Placed> {
  /** Null until `open`: what comes before that is only held. */
  private position: number | null = null;
  private readonly held = new Map<number, E>();
  private readonly ports: GatePorts<E>;
  private cancelHole: (() => void) | null = null;
  private filling = false;
  private closed = false;

  constructor(ports: GatePorts<E>) {
    this.ports = ports;
  }

  /** Where the topic stands for whoever follows it through this gate; null before it is open. */
  get published(): number | null {
    return this.position;
  }

  /** Begins after event `head`: everything up to there is read from the log. */
  open(head: number): void {
    this.position = head;
    this.forgetOld();
    this.release();
  }

  accept(events: readonly E[]): void {
    if (this.closed) return;
    for (const event of events) {
      if (event.seq <= (this.position ?? 0)) continue;
      // What is not behind a hole need not be held: one commit may bring more than that.
      if (this.held.size >= HELD_MAX) this.release();
      if (this.held.size < HELD_MAX) this.held.set(event.seq, event);
    }
    this.release();
  }

  /** What the log's head is said to be; a gate that is behind fetches what it lacks. */
  hint(head: number): void {
    if (this.position !== null && head > this.position) void this.fill();
  }

  close(): void {
    this.closed = true;
    this.cancelHole?.();
    this.cancelHole = null;
    this.held.clear();
  }

  private release(): void {
    if (this.position === null || this.closed) return;
    const ready: E[] = [];
    for (;;) {
      const next = this.held.get(this.position + 1);
      if (!next) break;
      this.held.delete(next.seq);
      this.position = next.seq;
      ready.push(next);
    }
    if (ready.length > 0) this.ports.publish(ready);
    this.watchHole();
  }

  private forgetOld(): void {
    for (const seq of this.held.keys()) {
      if (seq <= (this.position ?? 0)) this.held.delete(seq);
    }
  }

  private watchHole(): void {
    if (this.held.size === 0) {
      this.cancelHole?.();
      this.cancelHole = null;
      return;
    }
    this.cancelHole ??= this.ports.clock.after(HOLE_MS, () => {
      this.cancelHole = null;
      void this.fill();
    });
  }

  private async fill(): Promise<void> {
    if (this.filling) return;
    this.filling = true;
    try {
      for (;;) {
        if (this.position === null || this.closed) return;
        const events = await this.ports.read(this.position);
        this.forgetOld();
        const before = this.position;
        for (const event of events) {
          if (event.seq > before) this.held.set(event.seq, event);
        }
        this.release();
        if (events.length < this.ports.readSize) return;
      }
    } catch (error) {
      this.ports.failed(error);
    } finally {
      this.filling = false;
    }
  }
}
