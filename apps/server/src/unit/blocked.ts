import type { Sql, Statement } from '../database/sql.ts';
import { Named, type Needs } from './needs.ts';

const free = (name: string, table: string, mode: string): Statement => ({
  name: `free ${name}`,
  text: `SELECT id FROM ${table} WHERE id = ANY($1::uuid[]) FOR ${mode} SKIP LOCKED`,
});

/** Each in the mode that it is locked in: what is missing of the answer is held by others, or not there. */
const FREE = {
  counts: free('counts', 'stock_count', 'NO KEY UPDATE'),
  orders: free('orders', '"order"', 'NO KEY UPDATE'),
  clients: free('clients', 'client', 'KEY SHARE'),
  changedClients: free('changed clients', 'client', 'NO KEY UPDATE'),
  products: free('products', 'product', 'KEY SHARE'),
  changedProducts: free('changed products', 'product', 'NO KEY UPDATE'),
};
const LEVELS = {
  name: 'levels of products',
  text: `SELECT zone || ' ' || product_id AS key, product_id AS id FROM stock_level WHERE product_id = ANY($1::uuid[])`,
};
const FREE_LEVELS = {
  name: 'free levels',
  text: `SELECT zone || ' ' || product_id AS key FROM stock_level WHERE product_id = ANY($1::uuid[])
         FOR NO KEY UPDATE SKIP LOCKED`,
};

/** Products whose levels are locked. */
const levelsOf = (needs: Named): string[] => [
  ...new Set([
    ...needs.keys('levels', 'waiting', 'homes'),
    ...needs.list('places').map(({ productId }) => productId),
    ...needs.list('corrections').map(({ productId }) => productId),
  ]),
];

function idsOf(needs: Named) {
  return {
    counts: needs.list('counts').map(({ countId }) => countId),
    orders: needs.keys('orders', 'givenUp'),
    clients: needs.keys('clients'),
    changedClients: needs.keys('changedClients'),
    products: needs.keys('products'),
    changedProducts: needs.keys('changedProducts'),
  } satisfies Record<keyof typeof FREE, string[]>;
}

/**
 * The ids, of what is named or was found, of rows that other transactions hold at this moment; of levels their
 * product's. Nothing is waited for, and what is locked to find out is let go at once: run it outside a transaction.
 */
export async function readBlocked(
  sql: Sql,
  all: readonly Needs[],
  found: readonly string[],
): Promise<ReadonlySet<string>> {
  const needs = new Named(all);
  const named = idsOf(needs);
  const blocked = new Set<string>();
  for (const table of Object.keys(FREE) as (keyof typeof FREE)[]) {
    const ids = table === 'orders' ? [...named.orders, ...found] : named[table];
    if (ids.length === 0) continue;
    const rows = await sql.rows<{ id: string }>(FREE[table], [ids]);
    const there = new Set(rows.map(({ id }) => id));
    for (const id of ids) if (!there.has(id)) blocked.add(id);
  }
  const productIds = levelsOf(needs);
  if (productIds.length > 0) {
    const rows = await sql.rows<{ key: string; id: string }>(LEVELS, [productIds]);
    const there = new Set((await sql.rows<{ key: string }>(FREE_LEVELS, [productIds])).map(({ key }) => key));
    for (const { key, id } of rows) if (!there.has(key)) blocked.add(id);
  }
  return blocked;
}

/** Whether a command needs one of these rows, by its name or because it looks for orders like it. */
export function needsAny(
  all: readonly Needs[],
  blocked: ReadonlySet<string>,
  found: readonly string[],
): boolean {
  const needs = new Named(all);
  const ids = [...Object.values(idsOf(needs)).flat(), ...levelsOf(needs)];
  if (ids.some((id) => blocked.has(id))) return true;
  const looks = needs.keys('waiting', 'givenUp').length + needs.list('corrections').length > 0;
  return looks && found.some((id) => blocked.has(id));
}
