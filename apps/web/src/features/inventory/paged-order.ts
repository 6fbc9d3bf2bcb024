import type { Client } from '@almenara/client';
import type { Product, QueryInput, QueryResult } from '@almenara/events';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AskedProducts } from '../../catalogue/asked-products.ts';
import type { StockIndex } from '../../catalogue/stock-index.ts';
import { textSearch } from '../../text-search.ts';
import { LevelPages, type StockItem } from './level-pages.ts';
import { NOTHING_SHOWN, type PagedShown } from './paged-shown.ts';
import { haystackOf } from './product-ranks.ts';
import { placeOf, type StockPlace } from './stock-row.ts';
import type { StockQuery } from './stock-search.ts';

/** Rows in one answer. */
const PAGE = 100;
/** How often the rows may follow what happens, and how often the server is asked how many there are, in ms. */
const FOLLOW_MS = 500;
const COUNT_MS = 5000;
/** A pause in typing after which it is asked. */
const PAUSE_MS = 250;
/** So long the changes of all zones are waited for before the first page is asked for. */
const READY_MS = 3000;
const AGAIN_MS = 5000;

export interface PagedOrderDeps {
  readonly client: Pick<Client, 'on'>;
  readonly index: StockIndex;
  readonly products: AskedProducts;
  list(params: QueryInput<'list_levels'>, signal: AbortSignal): Promise<QueryResult<'list_levels'>>;
}

/**
 * The order of a list of stock of which only a part is here: told by the server page by page, as far as somebody has
 * looked, and kept right by every change that is heard of. As `StockOrder` it stands still while it is held.
 */
export class PagedOrder {
  readonly shown: StoreApi<PagedShown> = createStore<PagedShown>(() => NOTHING_SHOWN);
  readonly #deps: PagedOrderDeps;
  readonly #known = new Map<string, StockPlace>();
  #query: StockQuery | null = null;
  /** The pages on the screen, and those that replace them once as many rows have been read. */
  #pages: LevelPages | null = null;
  #next: LevelPages | null = null;
  #cursor: string | null = null;
  #asking = new AbortController();
  #held = false;
  #timers = new Map<'follow' | 'count' | 'ask' | 'again', ReturnType<typeof setTimeout>>();

  constructor(deps: PagedOrderDeps) {
    this.#deps = deps;
  }

  /** Follows what happens until the returned function is called. */
  start(): () => void {
    const { client, index, products } = this.#deps;
    const stops = [
      client.on('inventory_updated', ({ data }) => {
        const listed = this.#pages?.change(data) ?? false;
        this.#next?.change(data);
        if (listed) this.#followSoon();
      }),
      client.on('product_updated', ({ data: { product } }) => {
        this.#next?.rename(product);
        if (this.#pages?.rename(product)) this.#followSoon();
      }),
      products.subscribe(() => this.#named() && this.#followSoon()),
      index.onGap((zone) => {
        if (this.#query && (this.#query.zone ?? zone) === zone)
          this.#later('again', FOLLOW_MS, () => this.#reload());
      }),
      index.summary.subscribe(() => {
        if (this.#timers.has('ask') && this.#isReady()) this.#begin();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
      this.#asking.abort();
      for (const timer of this.#timers.values()) clearTimeout(timer);
      this.#timers.clear();
      for (const pages of [this.#pages, this.#next]) if (pages) index.letGo(pages.keys());
      this.#pages = null;
      this.#next = null;
      this.#query = null;
    };
  }

  ask(query: StockQuery): void {
    const before = this.#query;
    if (before && isSame(before, query)) return;
    this.#query = query;
    this.shown.setState({ loading: true, problem: null });
    const typing = before !== null && isSame({ ...before, q: query.q }, query);
    if (typing) this.#later('ask', PAUSE_MS, () => this.#begin());
    else if (this.#isReady()) this.#begin();
    // Zones are not all listened to yet: a change between the answer and the first event would be missed.
    else this.#later('ask', READY_MS, () => this.#begin());
  }

  /** Asks for the next rows, unless they are on their way. */
  more(): void {
    if (this.#cursor === null || this.#next !== null || this.#pages === null) return;
    const { loading } = this.shown.getState();
    if (!loading) void this.#load(this.#pages, this.#pages.shown().length + 1);
  }

  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    if (this.shown.getState().waiting) this.#show();
  }

  #isReady(): boolean {
    const { zones, heard } = this.#deps.index.summary.getState();
    const zone = this.#query?.zone;
    return zone ? heard.has(zone) : (zones?.every(({ code }) => heard.has(code)) ?? false);
  }

  #begin(): void {
    this.#cancel('ask');
    if (!this.#query) return;
    this.#cursor = null;
    this.#next = new LevelPages(this.#query);
    void this.#load(this.#next, 1);
  }

  /** Reads again as many rows as somebody has scrolled through. */
  #reload(): void {
    if (!this.#query || this.#timers.has('ask')) return;
    this.#cursor = null;
    this.#next = new LevelPages(this.#query);
    void this.#load(this.#next, Math.max(1, this.#pages?.shown().length ?? 1));
  }

  /** Reads pages until there are as many rows as `rows`, or no more. */
  async #load(pages: LevelPages, rows: number): Promise<void> {
    this.#asking.abort();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    this.shown.setState({ loading: true });
    try {
      let total = 0;
      let isAtLeast = false;
      do {
        pages.begin();
        const page = await this.#deps.list(this.#params(), signal);
        if (signal.aborted) return;
        this.#cursor = page.nextCursor;
        const items = page.items.map(({ sku, name, ...level }) => ({
          level,
          product: { id: level.productId, sku, name },
        }));
        const taken = pages.take(items, page.nextCursor === null);
        this.#deps.index.take(taken.map(({ level }) => level));
        [total, isAtLeast] = [page.total, page.totalIsAtLeast ?? false];
      } while (this.#cursor !== null && pages.shown().length < rows);
      this.#adopt(pages);
      this.shown.setState({ total, isAtLeast, loading: false, problem: null, more: this.#cursor !== null });
      this.#show();
    } catch (problem) {
      if (signal.aborted) return;
      this.shown.setState({ problem, loading: false });
      this.#later('again', AGAIN_MS, () => this.#reload());
    }
  }

  #adopt(pages: LevelPages): void {
    if (this.#next === pages) this.#next = null;
    if (this.#pages === pages) return;
    const gone = this.#pages;
    this.#pages = pages;
    if (!gone) return;
    const stays = new Set(pages.keys());
    this.#deps.index.letGo([...gone.keys()].filter((key) => !stays.has(key)));
    for (const key of [...this.#known.keys()]) if (!stays.has(key)) this.#known.delete(key);
  }

  #params(): QueryInput<'list_levels'> {
    const { zone, q, sort, desc, low, none } = this.#query ?? { zone: null, q: '', sort: 'sku' };
    return {
      ...(zone !== null && { zone }),
      ...(q.trim() !== '' && { q: q.trim() }),
      ...(low && { low: 'true' }),
      ...(none && { none: 'true' }),
      ...(desc && { desc: 'true' }),
      ...(this.#cursor !== null && { cursor: this.#cursor }),
      sort,
      stocked: 'true',
      limit: PAGE,
    };
  }

  #followSoon(): void {
    this.#later('follow', FOLLOW_MS, () => this.#follow());
    this.#later('count', COUNT_MS, () => void this.#count());
  }

  #follow(): void {
    const pages = this.#pages;
    if (!pages) return;
    this.#named();
    this.#deps.products.want(pages.wanted());
    if (!this.#held) return this.#show();
    this.shown.setState({ waiting: !isSameOrder(this.#places(pages), this.shown.getState().places) });
  }

  /** Names the levels that came into the list by an event, which says only the product's id. */
  #named(): boolean {
    const { products, index } = this.#deps;
    const search = textSearch(this.#query?.q ?? '');
    const find = (id: string): Product | null | undefined => {
      const product = products.get(id);
      if (!product) return product;
      return product.stocked && search.findsIn(haystackOf(product)) ? product : null;
    };
    this.#next?.name(find);
    const named = this.#pages?.name(find) ?? [];
    index.take(named.map(({ level }) => level));
    return named.length > 0;
  }

  #show(): void {
    const pages = this.#pages;
    if (!pages) return;
    const places = this.#places(pages);
    const { places: before, waiting, total } = this.shown.getState();
    if (waiting || !isSameOrder(places, before)) this.shown.setState({ places, waiting: false });
    if (pages.isAll && total !== places.length)
      this.shown.setState({ total: places.length, isAtLeast: false });
  }

  /** How many there are, after something has come or gone. */
  async #count(): Promise<void> {
    if (!this.#pages || this.#pages.isAll || this.#next) return;
    const { cursor: _, ...params } = this.#params();
    const { signal } = this.#asking;
    try {
      const { total, totalIsAtLeast = false } = await this.#deps.list({ ...params, limit: 1 }, signal);
      if (!signal.aborted && !this.#pages?.isAll) this.shown.setState({ total, isAtLeast: totalIsAtLeast });
    } catch {
      // The count stays as it was, and is asked for again with the next change.
    }
  }

  #places(pages: LevelPages): readonly StockPlace[] {
    return pages.shown().map(({ level, product }: StockItem) => placeOf(this.#known, level.zone, product));
  }

  #later(what: 'follow' | 'count' | 'ask' | 'again', ms: number, run: () => void): void {
    // A question that is typed waits for the last key, so each key starts its wait again. All other timers keep
    // running.
    if (what === 'ask') this.#cancel('ask');
    if (this.#timers.has(what)) return;
    this.#timers.set(
      what,
      setTimeout(() => {
        this.#timers.delete(what);
        run();
      }, ms),
    );
  }

  #cancel(what: 'ask'): void {
    clearTimeout(this.#timers.get(what));
    this.#timers.delete(what);
  }
}

const isSame = (a: StockQuery, b: StockQuery): boolean =>
  a.zone === b.zone &&
  a.q === b.q &&
  a.sort === b.sort &&
  a.desc === b.desc &&
  a.low === b.low &&
  a.none === b.none;

const isSameOrder = (a: readonly StockPlace[], b: readonly StockPlace[]): boolean =>
  a.length === b.length && a.every((place, i) => place === b[i]);
