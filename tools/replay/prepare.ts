import type { Client as DeskClient } from '@almenara/client';
import { ImportLanguage } from '@almenara/events';
import { clientName } from '../../apps/server/src/import/plan/client-names.ts';
import { productKey } from '../../apps/server/src/import/plan/keys.ts';
import type { Desk } from './desk.ts';
import type { Sales } from './sales.ts';

/** Commands that are sent without waiting for the one before. */
const AT_ONCE = 40;
const MOST_RECEIVED = 1_000_000;

export interface Prepared {
  /** Ids by number in the file. */
  readonly clients: ReadonlyMap<string | null, string>;
  /** Ids by key of the code. */
  readonly products: ReadonlyMap<string, string>;
}

export interface Watch {
  started(what: string, total: number): void;
  advanced(done: number): void;
}

interface Wanted {
  readonly desk: Desk;
  readonly sales: Sales;
  readonly zone: string;
  readonly currency: string;
  /** Of the names of new clients. */
  readonly language: ImportLanguage;
  readonly watch: Watch;
  readonly signal: AbortSignal;
}

/** Makes what is missing for these sales and receives stock enough for all of them. What is there is used. */
export async function prepare(wanted: Wanted): Promise<Prepared> {
  const { desk, sales, zone, currency, language, watch, signal } = wanted;
  const { client } = desk;
  const each = async <T>(what: string, items: readonly T[], act: (item: T) => Promise<unknown>) => {
    if (items.length === 0 || signal.aborted) return;
    watch.started(what, items.length);
    let done = 0;
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let i = next++; i < items.length && !signal.aborted; i = next++) {
        const item = items[i];
        if (item !== undefined) await act(item);
        watch.advanced(++done);
      }
    };
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  };

  const zones = await desk.all('list_zones');
  if (!zones.some(({ code }) => code === zone)) await client.run('create_zone', { code: zone, name: zone });

  const known = new Map((await desk.all('list_clients')).map(({ id, name }) => [name, id]));
  const buyers = new Map(sales.sales.map((sale) => [sale.customer, sale.country]));
  const clients = new Map<string | null, string>();
  for (const customer of buyers.keys()) {
    const id = ImportLanguage.options
      .map((language) => known.get(clientName(customer, language)))
      .find(Boolean);
    if (id !== undefined) clients.set(customer, id);
  }
  await each(
    'Clients',
    [...buyers].filter(([customer]) => !clients.has(customer)),
    async ([customer, country]) => {
      const made = await client.run('create_client', { name: clientName(customer, language), country });
      clients.set(customer, made.client.id);
    },
  );

  const products = new Map<string, string>();
  const stocked = new Set<string>();
  for (const product of await desk.all('list_products')) {
    products.set(productKey(product.sku), product.id);
    if (product.stocked) stocked.add(product.id);
  }
  await each(
    'Products',
    [...sales.goods].filter(([key]) => !products.has(key)),
    async ([key, { sku, name, amount, stocked: isStocked }]) => {
      const unitPrice = { amount, currency };
      const { product } = await client.run('create_product', { sku, name, unitPrice, stocked: isStocked });
      products.set(key, product.id);
      if (product.stocked) stocked.add(product.id);
    },
  );

  const missing = await missingStock(desk, sales, zone, products, stocked);
  await each('Stock', missing, ({ productId, quantity }) => receive(client, productId, zone, quantity));
  return { clients, products };
}

async function missingStock(
  desk: Desk,
  sales: Sales,
  zone: string,
  products: ReadonlyMap<string, string>,
  stocked: ReadonlySet<string>,
): Promise<{ productId: string; quantity: number }[]> {
  const levels = await desk.all('list_levels', { zone });
  const free = new Map(levels.map((level) => [level.productId, level.onHand - level.reserved]));
  const wanted = new Map<string, number>();
  for (const { key, quantity } of sales.sales.flatMap(({ lines }) => lines)) {
    const productId = products.get(key) ?? '';
    if (stocked.has(productId)) wanted.set(productId, (wanted.get(productId) ?? 0) + quantity);
  }
  return [...wanted].flatMap(([productId, n]) => {
    const quantity = n - (free.get(productId) ?? 0);
    return quantity > 0 ? [{ productId, quantity }] : [];
  });
}

async function receive(client: DeskClient, productId: string, zone: string, quantity: number): Promise<void> {
  for (let left = quantity; left > 0; left -= MOST_RECEIVED) {
    await client.run('receive_stock', {
      productId,
      zone,
      quantity: Math.min(left, MOST_RECEIVED),
      reason: 'Opening stock of a replay',
    });
  }
}
