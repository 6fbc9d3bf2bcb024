import { systemClock } from '../clock.ts';

/** A flush ends after this long, between two packets (ms). */
const FLUSH_MS = 10;
/** Less than this is not waited for: no timer is finer (ms). */
const GRAIN_MS = 1;

/** What has packets to send, in an order of its own. */
export interface Lane {
  /** Sends one packet to all its readers. @returns whether more waits */
  sendNext(): boolean;
}

export interface Pace {
  /** Milliseconds that only grow. */
  now(): number;
  /** Calls back once, when the loop has done what is ready. */
  soon(callback: () => void): void;
  /** Calls back once, after so many ms. */
  after(ms: number, callback: () => void): void;
}

const systemPace: Pace = {
  now: () => performance.now(),
  soon: (callback) => void setImmediate(callback),
  after: systemClock.after,
};

/**
 * Sends packets for at most half of the time: what a flush has taken of the event loop it leaves to others afterwards,
 * and what becomes ready meanwhile is joined by its lane. Lanes take turns, so that a busy one starves none. Where there
 * is nothing to make up for, a packet goes at once.
 */
export class FanOut {
  private readonly pace: Pace;
  /** In the order of their turns. */
  private readonly waiting = new Set<Lane>();
  private scheduled = false;
  /** What the loop was owed (ms) when the last flush ended, and when that was. */
  private debt = { ms: 0, at: 0 };

  constructor(pace = systemPace) {
    this.pace = pace;
  }

  /** To be called whenever a lane has something to send. */
  want(lane: Lane): void {
    this.waiting.add(lane);
    this.schedule();
  }

  /** Sends all that waits, without a pause: for whoever stops. */
  sendAll(): void {
    for (const lane of this.waiting) while (lane.sendNext());
    this.waiting.clear();
  }

  private schedule(): void {
    if (this.scheduled || this.waiting.size === 0) return;
    this.scheduled = true;
    const owed = this.owed(this.pace.now());
    const flush = (): void => this.flush();
    if (owed < GRAIN_MS) this.pace.soon(flush);
    else this.pace.after(owed, flush);
  }

  private owed(now: number): number {
    return Math.max(0, this.debt.ms - (now - this.debt.at));
  }

  private flush(): void {
    this.scheduled = false;
    const began = this.pace.now();
    const owed = this.owed(began);
    let now = began;
    for (const lane of this.waiting) {
      if (now - began >= FLUSH_MS) break;
      this.waiting.delete(lane);
      // At the end of the round, which this very loop goes on to.
      if (lane.sendNext()) this.waiting.add(lane);
      now = this.pace.now();
    }
    this.debt = { ms: owed + (now - began), at: now };
    this.schedule();
  }
}
