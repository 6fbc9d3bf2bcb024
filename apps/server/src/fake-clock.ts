import type { Clock } from './clock.ts';

/** Time that stands still until a test lets it go on. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly timers = new Map<() => void, number>();

  now(): Date {
    return new Date(this.time);
  }

  after(ms: number, callback: () => void): () => void {
    this.timers.set(callback, this.time + ms);
    return () => this.timers.delete(callback);
  }

  advance(ms: number): void {
    this.time += ms;
    for (const [callback, due] of [...this.timers]) {
      if (due > this.time || !this.timers.delete(callback)) continue;
      callback();
    }
  }

  get pending(): number {
    return this.timers.size;
  }
}
