/** How soon after something changed, and how often at most, in ms. */
const SOON_MS = 300;
export const AT_MOST_EVERY_MS = 5000;

interface RefresherPorts {
  readonly read: () => void;
  readonly isHidden: () => boolean;
}

/**
 * Reads again when what was read may have changed: soon after the first change, then once in a while as long as
 * changes go on, and not at all while nobody looks. It is made when the first read begins.
 */
export class Refresher {
  readonly #ports: RefresherPorts;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastAt = performance.now();
  #stale = false;

  constructor(ports: RefresherPorts) {
    this.#ports = ports;
  }

  changed(): void {
    this.#stale = true;
    if (this.#timer !== null || this.#ports.isHidden()) return;
    const wait = Math.max(SOON_MS, this.#lastAt + AT_MOST_EVERY_MS - performance.now());
    this.#timer = setTimeout(() => this.#read(), wait);
  }

  /** Somebody looks again, or no longer. */
  looked(): void {
    if (this.#ports.isHidden()) this.stop();
    else if (this.#stale) this.#read();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #read(): void {
    this.stop();
    this.#lastAt = performance.now();
    this.#stale = false;
    this.#ports.read();
  }
}
