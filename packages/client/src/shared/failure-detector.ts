import type { Cancel, Timers } from '../timers.ts';

/** A tab that is looked at asks this often whether the leader is there. */
export const PING_MS = 1000;
/** A leader that has not answered after this is frozen: its place is taken. */
export const PATIENCE_MS = 1000;
/** As above, for a tab that has just been opened or turned to: somebody waits. */
export const IMPATIENCE_MS = 700;
/**
 * The leader may have been busy and not frozen, as tabs are that open together on a slow machine. So a tab that has
 * taken its place waits twice as long before it does so again, up to this many times; after a minute it is as before.
 */
const MOST_PATIENT = 8;
const IMPATIENT_AFTER_MS = 60_000;
/** A timer that is this late says that this tab was not running itself: the answer may lie unread. */
const ASLEEP_MS = 100;

export interface FailureDetectorDeps {
  readonly timers: Timers;
  /** Another tab leads, and somebody looks at this one: the timers of the others may be days late. */
  concerned(): boolean;
  /** Asks the leader whether it is there; false if that cannot be asked yet. */
  ask(): boolean;
  takeTheLead(): void;
}

/** Is the leader there? The browser tells when a tab is gone, but not when it is frozen: that shows by its silence. */
export class FailureDetector {
  readonly #deps: FailureDetectorDeps;
  #ping: Cancel | null = null;
  #timer: Cancel | null = null;
  #times = 1;
  #tookAt = 0;

  constructor(deps: FailureDetectorDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#ping = this.#deps.timers.setTimeout(() => {
      this.check(PATIENCE_MS);
      this.start();
    }, PING_MS);
  }

  stop(): void {
    this.#ping?.();
    this.answered();
  }

  check(patienceMs: number): void {
    if (this.#deps.concerned() && this.#deps.ask()) this.expectAnswer(patienceMs);
  }

  /** Something has been asked of the leader. */
  expectAnswer(patienceMs: number): void {
    if (this.#deps.concerned()) this.#wait(patienceMs, false);
  }

  /** The leader was heard, or is another one. */
  answered(): void {
    this.#timer?.();
    this.#timer = null;
  }

  #wait(patienceMs: number, again: boolean): void {
    if (this.#timer) return;
    const { timers, concerned, ask, takeTheLead } = this.#deps;
    const now = timers.now();
    if (now - this.#tookAt > IMPATIENT_AFTER_MS) this.#times = 1;
    const wait = patienceMs * this.#times;
    this.#timer = timers.setTimeout(() => {
      this.#timer = null;
      if (!concerned()) return;
      const late = timers.now() - now - wait;
      if (late > ASLEEP_MS && !again && ask()) return this.#wait(patienceMs, true);
      this.#times = Math.min(MOST_PATIENT, this.#times * 2);
      this.#tookAt = timers.now();
      takeTheLead();
    }, wait);
  }
}
