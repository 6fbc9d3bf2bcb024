import type { Level } from '@almenara/events';

export interface AskedLevelsDeps {
  /** All levels of these products. */
  ask(productIds: readonly string[]): Promise<readonly Level[]>;
  /** Of how many products one answer holds all levels. */
  perRequest(): number;
  /** Where levels come from: topics bring all there are, they are asked for, or that is not known yet. */
  source(): 'topics' | 'server' | 'unknown';
  take(levels: readonly Level[]): void;
  /** No component shows this product any more. */
  left(productId: string): void;
}

/** How many questions are on their way at a time: an order of hundreds of lines is no reason to hold up others. */
const AT_ONCE = 4;
const AGAIN_MS = 5000;

/** The levels of products that somebody looks at, asked for once however many do; their changes are heard of live. */
export class AskedLevels {
  readonly #deps: AskedLevelsDeps;
  readonly #wanted = new Map<string, number>();
  readonly #known = new Set<string>();
  readonly #listeners = new Set<() => void>();
  #queue = new Set<string>();
  #asking = 0;
  #soon = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(deps: AskedLevelsDeps) {
    this.#deps = deps;
  }

  /** Until the returned function is called. */
  want(productIds: readonly string[]): () => void {
    for (const id of productIds) {
      this.#wanted.set(id, (this.#wanted.get(id) ?? 0) + 1);
      if (!this.#known.has(id)) this.#queue.add(id);
    }
    this.#askSoon();
    let done = false;
    return () => {
      if (done) return;
      done = true;
      for (const id of productIds) {
        const others = (this.#wanted.get(id) ?? 0) - 1;
        if (others > 0) this.#wanted.set(id, others);
        else {
          this.#wanted.delete(id);
          this.#queue.delete(id);
          // Asked again when it is wanted next: without listeners, nobody notices that another zone receives
          // the product.
          this.#known.delete(id);
          this.#deps.left(id);
        }
      }
    };
  }

  wants(productId: string): boolean {
    return this.#wanted.has(productId);
  }

  /** Whether all levels of a product have been asked for and are here. */
  knows(productId: string): boolean {
    return this.#known.has(productId);
  }

  /** To be called once it is known whether levels come from topics or have to be asked for. */
  ready(): void {
    this.#askSoon();
  }

  /** Calls back when more is known. */
  onKnown(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks again for everything, after a gap in which changes may have been missed. */
  again(): void {
    for (const id of this.#wanted.keys()) this.#queue.add(id);
    this.#askSoon();
  }

  /**
   * The components of a page register one by one: their products are gathered until the end of the turn, for
   * one request.
   */
  #askSoon(): void {
    if (this.#soon || this.#queue.size === 0) return;
    this.#soon = true;
    queueMicrotask(() => {
      this.#soon = false;
      this.#askAll();
    });
  }

  #askAll(): void {
    const source = this.#deps.source();
    if (source === 'topics') this.#queue.clear();
    if (source !== 'server') return;
    while (this.#asking < AT_ONCE && this.#queue.size > 0) {
      const ids = [...this.#queue].slice(0, this.#deps.perRequest());
      for (const id of ids) this.#queue.delete(id);
      this.#asking += 1;
      void this.#ask(ids).finally(() => {
        this.#asking -= 1;
        this.#askAll();
      });
    }
  }

  async #ask(ids: readonly string[]): Promise<void> {
    try {
      const levels = await this.#deps.ask(ids);
      for (const id of ids) if (this.#wanted.has(id)) this.#known.add(id);
      this.#deps.take(levels);
      for (const listener of [...this.#listeners]) listener();
    } catch {
      this.#timer ??= setTimeout(() => {
        this.#timer = null;
        for (const id of this.#wanted.keys()) if (!this.#known.has(id)) this.#queue.add(id);
        this.#askSoon();
      }, AGAIN_MS);
    }
  }
}
