import { type Client, cut, type Order, type Product } from '@almenara/events';
import { useEffect, useMemo, useState } from 'react';
import { query } from '../http/request.ts';
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

/** What the server finds beyond the live views, a moment after the last key. */
function useAsked(typed: string): Found {
  const [asked, setAsked] = useState(NOTHING);
  const q = cut(typed.trim(), 200);
  useEffect(() => {
    if (q.length < 2) return;
    const leaving = new AbortController();
    const timer = setTimeout(() => {
      const params = { q, limit: EACH };
      Promise.all([
        query('list_orders', { ...params, compact: 'true' }, leaving.signal),
        query('list_clients', params, leaving.signal),
        query('list_products', params, leaving.signal),
      ]).then(
        ([orders, clients, products]) =>
          setAsked({ orders: orders.items, clients: clients.items, products: products.items }),
        () => {
          // Without the server, what is on this device is what can be found.
        },
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [q]);
  return asked;
}
