import { useMemo } from 'react';
import { levelKey } from '../../../catalogue/level-book.ts';
import { useProductsById } from '../../../catalogue/use-products.ts';
import { useStockIndex, useStockSummary } from '../../../catalogue/use-stock.ts';
import { stockQuery } from '../stock-search.ts';
import { useStockOrder } from '../use-stock-order.ts';
import type { CountedProduct } from './count-list.tsx';

interface ZoneProducts {
  /** By sku. Where not all are here, those that a search finds, as far as somebody has looked. */
  readonly products: readonly CountedProduct[];
  /** How many the zone holds, here or not. */
  readonly total: number;
  readonly isAll: boolean;
  readonly showMore: (() => void) | null;
}

/** The products a zone holds. Renders when one comes, not when a level changes. */
export function useZoneProducts(zone: string, search: string): ZoneProducts {
  const known = useProductsById();
  const isWhole = useStockSummary(({ whole }) => whole.has(zone));
  const levels = useStockSummary((summary) => summary.levels.get(zone));
  const query = useMemo(() => stockQuery(zone, isWhole ? {} : { q: search }), [zone, isWhole, search]);
  const { places, isPaged, total, more, showMore } = useStockOrder(query);
  const products = useMemo(
    () => places.map(({ product }) => known.get(product.id) ?? product),
    [places, known],
  );
  return {
    products,
    total: isPaged ? (levels ?? total ?? 0) : products.length,
    isAll: !isPaged,
    showMore: more ? showMore : null,
  };
}

/** Whether a zone is known to hold a product. */
export function useIsHeld(zone: string): (productId: string) => boolean {
  const index = useStockIndex();
  return (productId) => index.get(levelKey(zone, productId)) !== null;
}
