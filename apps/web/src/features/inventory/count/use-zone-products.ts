import type { Product } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { useProducts } from '../../../catalogue/use-products.ts';
import { useStockIndex } from '../../../catalogue/use-stock.ts';

/** The products a zone holds, by sku. Renders when one comes, not when a level changes. */
export function useZoneProducts(zone: string): readonly Product[] {
  const index = useStockIndex();
  const products = useProducts();
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    setChanges((n) => n + 1);
    return index.onChange((rowsChanged) => rowsChanged && setChanges((n) => n + 1));
  }, [index]);
  return useMemo(() => {
    const held = new Set(index.levelsOf(zone).map(({ productId }) => productId));
    return products.filter(({ id, stocked }) => stocked && held.has(id));
  }, [index, zone, products, changes]);
}
