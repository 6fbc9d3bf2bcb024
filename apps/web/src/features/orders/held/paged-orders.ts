import type { Client } from '@almenara/client';
import type { Order, QueryInput, QueryResult } from '@almenara/events';
import { type ListRules, OrderPages } from './order-pages.ts';

export type ListParams = Omit<QueryInput<'list_orders'>, 'cursor' | 'limit' | 'compact'>;

export interface PagedList extends ListRules {
  readonly params: ListParams;
  /** How many rows a page has, if another number than `PAGE`. */
  readonly page?: number;
  /** Only the server can say how many there are, as of a search; for others a topic has the count. */
  readonly counted: boolean;
}

/** How a list stands. */
export interface ListState {
  /** How many rows it has on the server; null while that is not known. */
  readonly total: number | null;
  /** There may be more than `total`. */
  readonly isAtLeast: boolean;
  readonly loading: boolean;
  /** What the last page was refused with. */
  readonly problem: unknown;
  /** All of it has been read. */
  readonly whole: boolean;
  /** Something of it has been read. */
  readonly begun: boolean;
}

export interface PagedPorts {
  readonly client: Pick<Client, 'on' | 'onReset'>;
  readonly ask: (
    params: QueryInput<'list_orders'>,
    signal: AbortSignal,
  ) => Promise<QueryResult<'list_orders'>>;
}

const PAGE = 100;
/** How soon after what may have changed a number it is asked for anew, and how often at most, in ms. */
const COUNT_SOON_MS = 300;
const COUNT_EVERY_MS = 5000;
/**
 * How often components are told of changes at most, in ms: events come by the thousand. What is in the live
 * window shows sooner.
 */
const TELL_MS = 250;

const NOTHING: ListState = {
  total: null,
  isAtLeast: false,
  loading: false,
  problem: null,
  whole: false,
  begun: false,
};

/** Lists of orders that the window does not hold whole: asked for page by page, and kept true by the events. */
export class PagedOrders<K extends string> {
  readonly #ports: PagedPorts;
  readonly #lists: ReadonlyMap<K, PagedList>;
  readonly #states = new Map<K, ListState>();
  readonly #listeners = new Set<() => void>();
  #pages: OrderPages<K>;
  #leaving = new AbortController();
  #version = 0;
  #telling: ReturnType<typeof setTimeout> | null = null;
  #counting: ReturnType<typeof setTimeout> | null = null;
  #countedAt = Number.NEGATIVE_INFINITY;

  constructor(ports: PagedPorts, lists: ReadonlyMap<K, PagedList>) {
    this.#ports = ports;
    this.#lists = lists;
    this.#pages = new OrderPages(lists);
  }

  /** Until the returned function is called. Nothing is asked for before. */
  start(): () => void {
    const { client } = this.#ports;
    const seen = (order: Order): void => this.#seen(order);
    const stops = [
      client.on('order_created', ({ data }) => seen(data.order)),
      client.on('order_updated', ({ data }) => seen(data.order)),
      client.on('order_status_changed', ({ data }) => seen(data.order)),
      client.on('shortage_reported', ({ data }) => seen(data.order)),
      // After a reset, events may be missing: everything is read again.
      client.onReset(({ topic }) => topic === 'orders' && this.again()),
    ];
    return () => {
      for (const stop of stops) stop();
      this.#leaving.abort();
      if (this.#telling !== null) clearTimeout(this.#telling);
      if (this.#counting !== null) clearTimeout(this.#counting);
    };
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** Another one whenever what `lists` gives may be another. */
  readonly version = (): number => this.#version;

  state(key: K): ListState {
    return this.#states.get(key) ?? NOTHING;
  }

  /** See `OrderPages`. */
  merged(window: readonly Order[]): Order[] {
    return this.#pages.merged(window);
  }
  shown(key: K, orders: readonly Order[], window: ReadonlySet<string>): Order[] {
    return this.#pages.shown(key, orders, window);
  }

  /** Asks for the next page of a list, if there is one and none is on its way. `held`: what the window holds. */
  more(key: K, held: ReadonlySet<string>): void {
    const list = this.#lists.get(key);
    const next = this.#pages.next(key);
    if (!list || next === null || this.state(key).loading) return;
    this.#set(key, { loading: true, problem: null });
    const pages = this.#pages;
    const { signal } = this.#leaving;
    pages.asked();
    const params = {
      ...list.params,
      limit: list.page ?? PAGE,
      compact: 'true',
      ...(next !== undefined && { cursor: next }),
    };
    this.#ports.ask(params, signal).then(
      (page) => {
        if (pages !== this.#pages) return;
        pages.answered(key, page);
        const { total, totalIsAtLeast = false, nextCursor, items } = page;
        this.#set(key, {
          total,
          isAtLeast: totalIsAtLeast,
          loading: false,
          begun: true,
          whole: nextCursor === null,
        });
        // The page brought nothing that the window did not have: the next one is asked for at once.
        if (list.windowFirst && items.every(({ id }) => held.has(id))) this.more(key, held);
      },
      (problem: unknown) => {
        if (pages !== this.#pages) return;
        pages.gaveUp();
        if (!signal.aborted) this.#set(key, { loading: false, problem });
      },
    );
  }

  /** Reads again all pages that have been read, or with `failed` only those that could not be. */
  again({ failed = false } = {}): void {
    const begun = [...this.#states].filter(([, state]) => !failed || state.problem !== null);
    if (begun.length === 0) return;
    if (!failed) {
      this.#leaving.abort();
      this.#leaving = new AbortController();
      this.#pages = new OrderPages(this.#lists);
      this.#states.clear();
    }
    for (const [key] of begun) this.more(key, NONE);
    this.#tell();
  }

  #seen(order: Order): void {
    this.#pages.seen(order);
    if (this.#pages.isFull) this.#pages.trim();
    if (this.#pages.isFull) this.again();
    this.#version += 1;
    this.#telling ??= setTimeout(() => this.#tell(), TELL_MS);
    this.#countSoon();
  }

  #set(key: K, change: Partial<ListState>): void {
    this.#states.set(key, { ...this.state(key), ...change });
    this.#tell();
  }

  #tell(): void {
    this.#version += 1;
    if (this.#telling !== null) clearTimeout(this.#telling);
    this.#telling = null;
    for (const listener of [...this.#listeners]) listener();
  }

  /** What has not been read to its end is counted by the server alone. */
  #countSoon(): void {
    if (this.#counting !== null) return;
    if (![...this.#lists].some(([key, { counted }]) => counted && this.#isPartial(key))) return;
    const wait = Math.max(COUNT_SOON_MS, this.#countedAt + COUNT_EVERY_MS - performance.now());
    this.#counting = setTimeout(() => {
      this.#counting = null;
      this.#countedAt = performance.now();
      for (const [key, list] of this.#lists)
        if (list.counted && this.#isPartial(key)) void this.#count(key, list);
    }, wait);
  }

  #isPartial(key: K): boolean {
    const { begun, whole } = this.state(key);
    return begun && !whole;
  }

  async #count(key: K, { params }: PagedList): Promise<void> {
    const { signal } = this.#leaving;
    try {
      const { total, totalIsAtLeast = false } = await this.#ports.ask(
        { ...params, limit: 1, compact: 'true' },
        signal,
      );
      if (!signal.aborted) this.#set(key, { total, isAtLeast: totalIsAtLeast });
    } catch {
      // The page shows that the connection is lost, and the next event asks again.
    }
  }
}

const NONE: ReadonlySet<string> = new Set();
