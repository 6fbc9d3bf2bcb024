import type { Locks } from './ports.ts';

/**
 * One of the tabs leads: the one that holds a lock. The browser hands it on when a tab closes or crashes; from a tab
 * that is there but does not answer it can be stolen.
 */
export class Leadership {
  readonly #locks: Locks;
  readonly #name: string;
  readonly #lead: () => () => void;
  /** What is wanted of the lock now; requests of before find that they are stale. */
  #turn = 0;
  #waiting: AbortController | null = null;
  #release: (() => void) | null = null;
  #stepDown: (() => void) | null = null;

  /** `lead` is called when the lock has been got, and what it returns when it is gone. */
  constructor(locks: Locks, name: string, lead: () => () => void) {
    this.#locks = locks;
    this.#name = name;
    this.#lead = lead;
  }

  get leads(): boolean {
    return this.#stepDown !== null;
  }

  /** Leads as soon as nobody else does. */
  start(): void {
    if (this.#waiting || this.leads) return;
    this.#waiting = new AbortController();
    this.#request({ signal: this.#waiting.signal });
  }

  /** Leads now. Whoever led is told by the browser, should it ever run again. */
  steal(): void {
    if (this.leads) return;
    this.#forget();
    this.#request({ steal: true });
  }

  stop(): void {
    this.#forget();
    this.#end();
  }

  #forget(): void {
    this.#turn += 1;
    this.#waiting?.abort();
    this.#waiting = null;
  }

  #request(options: { steal?: boolean; signal?: AbortSignal }): void {
    const turn = ++this.#turn;
    const held = (): Promise<void> => {
      if (turn !== this.#turn) return Promise.resolve();
      this.#waiting = null;
      return new Promise((resolve) => {
        this.#release = resolve;
        this.#stepDown = this.#lead();
      });
    };
    this.#locks.request(this.#name, options, held).then(
      () => {},
      (error: unknown) => {
        if (turn !== this.#turn) return;
        this.#forget();
        this.#end();
        // Stolen from us: this tab waits again, behind the new leader. Any other error would only come again.
        if (error instanceof DOMException && error.name === 'AbortError') this.start();
      },
    );
  }

  #end(): void {
    const [stepDown, release] = [this.#stepDown, this.#release];
    this.#stepDown = null;
    this.#release = null;
    stepDown?.();
    release?.();
  }
}
