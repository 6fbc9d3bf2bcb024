import { constants } from 'node:os';

export interface ShutdownPorts {
  /** How long stopping may take in all, in milliseconds. */
  readonly withinMs: number;
  /** Told of what did not end in time, or not cleanly. */
  failed(error: unknown): void;
  exit(code: number): void;
}

interface Part {
  readonly name: string;
  /** Closes it, if it can within `ms`. */
  close(ms: number): Promise<void>;
  /** Ends it now and without a wait, so that nothing is left behind. */
  kill(): void;
}

/** One Ctrl-C reaches a server twice where a package manager, or a service manager, passes it on. */
const SAME_SIGNAL_MS = 300;
/** What is closed first leaves this share of the time to the rest: the database has to be stopped after all others. */
const SHARE = 0.6;

/**
 * Ends the process in order: what was opened last is closed first, all within one time. What does not end by then is
 * killed, and so is everything at a second signal: a server that hangs can always be stopped, and leaves nothing behind.
 */
export class Shutdown {
  readonly #ports: ShutdownPorts;
  readonly #parts: Part[] = [];
  readonly #asked = new AbortController();
  #askedAt = 0;

  constructor(ports: ShutdownPorts) {
    this.#ports = ports;
  }

  /** Aborted once the process is to end: whatever is still starting gives up. */
  get signal(): AbortSignal {
    return this.#asked.signal;
  }

  listen(): void {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.asked(name));
  }

  /** The part is to be closed before all that were added earlier. */
  add(name: string, close: Part['close'], kill: Part['kill'] = () => {}): void {
    this.#parts.push({ name, close, kill });
  }

  asked(name: 'SIGINT' | 'SIGTERM'): void {
    if (!this.signal.aborted) {
      void this.end(0);
      return;
    }
    if (performance.now() - this.#askedAt < SAME_SIGNAL_MS) return;
    this.#kill();
    this.#ports.exit(128 + constants.signals[name]);
  }

  /** Closes everything and ends the process, with `code` if all went well. Never rejects. */
  async end(code: number): Promise<void> {
    if (this.signal.aborted) return;
    this.#askedAt = performance.now();
    this.#asked.abort(new Error('The server is stopping.'));
    const deadline = this.#askedAt + this.#ports.withinMs;
    let isClean = true;
    // What is being started meanwhile gives up, or is added in time to be closed too.
    for (let part = this.#parts.at(-1); part !== undefined; part = this.#parts.at(-1)) {
      const left = Math.max(0, deadline - performance.now());
      const ms = this.#parts.length > 1 ? left * SHARE : left;
      if (!(await this.#close(part, ms))) {
        isClean = false;
        part.kill();
      }
      this.#parts.splice(this.#parts.indexOf(part), 1);
    }
    this.#ports.exit(isClean ? code : code || 1);
  }

  async #close(part: Part, ms: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const why = new Error(`${part.name} did not stop in ${(ms / 1000).toFixed(1)} s`);
      timer = setTimeout(() => reject(why), ms);
    });
    try {
      await Promise.race([part.close(ms), late]);
      return true;
    } catch (error) {
      this.#ports.failed(error);
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  #kill(): void {
    for (const part of this.#parts) part.kill();
  }
}
