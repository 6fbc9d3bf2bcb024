import { type Order, withoutManyLines } from '@almenara/events';

/** What one list holds: a column of the board, or the list view. */
export interface ListRules {
  /**
   * Whether an order belongs here. `vouched`: its texts and its client do, as the server or the whole order has said;
   * what is held of an order with many lines cannot tell.
   */
  readonly fits: (order: Order, vouched: boolean) => boolean;
  /** As the server sorts the pages. */
  readonly compare: (a: Order, b: Order) => number;
  /** The window always holds the first of them: the sort is by what last happened to an order. */
  readonly windowFirst: boolean;
}

export interface OrderPage {
  readonly items: readonly Order[];
  readonly nextCursor: string | null;
}

interface Read {
  readonly rules: ListRules;
  /** The version in which an order was last known to belong here. */
  readonly vouched: Map<string, number>;
  /** The last row of the last page, as it was read; null before the first page. */
  last: Order | null;
  /** Null after the last page; undefined before the first. */
  next: string | null | undefined;
  rows: number;
}

/** Orders that events brought, beyond those that pages did, before all is read anew: a bound for memory. */
const MOST_BESIDE_PAGES = 5000;

/**
 * Lists of orders of which a window is live and the rest is read page by page. Exact while every event since the first
 * page was asked for is told (`seen`): a page says how things were at a moment, the events say all that happened since,
 * and the newest version of an order wins. So a list has, up to the end of its last page, just what the server would
 * list. Knows nothing of how pages are asked for, nor of what is pending.
 */
export class OrderPages<K extends string> {
  readonly #lists: ReadonlyMap<K, Read>;
  /** The newest that a page or an event has told of an order. */
  readonly #known = new Map<string, Order>();
  /** How many pages have been asked for and not answered: they may be older than events that came since. */
  #underWay = 0;

  constructor(lists: ReadonlyMap<K, ListRules>) {
    this.#lists = new Map([...lists].map(([key, rules]) => [key, newRead(rules)]));
  }

  /** An event told of an order, with all its lines. */
  seen(whole: Order): void {
    this.#vouch(this.#lists.values(), whole, (rules) => rules.fits(whole, false));
    this.#learn(withoutManyLines(whole));
  }

  /** A page is asked for: `answered` or `gaveUp` follows. */
  asked(): void {
    this.#underWay += 1;
  }

  answered(key: K, { items, nextCursor }: OrderPage): void {
    const list = this.#read(key);
    for (const order of items) {
      this.#vouch([list], order, () => true);
      this.#learn(order);
    }
    list.last = items.at(-1) ?? list.last;
    list.next = nextCursor;
    list.rows += items.length;
    this.gaveUp();
  }

  gaveUp(): void {
    this.#underWay -= 1;
    this.trim();
  }

  /** Forgets what no page shows, unless a page that is on its way may tell of before it. */
  trim(): void {
    if (this.#underWay > 0) return;
    const lists = [...this.#lists.values()];
    for (const [id, order] of this.#known) {
      if (lists.some((list) => isRead(list) && belongs(list, order) && reaches(list, order))) continue;
      this.#known.delete(id);
      for (const { vouched } of lists) vouched.delete(id);
    }
  }

  /** Where the next page begins; null after the last, undefined before the first. */
  next(key: K): string | null | undefined {
    return this.#read(key).next;
  }

  /** True once events have brought more orders than memory should hold: the lists are then read again. */
  get isFull(): boolean {
    let rows = MOST_BESIDE_PAGES;
    for (const list of this.#lists.values()) rows += list.rows;
    return this.#known.size > rows;
  }

  /** The newest of every order that is known, those of the window as it holds them where nothing is newer. */
  merged(window: readonly Order[]): Order[] {
    const held = new Set<string>();
    const orders = window.map((order) => {
      held.add(order.id);
      const known = this.#known.get(order.id);
      return known && known.version > order.version ? known : order;
    });
    for (const order of this.#known.values()) if (!held.has(order.id)) orders.push(order);
    return orders;
  }

  /** What a list holds of these, in its order: up to the end of its last page, and all of them before the first. */
  shown(key: K, orders: readonly Order[], window: ReadonlySet<string>): Order[] {
    const list = this.#read(key);
    const { rules } = list;
    return orders
      .filter(
        (order) =>
          belongs(list, order) &&
          (rules.windowFirst
            ? window.has(order.id) || (isRead(list) && reaches(list, order))
            : reaches(list, order)),
      )
      .sort(rules.compare);
  }

  #read(key: K): Read {
    const list = this.#lists.get(key);
    if (!list) throw new Error(`No list ${key}`);
    return list;
  }

  #vouch(lists: Iterable<Read>, order: Order, fits: (rules: ListRules) => boolean): void {
    for (const { rules, vouched } of lists) {
      if ((vouched.get(order.id) ?? 0) < order.version && fits(rules)) vouched.set(order.id, order.version);
    }
  }

  #learn(order: Order): void {
    const known = this.#known.get(order.id);
    if (!known || order.version > known.version) this.#known.set(order.id, order);
  }
}

const newRead = (rules: ListRules): Read => ({
  rules,
  vouched: new Map(),
  last: null,
  next: undefined,
  rows: 0,
});

const isRead = ({ next }: Read): boolean => next !== undefined;

const belongs = ({ rules, vouched }: Read, order: Order): boolean =>
  rules.fits(order, vouched.get(order.id) === order.version);

/** Whether its place is before the end of the last page. */
const reaches = ({ rules, last, next }: Read, order: Order): boolean =>
  !last || !next || rules.compare(order, last) <= 0;
