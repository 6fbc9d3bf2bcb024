import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { useProducts } from '../../catalogue/use-products.ts';
import { useStockIndex, useStockSummary } from '../../catalogue/use-stock.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { productRanks } from './product-ranks.ts';
import { type Shown, StockOrder } from './stock-order.ts';
import type { StockQuery } from './stock-search.ts';

/** The order of the rows for a question, and the means to hold it still. */
export function useStockOrder(query: StockQuery): Shown & { readonly order: StockOrder } {
  const index = useStockIndex();
  const products = useProducts();
  const zones = useStockSummary((summary) => summary.zones);
  const { language } = useTranslation();
  const ranks = useMemo(() => productRanks(products, language), [products, language]);
  const [order] = useState(() => new StockOrder(index));
  useEffect(() => order.start(), [order]);
  // Before the paint: an answer that comes a frame late is a flicker.
  useLayoutEffect(() => {
    order.ask({ zones: (zones ?? []).map(({ code }) => code), ranks, query });
  }, [order, zones, ranks, query]);
  return { ...useStore(order.shown), order };
}
