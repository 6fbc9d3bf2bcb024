import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StockIndex } from '../../catalogue/stock-index.ts';
import type { ProductRanks } from './product-ranks.ts';
import { followsLevels, placesOf, type StockPlace } from './stock-row.ts';
import type { StockQuery } from './stock-search.ts';

/** How often the order may follow the levels. */
const RESORT_MS = 500;

export interface Shown {
  readonly places: readonly StockPlace[];
  /** The levels ask for another order than the one that is held under somebody's eyes. */
  readonly waiting: boolean;
}

interface Asked {
  readonly zones: readonly string[];
  readonly ranks: ProductRanks;
  readonly query: StockQuery;
}

/**
 * The order of a list of stock. It answers a question at once, follows the levels a few times a second at most, and
 * not at all while it is held: nothing moves from under a pointer or a focus.
 */
export class StockOrder {
  readonly shown: StoreApi<Shown> = createStore<Shown>(() => ({ places: [], waiting: false }));
  readonly #index: StockIndex;
  readonly #known = new Map<string, StockPlace>();
  #asked: Asked | null = null;
  #held = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(index: StockIndex) {
    this.#index = index;
  }

  /** Follows the index until the returned function is called. */
  start(): () => void {
    const stop = this.#index.onChange((rowsChanged) => {
      if (!this.#asked || !(rowsChanged || followsLevels(this.#asked.query))) return;
      // An empty list shows its first rows at once, held or not.
      if (this.shown.getState().places.length === 0) this.#show(this.#places());
      else this.#timer ??= setTimeout(() => this.#follow(), RESORT_MS);
    });
    return () => {
      stop();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
    };
  }

  ask(asked: Asked): void {
    this.#asked = asked;
    this.#show(this.#places());
  }

  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    if (this.shown.getState().waiting) this.#show(this.#places());
  }

  #follow(): void {
    this.#timer = null;
    const places = this.#places();
    if (!this.#held) this.#show(places);
    else this.shown.setState({ waiting: !isSameOrder(places, this.shown.getState().places) });
  }

  #show(places: readonly StockPlace[]): void {
    const { places: before, waiting } = this.shown.getState();
    if (waiting || !isSameOrder(places, before)) this.shown.setState({ places, waiting: false });
  }

  #places(): readonly StockPlace[] {
    if (!this.#asked) return [];
    const { zones, ranks, query } = this.#asked;
    return placesOf(this.#index, zones, ranks, query, this.#known);
  }
}

const isSameOrder = (a: readonly StockPlace[], b: readonly StockPlace[]): boolean =>
  a.length === b.length && a.every((place, i) => place === b[i]);
