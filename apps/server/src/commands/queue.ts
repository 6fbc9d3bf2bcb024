import { Refused } from '../errors.ts';

/** A bounded queue before few writers: past its bound a caller is told to come back, and nothing is half done. */
export class CommandQueue {
  private readonly waiting: (() => void)[] = [];
  private running = 0;
  private closed = false;
  private idle: (() => void)[] = [];
  private readonly writers: number;
  private readonly bound: number;

  constructor(writers: number, bound: number) {
    this.writers = writers;
    this.bound = bound;
  }

  get depth(): number {
    return this.waiting.length + this.running;
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.closed) throw new Refused('unavailable', 'The server is stopping.', { retryAfterMs: 1000 });
    if (this.running >= this.writers) {
      if (this.waiting.length >= this.bound) {
        throw new Refused('unavailable', 'Too many commands are waiting.', { retryAfterMs: 500 });
      }
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else {
      this.running += 1;
    }
    try {
      return await task();
    } finally {
      // The place goes to the next in line, or is given up.
      const next = this.waiting.shift();
      if (next) next();
      else this.release();
    }
  }

  /** Takes nothing more and resolves when everything that was taken has been answered. */
  async drain(): Promise<void> {
    this.closed = true;
    if (this.running > 0) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private release(): void {
    this.running -= 1;
    if (this.running > 0) return;
    for (const resolve of this.idle) resolve();
    this.idle = [];
  }
}
