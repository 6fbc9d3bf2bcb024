import type { Cancel, Timers } from '../timers.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** Time that passes when a test says so. */
export class FakeTimers implements Timers {
  #now = Date.UTC(2026, 0, 1);
  readonly #waiting = new Set<Timer>();

  get pending(): number {
    return this.#waiting.size;
  }

  /** In ms from now; null if nothing waits. */
  get next(): number | null {
    const timer = this.#first();
    return timer ? Math.max(0, timer.at - this.#now) : null;
  }

  now(): number {
    return this.#now;
  }

  setTimeout(run: () => void, ms: number): Cancel {
    const timer = { at: this.#now + ms, run };
    this.#waiting.add(timer);
    return () => {
      this.#waiting.delete(timer);
    };
  }

  /** Runs what comes due in between, each at its time. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let timer = this.#first(); timer && timer.at <= end; timer = this.#first()) {
      this.#now = Math.max(this.#now, timer.at);
      this.#waiting.delete(timer);
      timer.run();
    }
    this.#now = end;
  }

  /** As a laptop does that is closed: what came due in between comes late, with the next `advance`. */
  sleep(ms: number): void {
    this.#now += ms;
  }

  #first(): Timer | null {
    let first: Timer | null = null;
    for (const timer of this.#waiting) if (!first || timer.at < first.at) first = timer;
    return first;
  }
}
