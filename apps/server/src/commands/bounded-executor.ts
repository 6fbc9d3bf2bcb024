import { Refused } from '../errors.ts';

/** How long anything waits before it is begun: what waits longer is told to come back, and nothing is half done. */
export const MOST_WAIT_MS = 2000;

export const stopping = (): Refused =>
  new Refused('unavailable', 'The server is stopping.', { retryAfterMs: 1000 });

/** @param retryAfterMs after that it would be begun soon */
export const tooMany = (retryAfterMs: number): Refused =>
  new Refused('unavailable', 'Too many commands are waiting.', {
    retryAfterMs: Math.round(Math.min(Math.max(retryAfterMs, 500), 5000)),
  });

interface Waiting {
  readonly begin: () => void;
  readonly giveUp: NodeJS.Timeout;
}

/** A queue before few places, bounded in length and in time. */
export class BoundedExecutor {
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private closed = false;
  private idle: (() => void)[] = [];
  private readonly places: number;
  private readonly bound: number;

  constructor(places: number, bound: number) {
    this.places = places;
    this.bound = bound;
  }

  get depth(): number {
    return this.waiting.length + this.running;
  }

  /** @throws Refused `unavailable` where it was not begun */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.closed) throw stopping();
    if (this.running >= this.places) {
      if (this.waiting.length >= this.bound) throw tooMany(500);
      await this.turn();
    } else {
      this.running += 1;
    }
    try {
      return await task();
    } finally {
      // The place goes to the next in line, or is given up.
      const next = this.waiting.shift();
      if (next) {
        clearTimeout(next.giveUp);
        next.begin();
      } else {
        this.release();
      }
    }
  }

  /** Takes nothing more and resolves when everything that was taken has been answered. */
  async drain(): Promise<void> {
    this.closed = true;
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private turn(): Promise<void> {
    return new Promise((begin, reject) => {
      const giveUp = setTimeout(() => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(tooMany(MOST_WAIT_MS));
      }, MOST_WAIT_MS);
      const waiting: Waiting = { begin, giveUp };
      this.waiting.push(waiting);
    });
  }

  private release(): void {
    this.running -= 1;
    if (this.running > 0) return;
    for (const resolve of this.idle) resolve();
    this.idle = [];
  }
}
