import type { StockServer } from './stock-server.ts';

/** How long after levels have become low or have recovered the counts are asked for anew, in ms. */
const AFTER_MS = 2000;
/** The shortest time between two requests, however much happens. */
const APART_MS = 10_000;

/** How many levels of each zone are low, from the server: asked for anew when that has changed, and not more often than is read. */
export class StockFigures {
  readonly #server: StockServer;
  readonly #changed: () => void;
  #low: ReadonlyMap<string, number> = new Map();
  #levels: ReadonlyMap<string, number> = new Map();
  #wanted = false;
  #askedAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(server: StockServer, changed: () => void) {
    this.#server = server;
    this.#changed = changed;
  }

  /** By zone; empty until they have arrived. */
  get low(): ReadonlyMap<string, number> {
    return this.#low;
  }

  /** How many levels of products that stand on shelves each zone has. */
  get levels(): ReadonlyMap<string, number> {
    return this.#levels;
  }

  /** Starts asking, until `stop`. */
  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.#askAfter(0);
  }

  /** A level has become low or has recovered, or may have. */
  changed(): void {
    if (this.#wanted) this.#askAfter(AFTER_MS);
  }

  stop(): void {
    this.#wanted = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #askAfter(ms: number): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = null;
        void this.#ask();
      },
      Math.max(ms, this.#askedAt + APART_MS - performance.now()),
    );
  }

  async #ask(): Promise<void> {
    this.#askedAt = performance.now();
    try {
      const { zones } = await this.#server.figures();
      this.#low = new Map(zones.map(({ zone, low }) => [zone, low]));
      this.#levels = new Map(zones.map(({ zone, levels }) => [zone, levels]));
      if (this.#wanted) this.#changed();
    } catch {
      this.changed();
    }
  }
}
