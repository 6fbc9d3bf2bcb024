import { available, isLow, type Level, type Product } from '@almenara/events';
import { type LevelKey, levelKey } from '../../catalogue/level-book.ts';
import type { StockIndex } from '../../catalogue/stock-index.ts';
import { textSearch } from '../../text-search.ts';
import { haystackOf, type ProductRanks } from './product-ranks.ts';
import type { Sort, StockQuery } from './stock-search.ts';

/** As much of a product as a list of stock shows. */
export type StockProduct = Pick<Product, 'id' | 'sku' | 'name'>;

/** A place in the list: which level stands there, not what it says. */
export interface StockPlace {
  readonly key: LevelKey;
  readonly zone: string;
  readonly product: StockProduct;
}

/** How many pieces bring a level above its reorder point again. */
export const needed = (level: Level): number =>
  isLow(level) ? level.reorderPoint - available(level) + 1 : 0;

/** Whether a change of a level may move, add or remove a row. */
export const followsLevels = ({ sort, low, none }: StockQuery): boolean =>
  low || none || (sort !== 'sku' && sort !== 'name');

/** The places a list shows, in order; `known` gives the same object for the same place, so that its row stays as it is. */
export function placesOf(
  index: StockIndex,
  zones: readonly string[],
  ranks: ProductRanks,
  query: StockQuery,
  known: Map<LevelKey, StockPlace>,
): readonly StockPlace[] {
  const search = textSearch(query.q);
  const rank = rankOf(query.sort, ranks);
  const found: { place: StockPlace; rank: number; sku: number; zone: number }[] = [];
  zones.forEach((zone, z) => {
    if (query.zone !== null && query.zone !== zone) return;
    for (const level of index.levelsOf(zone)) {
      if (query.low && !isLow(level)) continue;
      if (query.none && available(level) > 0) continue;
      const product = ranks.byId.get(level.productId);
      // Left out: levels whose product has not been loaded yet, and products that are no longer kept in stock.
      if (!product?.stocked) continue;
      if (search.wanted !== '' && !search.findsIn(haystackOf(product))) continue;
      found.push({
        place: placeOf(known, zone, product),
        rank: rank(level),
        sku: ranks.skuRank(product.id),
        zone: z,
      });
    }
  });
  const way = query.desc ? -1 : 1;
  found.sort((a, b) => way * (a.rank - b.rank) || a.sku - b.sku || a.zone - b.zone);
  return found.map(({ place }) => place);
}

export function placeOf(known: Map<LevelKey, StockPlace>, zone: string, product: StockProduct): StockPlace {
  const key = levelKey(zone, product.id);
  const before = known.get(key);
  if (before && isSameProduct(before.product, product)) return before;
  const place = { key, zone, product };
  known.set(key, place);
  return place;
}

const isSameProduct = (a: StockProduct, b: StockProduct): boolean =>
  a === b || (a.id === b.id && a.sku === b.sku && a.name === b.name);

function rankOf(sort: Sort, ranks: ProductRanks): (level: Level) => number {
  switch (sort) {
    case 'sku':
      return ({ productId }) => ranks.skuRank(productId);
    case 'name':
      return ({ productId }) => ranks.nameRank(productId);
    case 'on_hand':
      return ({ onHand }) => onHand;
    case 'reserved':
      return ({ reserved }) => reserved;
    case 'available':
      return available;
    case 'reorder_point':
      return ({ reorderPoint }) => reorderPoint;
    case 'needed':
      return needed;
  }
}
