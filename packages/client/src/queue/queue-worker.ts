import { isTransient } from '@almenara/events';
import { CommandFailed } from '../failure.ts';
import type { Report } from '../observable.ts';
import type { Locks } from '../shared/ports.ts';
import type { Cancel, Timers } from '../timers.ts';
import type { QueuedCommand } from './entry.ts';

/** Another tab that has the turn and brings nothing to an end for this long is frozen. */
const PATIENCE_MS = 20_000;
/** Tabs that wait for one turn do not lose their patience all at once. */
const SPREAD_MS = 10_000;

export interface QueueWorkerDeps {
  readonly locks: Locks | null;
  readonly lockName: string;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly report: Report;
  /** Whether anything can be sent now. */
  open(): boolean;
  /** The next to go, marked as sent; null if there is none. */
  next(): Promise<QueuedCommand | null>;
  send(command: QueuedCommand, signal: AbortSignal): Promise<unknown>;
  done(command: QueuedCommand, output: unknown): Promise<void>;
  failed(command: QueuedCommand, error: CommandFailed): Promise<void>;
}

/** Sends what waits, one after the other; of all tabs, the one that has the lock. */
export class QueueWorker {
  readonly #deps: QueueWorkerDeps;
  #running: AbortController | null = null;
  #again = false;
  #started = false;
  #patience: Cancel | null = null;
  /** Takes the turn from the tab that has it; null while this one does not wait for it. */
  #steal: (() => void) | null = null;

  constructor(deps: QueueWorkerDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#started = true;
  }

  stop(): void {
    this.#started = false;
    this.#running?.abort();
    this.#keepWaiting();
  }

  /** Something of the queue has come to an end: whoever has the turn is alive. */
  progressed(): void {
    if (this.#steal) this.#stealLater(this.#steal);
  }

  /** To be called whenever there may be something to send. */
  go(): void {
    if (!this.#started || !this.#deps.open()) return;
    if (this.#running) {
      this.#again = true;
      return;
    }
    const turn = new AbortController();
    this.#running = turn;
    this.#again = false;
    this.#inTurn(turn)
      .catch(this.#deps.report)
      .finally(() => {
        this.#running = null;
        this.#keepWaiting();
        if (this.#again) this.go();
      });
  }

  async #inTurn(turn: AbortController): Promise<void> {
    const { locks, lockName } = this.#deps;
    if (!locks) return this.#sendAll(turn.signal);
    let has = false;
    const held = async (): Promise<void> => {
      has = true;
      this.#keepWaiting();
      await this.#sendAll(turn.signal);
    };
    const waiting = new AbortController();
    turn.signal.addEventListener('abort', () => waiting.abort(), { once: true });
    let stealing = false;
    this.#stealLater(() => {
      stealing = true;
      waiting.abort();
    });
    try {
      await locks.request(lockName, { signal: waiting.signal }, held);
    } catch (error) {
      // The turn was taken from us: what we had sent is settled by its id, whoever goes on.
      if (has) return turn.abort();
      if (turn.signal.aborted) return;
      if (!stealing) throw error;
      await locks.request(lockName, { steal: true }, held).catch(() => turn.abort());
    }
  }

  #stealLater(steal: () => void): void {
    const { timers, random } = this.#deps;
    this.#patience?.();
    this.#steal = steal;
    this.#patience = timers.setTimeout(steal, PATIENCE_MS + random() * SPREAD_MS);
  }

  #keepWaiting(): void {
    this.#patience?.();
    this.#patience = null;
    this.#steal = null;
  }

  async #sendAll(signal: AbortSignal): Promise<void> {
    const { open, next, send, done, failed } = this.#deps;
    while (!signal.aborted && open()) {
      const command = await next();
      if (!command) return;
      try {
        const output = await send(command, signal);
        await done(command, output);
      } catch (error) {
        if (!(error instanceof CommandFailed)) throw error;
        // It stays where it is and goes with the next connection, or when somebody is signed in again.
        if (signal.aborted || !isFinal(error)) return;
        await failed(command, error);
      }
    }
  }
}

/** Errors that say that it cannot go, rather than that it could not go now. */
const isFinal = ({ code, outcome }: CommandFailed): boolean =>
  code === 'internal' ? outcome === 'unknown' : !isTransient(code) && code !== 'unauthenticated';
