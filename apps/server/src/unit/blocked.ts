import type { Sql, Statement } from '../database/sql.ts';
import { Named, type Needs } from './needs.ts';

/** Those of these rows that nobody else holds; what is missing of them is locked, or not there. */
const FREE: Record<'orders' | 'clients' | 'products', Statement> = {
  orders: {
    name: 'free orders',
    text: `SELECT id FROM "order" WHERE id = ANY($1::uuid[]) FOR NO KEY UPDATE SKIP LOCKED`,
  },
  clients: {
    name: 'free clients',
    text: 'SELECT id FROM client WHERE id = ANY($1::uuid[]) FOR KEY SHARE SKIP LOCKED',
  },
  products: {
    name: 'free products',
    text: 'SELECT id FROM product WHERE id = ANY($1::uuid[]) FOR KEY SHARE SKIP LOCKED',
  },
};
const LEVELS = {
  name: 'levels of products',
  text: 'SELECT zone, product_id AS id FROM stock_level WHERE product_id = ANY($1::uuid[])',
};
const FREE_LEVELS = {
  name: 'free levels',
  text: `SELECT zone, product_id AS id FROM stock_level WHERE product_id = ANY($1::uuid[])
         FOR NO KEY UPDATE SKIP LOCKED`,
};

/** The ids, of what is named, of rows that other transactions hold at this moment. Nothing is waited for. */
export async function readBlocked(sql: Sql, all: readonly Needs[]): Promise<ReadonlySet<string>> {
  const needs = new Named(all);
  const blocked = new Set<string>();
  const named = {
    orders: needs.keys('orders', 'givenUp'),
    clients: needs.keys('clients', 'changedClients'),
    products: needs.keys('products', 'changedProducts'),
  };
  for (const table of ['orders', 'clients', 'products'] as const) {
    const ids = named[table];
    if (ids.length === 0) continue;
    const free = new Set((await sql.rows<{ id: string }>(FREE[table], [ids])).map(({ id }) => id));
    for (const id of ids) if (!free.has(id)) blocked.add(id);
  }
  const productIds = [
    ...new Set([...needs.keys('levels'), ...needs.list('places').map(({ productId }) => productId)]),
  ];
  if (productIds.length > 0) {
    const there = await sql.rows<{ id: string; zone: string }>(LEVELS, [productIds]);
    const free = new Set(
      (await sql.rows<{ id: string; zone: string }>(FREE_LEVELS, [productIds])).map(
        ({ id, zone }) => `${zone} ${id}`,
      ),
    );
    for (const { id, zone } of there) if (!free.has(`${zone} ${id}`)) blocked.add(id);
  }
  return blocked;
}

/** Whether a command names one of these rows. */
export function namesAny(needs: Needs, ids: ReadonlySet<string>): boolean {
  const named = new Named([needs]);
  const keys = named.keys(
    'orders',
    'givenUp',
    'clients',
    'changedClients',
    'products',
    'changedProducts',
    'levels',
  );
  return keys.some((id) => ids.has(id)) || named.list('places').some(({ productId }) => ids.has(productId));
}
