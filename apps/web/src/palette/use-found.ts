import { type Client, cut, type Order, type Product } from '@almenara/events';
import { useMemo } from 'react';
import { query } from '../http/request.ts';
import { useHttpQuery } from '../http/use-http-query.ts';
import { useTopicPart } from '../realtime/index.ts';
import { textSearch } from '../text-search.ts';
import { ranked } from './ranking.ts';

const EACH = 6;
const ASK_AFTER_MS = 250;

export interface Found {
  readonly orders: readonly Order[];
  readonly clients: readonly Client[];
  readonly products: readonly Product[];
}

const NOTHING: Found = { orders: [], clients: [], products: [] };

/** Orders, clients and products that answer what was typed: of the live views at once, then of the whole desk. */
export function useFound(typed: string): Found {
  const orders = useTopicPart('orders', (view) => view.orders);
  const clients = useTopicPart('clients', (view) => view.clients);
  const products = useTopicPart('products', (view) => view.products);
  const asked = useAsked(typed);
  return useMemo(() => {
    const search = textSearch(typed, { accents: 'ignored' });
    const { wanted } = search;
    if (wanted === '') return NOTHING;
    const answering = <T extends { readonly id: string }>(
      live: readonly T[] | null,
      rest: readonly T[],
      texts: (item: T) => readonly (string | null)[],
    ): T[] => {
      const known = new Set(live?.map(({ id }) => id));
      const all = [...(live ?? []), ...rest.filter(({ id }) => !known.has(id))];
      return ranked(all, search, texts, EACH).map(({ item }) => item);
    };
    const number = wanted.replace(/^#/, '');
    return {
      orders: answering(orders, asked.orders, (order) => [
        String(order.number).startsWith(number)
          ? `${wanted}${String(order.number).slice(number.length)}`
          : null,
        order.reference,
        order.clientName,
      ]),
      clients: answering(clients, asked.clients, ({ name, email, phone }) => [name, email, phone]),
      products: answering(products, asked.products, ({ name, sku, barcode }) => [sku, barcode, name]),
    };
  }, [typed, orders, clients, products, asked]);
}

/** What the server finds beyond the live views, once typing pauses; without the server, nothing. */
function useAsked(typed: string): Found {
  const q = cut(typed.trim(), 200);
  const ask = async (signal: AbortSignal): Promise<Found> => {
    const params = { q, limit: EACH };
    const [orders, clients, products] = await Promise.all([
      query('list_orders', { ...params, compact: 'true' }, signal),
      query('list_clients', params, signal),
      query('list_products', params, signal),
    ]);
    return { orders: orders.items, clients: clients.items, products: products.items };
  };
  // What was found for the letters before may answer these as well, until the server has said.
  const options = { on: q.length >= 2, again: q, pauseMs: ASK_AFTER_MS };
  return useHttpQuery('found', ask, options).value ?? NOTHING;
}
