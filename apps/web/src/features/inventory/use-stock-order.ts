import { useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { FOLLOW_MOST } from '../../catalogue/stock-index.ts';
import { useAskedProducts } from '../../catalogue/use-asked-products.ts';
import { useProducts } from '../../catalogue/use-products.ts';
import { useStockIndex, useStockSummary, useZoneFollowed } from '../../catalogue/use-stock.ts';
import { query as ask } from '../../http/request.ts';
import { useTranslation } from '../../i18n/use-translation.ts';
import { useRealtime, useTopicPart } from '../../realtime/index.ts';
import type { PagedOrder, PagedOrderDeps } from './paged-order.ts';
import { NOTHING_SHOWN, type PagedShown } from './paged-shown.ts';
import { productRanks } from './product-ranks.ts';
import { StockOrder } from './stock-order.ts';
import type { StockQuery } from './stock-search.ts';

export interface ListedStock extends PagedShown {
  /** Only a part is here; the server tells the rest. */
  readonly isPaged: boolean;
  /** Holds the order still. */
  readonly order: { hold(): void; release(): void };
  showMore(): void;
}

const nothing = (): void => {};

/** The rows that answer a question: all of them, where all is here, and else as far as somebody has looked. */
export function useStockOrder(query: StockQuery): ListedStock {
  useZoneFollowed(query.zone);
  const isHere = useIsHere(query.zone);
  const paged = usePagedOrder(query, isHere === false);
  // While the server does not answer, the rows that are here are shown.
  const alone = isHere === false && paged.problem !== null && paged.places.length === 0;
  const here = useOrderOfHeld(query, isHere, isHere !== false || alone);
  return isHere === false && !alone ? paged : { ...here, problem: paged.problem };
}

/** Whether every level that a list may show is here, and its product; null while that is not known. */
function useIsHere(zone: string | null): boolean | null {
  const products = useTopicPart('products', (view) => !view.truncated);
  const levels = useStockSummary(({ zones, loaded, whole }) => {
    if (zone !== null) return loaded.has(zone) ? whole.has(zone) : null;
    if (zones === null) return null;
    if (zones.length > FOLLOW_MOST || loaded.size > whole.size) return false;
    return zones.every(({ code }) => whole.has(code)) || null;
  });
  // A zone that is created while somebody looks has not been loaded, which makes it unknown for a moment: until
  // then the last answer stays.
  const [before, setBefore] = useState<boolean | null>(null);
  const known = products === false || levels === false ? false : products === null ? null : levels;
  if (known !== null && known !== before) setBefore(known);
  return known ?? before;
}

function useOrderOfHeld(query: StockQuery, isHere: boolean | null, on: boolean): ListedStock {
  const index = useStockIndex();
  const products = useProducts();
  const zones = useStockSummary((summary) => summary.zones);
  const { language } = useTranslation();
  const ranks = useMemo(() => productRanks(products, language), [products, language]);
  const [order] = useState(() => new StockOrder(index));
  useEffect(() => (on ? order.start() : undefined), [order, on]);
  // Before the paint: an answer that comes a frame late is a flicker.
  useLayoutEffect(() => {
    if (on) order.ask({ zones: (zones ?? []).map(({ code }) => code), ranks, query });
  }, [order, zones, ranks, query, on]);
  const { places, waiting } = useStore(order.shown);
  return {
    places,
    waiting,
    total: isHere ? places.length : null,
    isAtLeast: false,
    loading: isHere === null,
    problem: null,
    more: false,
    isPaged: false,
    order,
    showMore: nothing,
  };
}

const UNASKED = createStore<PagedShown>(() => NOTHING_SHOWN);
const STILL = { hold: nothing, release: nothing };

/** The code for paged lists is loaded when a list needs pages: most desks fit into their topics. */
function usePagedOrder(query: StockQuery, on: boolean): ListedStock {
  const { client } = useRealtime();
  const index = useStockIndex();
  const products = useAskedProducts();
  const [order, setOrder] = useState<PagedOrder | null>(null);
  useEffect(() => {
    if (!on) return;
    let stays = true;
    const list: PagedOrderDeps['list'] = (params, signal) => ask('list_levels', params, signal);
    void import('./paged-order.ts').then((part) => {
      if (stays) setOrder((before) => before ?? new part.PagedOrder({ client, index, products, list }));
    });
    return () => {
      stays = false;
    };
  }, [on, client, index, products]);
  useEffect(() => (on ? order?.start() : undefined), [order, on]);
  useEffect(() => {
    if (on) order?.ask(query);
  }, [order, on, query]);
  return {
    ...useStore(order?.shown ?? UNASKED),
    isPaged: true,
    order: order ?? STILL,
    showMore: () => order?.more(),
  };
}
