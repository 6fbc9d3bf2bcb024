import { available, isLow, type Level, levelBefore, type Movement } from '@almenara/events';
import { type LevelKey, levelKey } from '../../catalogue/level-book.ts';
import { needed, type StockProduct } from './stock-row.ts';
import type { Sort, StockQuery } from './stock-search.ts';

/** A level of the list, and what its product is called. */
export interface StockItem {
  readonly level: Level;
  readonly product: StockProduct;
}

/** What has happened to a level. */
export interface LevelChange {
  readonly level: Level;
  readonly movement: Movement;
  /** The zone did not hold the product before. */
  readonly created?: true | undefined;
}

type Rank = number | string;
type Key = readonly [rank: Rank, sku: string, zone: string];

/**
 * A list of levels of which the server has told the first pages, and everything that has happened since: what it shows
 * is what the server would tell now, as far as the last page went. Neither a change that overtakes a page nor a page
 * that overtakes a change shows anything twice, or not at all.
 */
export class LevelPages {
  readonly #query: StockQuery;
  readonly #items = new Map<LevelKey, StockItem>();
  /** Levels that have come into the list and whose product is not known yet. */
  readonly #nameless = new Map<LevelKey, Level>();
  /** What has happened since a page was asked for, whether it is listed or not. */
  #since = new Map<LevelKey, { readonly level: Level }>();
  /** The place of the last row that has been told of; null where that is all there is. */
  #bound: Key | null = null;

  constructor(query: StockQuery) {
    this.#query = query;
  }

  /** A page is asked for: what happens from now on may be newer than what it will say. */
  begin(): void {
    this.#since = new Map();
  }

  /**
   * The next page. Of each level the newest that is known counts.
   * @returns what it has brought, as it is now
   */
  take(page: readonly StockItem[], isLast: boolean): readonly StockItem[] {
    const taken = page.map((item) => {
      const key = keyOf(item.level);
      const { level } = newest(item, this.#items.get(key), this.#since.get(key));
      const now = { level, product: item.product };
      this.#items.set(key, now);
      this.#nameless.delete(key);
      return now;
    });
    const last = page.at(-1);
    this.#bound = isLast || !last ? null : placeOf(this.#query.sort, last);
    this.#since = new Map();
    return taken;
  }

  /**
   * Takes in a change of a level. @returns whether rows may have come, gone or moved, and not only their
   * numbers changed
   */
  change({ level, movement, created }: LevelChange): boolean {
    if (this.#query.zone !== null && this.#query.zone !== level.zone) return false;
    const key = keyOf(level);
    this.#since.set(key, { level });
    const known = this.#items.get(key);
    if (known) {
      if (momentOf(known.level) > momentOf(level)) return false;
      this.#items.set(key, { ...known, level });
      return true;
    }
    if (this.#nameless.has(key)) this.#nameless.set(key, level);
    else {
      if (!this.#fits(level)) return false;
      // The level was in the server's list before, but on no page that was read, so it stands after those.
      // Sorted by name or code it stays there, as those have not changed.
      const wasThere = created !== true && this.#fits(levelBefore(level, movement));
      if (wasThere && isByName(this.#query.sort)) return false;
      if (wasThere && this.#isBeyond(rankOf(this.#query.sort, level))) return false;
      this.#nameless.set(key, level);
    }
    return true;
  }

  /** The products of levels that cannot be shown until their name is known. */
  wanted(): ReadonlySet<string> {
    return new Set([...this.#nameless.values()].map(({ productId }) => productId));
  }

  /** Gives what waits its name; `find` gives undefined where it is not known yet, and null for what is not searched for. */
  name(find: (productId: string) => StockProduct | null | undefined): readonly StockItem[] {
    const named: StockItem[] = [];
    for (const [key, level] of [...this.#nameless]) {
      const product = find(level.productId);
      if (product === undefined) continue;
      this.#nameless.delete(key);
      if (product === null) continue;
      const item = { level, product: { id: product.id, sku: product.sku, name: product.name } };
      this.#items.set(key, item);
      named.push(item);
    }
    return named;
  }

  /** Takes in a product that was renamed. */
  rename(product: StockProduct): boolean {
    let found = false;
    for (const [key, item] of this.#items) {
      if (item.product.id !== product.id) continue;
      this.#items.set(key, { ...item, product });
      found = true;
    }
    return found;
  }

  /** What is to be shown, in order. */
  shown(): readonly StockItem[] {
    const { sort, desc } = this.#query;
    const way = desc ? -1 : 1;
    const placed: { readonly item: StockItem; readonly place: Key }[] = [];
    for (const item of this.#items.values()) {
      if (!this.#fits(item.level)) continue;
      const place = placeOf(sort, item);
      if (this.#bound === null || compare(place, this.#bound, way) <= 0) placed.push({ item, place });
    }
    return placed.sort((a, b) => compare(a.place, b.place, way)).map(({ item }) => item);
  }

  /** All levels that are known of, shown or not. */
  keys(): Iterable<LevelKey> {
    return this.#items.keys();
  }

  /** There is nothing after what is here. */
  get isAll(): boolean {
    return this.#bound === null;
  }

  #fits(level: Level): boolean {
    const { low, none } = this.#query;
    return (!low || isLow(level)) && (!none || available(level) <= 0);
  }

  #isBeyond(rank: Rank): boolean {
    if (this.#bound === null) return false;
    const [bound] = this.#bound;
    return this.#query.desc ? rank < bound : rank > bound;
  }
}

const keyOf = ({ zone, productId }: Level): LevelKey => levelKey(zone, productId);
const momentOf = ({ updatedAt }: Level): string => updatedAt ?? '';
const newest = (
  first: { readonly level: Level },
  ...others: readonly ({ readonly level: Level } | undefined)[]
): { readonly level: Level } =>
  others.reduce<{ readonly level: Level }>(
    (last, other) => (other && momentOf(other.level) >= momentOf(last.level) ? other : last),
    first,
  );
/** By code unit, as the server's tables are. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const isByName = (sort: Sort): boolean => sort === 'sku' || sort === 'name';

/**
 * Descending order turns only the rank round: rows of the same rank stay by sku and zone, as the server sorts
 * them.
 */
function compare(a: Key, b: Key, way: 1 | -1): number {
  const [rank, other] = [a[0], b[0]];
  const ranked = rank < other ? -1 : rank > other ? 1 : 0;
  return way * ranked || byText(a[1], b[1]) || byText(a[2], b[2]);
}

const placeOf = (sort: Sort, { level, product }: StockItem): Key => [
  sort === 'sku' ? product.sku : sort === 'name' ? product.name : rankOf(sort, level),
  product.sku,
  level.zone,
];

function rankOf(sort: Sort, level: Level): number {
  switch (sort) {
    case 'sku':
    case 'name':
      return 0;
    case 'on_hand':
      return level.onHand;
    case 'reserved':
      return level.reserved;
    case 'available':
      return available(level);
    case 'reorder_point':
      return level.reorderPoint;
    case 'needed':
      return needed(level);
  }
}
