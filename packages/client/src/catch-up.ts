import { waitMs } from './backoff.ts';
import type { Cancel, Timers } from './timers.ts';
import type { Reply } from './wire.ts';

/** Events of one topic may overtake each other for this long before the log is asked. */
const HOLE_WAIT_MS = 250;

export interface CatchUpDeps {
  readonly timers: Timers;
  readonly random: () => number;
  /** `urgent`: whether an answer comes tells whether anybody is there. */
  ask(urgent: boolean, done: (reply: Reply) => void): void;
  answered(reply: Reply): void;
}

/** When to ask the log for what is missing: at once, after a hole's wait, or after a backoff; one ask at a time. */
export class CatchUp {
  readonly #deps: CatchUpDeps;
  #timer: Cancel | null = null;
  /** Of the ask that is on its way; 0 if none is. */
  #asking = 0;
  #asked = 0;
  /** Asks in a row that failed or brought nothing. */
  #failures = 0;

  constructor(deps: CatchUpDeps) {
    this.#deps = deps;
  }

  get asking(): boolean {
    return this.#asking !== 0;
  }

  /** The answer to what has been asked comes too late. */
  stop(): void {
    this.notNeeded();
    this.#asking = 0;
    this.#failures = 0;
  }

  progressed(): void {
    this.#failures = 0;
    this.notNeeded();
  }

  fruitless(): void {
    this.#failures += 1;
  }

  notNeeded(): void {
    this.#timer?.();
    this.#timer = null;
  }

  soon(): void {
    if (this.#timer || this.asking) return;
    this.#in(this.#failures === 0 ? HOLE_WAIT_MS : waitMs(this.#failures, undefined, this.#deps.random()));
  }

  failed(retryAfterMs: number | undefined): void {
    this.#failures += 1;
    this.#in(waitMs(this.#failures, retryAfterMs, this.#deps.random()));
  }

  now(urgent: boolean): void {
    this.notNeeded();
    this.#asked += 1;
    const ask = this.#asked;
    this.#asking = ask;
    this.#deps.ask(urgent, (reply) => {
      if (ask !== this.#asking) return;
      this.#asking = 0;
      this.#deps.answered(reply);
    });
  }

  #in(ms: number): void {
    this.notNeeded();
    this.#timer = this.#deps.timers.setTimeout(() => this.now(false), ms);
  }
}
