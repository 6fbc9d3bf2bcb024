import { EmbeddedPostgresError } from './embedded-error.ts';
import type { Run } from './embedded-launch.ts';
import type { PostgresLine } from './embedded-log.ts';

export interface SupervisorPorts {
  /** Starts it on the same data and address; resolves when it takes connections. `signal` gives the start up. */
  start(signal: AbortSignal): Promise<Run>;
  /** Ends it; resolves when it is gone. */
  stop(run: Run, withinMs: number): Promise<void>;
  /** Ends one that does not listen to anything any more. */
  kill(run: Run): void;
  isUsable(): Promise<boolean>;
  tell(line: PostgresLine): void;
  /** Resolves after `ms`, or when the signal comes. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** It could not be started again. Called once, and not while it is being stopped. */
  gaveUp(error: EmbeddedPostgresError): void;
  /** How long it is tried to start it again, from its end on. */
  readonly patienceMs: number;
}

/** One that runs for less has not recovered: the next start waits longer. */
const STABLE_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
/** How often it is asked whether it lets anybody in, and for how long it may not: a recovery takes minutes at most. */
const USABLE_EVERY_MS = 30_000;
const UNUSABLE_MS = 300_000;

/**
 * Keeps a PostgreSQL running: one that ends without being told to is started again, the first time at once; one that
 * runs and lets nobody in for minutes (frozen, stuck) is ended first.
 */
export class Supervisor {
  readonly #ports: SupervisorPorts;
  #run: Run;
  #startedAt = performance.now();
  /** Ends in a row, of starts and of those that ran for a short time only. */
  #ends = 0;
  #restarting: Promise<void> | null = null;
  #stopped: Promise<void> | null = null;
  readonly #stopping = new AbortController();

  constructor(run: Run, ports: SupervisorPorts) {
    this.#run = run;
    this.#ports = ports;
    this.#watch();
  }

  stop(withinMs: number): Promise<void> {
    this.#stopped ??= this.#stop(withinMs);
    return this.#stopped;
  }

  async #stop(withinMs: number): Promise<void> {
    this.#stopping.abort();
    const deadline = performance.now() + withinMs;
    await this.#restarting;
    await this.#ports.stop(this.#run, Math.max(0, deadline - performance.now()));
  }

  #watch(): void {
    const run = this.#run;
    let usableAt = performance.now();
    const watchdog = setInterval(async () => {
      if (await this.#ports.isUsable()) usableAt = performance.now();
      if (performance.now() - usableAt < UNUSABLE_MS || this.#stopping.signal.aborted) return;
      this.#ports.tell({ level: 'error', text: 'PostgreSQL has let nobody in for minutes and is killed.' });
      this.#ports.kill(run);
    }, USABLE_EVERY_MS);
    watchdog.unref();
    void run.ended.then((code) => {
      clearInterval(watchdog);
      if (this.#stopping.signal.aborted) return;
      const how = run.child.signalCode ?? `code ${code}`;
      this.#ports.tell({
        level: 'error',
        text: `PostgreSQL ended by itself (${how}): ${lastLines(run.output())}`,
      });
      if (performance.now() - this.#startedAt > STABLE_MS) this.#ends = 0;
      this.#restarting = this.#restart(run.output()).finally(() => {
        this.#restarting = null;
      });
    });
  }

  async #restart(said: string): Promise<void> {
    const { start, tell, gaveUp, patienceMs } = this.#ports;
    const ended = performance.now();
    let reason = said;
    do {
      await this.#pause(this.#ends);
      if (this.#stopping.signal.aborted) return;
      this.#ends += 1;
      try {
        this.#run = await start(this.#stopping.signal);
      } catch (error) {
        reason = error instanceof Error ? error.message : String(error);
        continue;
      }
      this.#startedAt = performance.now();
      if (this.#stopping.signal.aborted) return;
      tell({ level: 'warn', text: `PostgreSQL runs again after ${Math.round(this.#startedAt - ended)} ms.` });
      this.#watch();
      return;
    } while (performance.now() - ended < patienceMs);
    if (this.#stopping.signal.aborted) return;
    gaveUp(
      new EmbeddedPostgresError(
        `PostgreSQL ended, and could not be started again within ${Math.round(patienceMs / 1000)} s. Its last lines:\n${lastLines(reason)}`,
      ),
    );
  }

  async #pause(ends: number): Promise<void> {
    if (ends === 0) return;
    const ms = Math.min(FIRST_PAUSE_MS * 2 ** (ends - 1), LONGEST_PAUSE_MS);
    await this.#ports.pause(ms, this.#stopping.signal);
  }
}

const lastLines = (text: string): string => text.split('\n').slice(-15).join('\n');
