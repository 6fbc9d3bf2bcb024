import type { Client } from '@almenara/client';
import type { Product } from '@almenara/events';

export interface AskedProductsDeps {
  readonly client: Pick<Client, 'on'>;
  /** Those of these ids that there are. */
  ask(ids: readonly string[]): Promise<readonly Product[]>;
  /** What the live list holds. */
  live(id: string): Product | undefined;
}

/** In one answer. */
const PAGE = 200;
/** How many that were asked for are remembered. */
const MOST = 5000;
const AGAIN_MS = 5000;

/** Products that the live list does not hold: asked for together, remembered, and kept right by what is heard of them. */
export class AskedProducts {
  readonly #deps: AskedProductsDeps;
  /** Null for an id that no product has. In the order of asking, so that the oldest are forgotten first. */
  readonly #known = new Map<string, Product | null>();
  readonly #listeners = new Set<() => void>();
  #queue = new Set<string>();
  #soon = false;
  #version = 0;
  #failed = false;

  constructor(deps: AskedProductsDeps) {
    this.#deps = deps;
    const take = ({ data }: { data: { product: Product } }): void => {
      if (this.#known.has(data.product.id)) this.#take([data.product]);
    };
    // Never unsubscribed: there is one of these for a desk, as long as the desk.
    deps.client.on('product_created', take);
    deps.client.on('product_updated', take);
  }

  /** Undefined while it is not known. */
  get(id: string): Product | null | undefined {
    return this.#deps.live(id) ?? this.#known.get(id);
  }

  /** Changes with everything that comes to be known. */
  readonly version = (): number => this.#version;

  /** Whether the last question had no answer. */
  readonly failed = (): boolean => this.#failed;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  want(ids: Iterable<string>): void {
    for (const id of ids) if (this.get(id) === undefined) this.#queue.add(id);
    this.#askSoon();
  }

  /**
   * The components of a page register one by one: their ids are gathered until the end of the turn, for one
   * request.
   */
  #askSoon(): void {
    if (this.#soon || this.#queue.size === 0) return;
    this.#soon = true;
    queueMicrotask(async () => {
      const queue = [...this.#queue];
      this.#queue = new Set();
      for (let i = 0; i < queue.length; i += PAGE) await this.#ask(queue.slice(i, i + PAGE));
      this.#soon = false;
      this.#askSoon();
    });
  }

  async #ask(ids: readonly string[]): Promise<void> {
    try {
      const products = await this.#deps.ask(ids);
      const found = new Set(products.map(({ id }) => id));
      for (const id of ids) if (!found.has(id)) this.#known.set(id, null);
      this.#failed = false;
      this.#take(products);
    } catch {
      this.#failed = true;
      this.#tell();
      setTimeout(() => this.want(ids), AGAIN_MS);
    }
  }

  #take(products: readonly Product[]): void {
    for (const product of products) {
      const before = this.#known.get(product.id);
      this.#known.delete(product.id);
      // An answer may be older than an event that overtook it: the higher version stays.
      this.#known.set(product.id, before && before.version > product.version ? before : product);
    }
    for (const id of [...this.#known.keys()].slice(0, Math.max(0, this.#known.size - MOST)))
      this.#known.delete(id);
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}
