import type { Sql } from '../database/sql.ts';

/** How many short lines one transaction fills: it holds the levels, and others wait for them. The rest goes on after it. */
export const FILLED_AT_ONCE = 500;

const WAITING = {
  name: 'read waiting',
  text: `
    SELECT DISTINCT id AS "orderId", product_id AS "productId" FROM (
      SELECT o.id, l.product_id, row_number() OVER (PARTITION BY l.product_id ORDER BY o.created_at, o.number) AS n
      FROM order_line l JOIN "order" o ON o.id = l.order_id
      WHERE l.short > 0 AND o.status IN ('placed', 'picking', 'packed') AND l.product_id IN (
        SELECT unnest($1::uuid[]) UNION SELECT product_id FROM order_line WHERE order_id = ANY($2::uuid[]))
    ) AS waiting
    WHERE n <= $3::int`,
};
const LINES = {
  name: 'read products of orders',
  text: 'SELECT DISTINCT product_id AS "productId" FROM order_line WHERE order_id = ANY($1::uuid[])',
};

export interface Waiting {
  readonly orderId: string;
  readonly productId: string;
}

/**
 * Open orders that are short of one of these products, or of one on a line of `ofOrders`: of each product the oldest,
 * more than are filled at once, though one order may have hundreds of lines.
 */
export function readWaiting(
  sql: Sql,
  productIds: readonly string[],
  ofOrders: readonly string[] = [],
): Promise<Waiting[]> {
  return sql.rows<Waiting>(WAITING, [productIds, ofOrders, 3 * FILLED_AT_ONCE]);
}

export async function productsOf(sql: Sql, orderIds: readonly string[]): Promise<string[]> {
  if (orderIds.length === 0) return [];
  const rows = await sql.rows<{ productId: string }>(LINES, [orderIds]);
  return rows.map(({ productId }) => productId);
}

const HOLDERS = {
  name: 'read holders',
  text: `
    SELECT DISTINCT l.order_id AS "orderId"
    FROM allocation a JOIN order_line l ON l.id = a.line_id JOIN "order" o ON o.id = l.order_id
    JOIN unnest($1::text[], $2::uuid[]) AS p (zone, product_id) ON a.zone = p.zone AND a.product_id = p.product_id
    WHERE o.status IN ('placed', 'picking', 'packed')`,
};
const LEVELS = {
  name: 'look at levels',
  text: `
    SELECT l.zone, l.product_id AS "productId", l.on_hand AS "onHand", l.reserved
    FROM stock_level l JOIN unnest($1::text[], $2::uuid[]) AS p (zone, product_id)
      ON l.zone = p.zone AND l.product_id = p.product_id`,
};

interface Seen {
  readonly zone: string;
  readonly productId: string;
  readonly onHand: number;
  readonly reserved: number;
}

/** Levels as they are before any lock. */
export const lookAtLevels = (
  sql: Sql,
  places: readonly { readonly zone: string; readonly productId: string }[],
): Promise<Seen[]> =>
  sql.rows<Seen>(LEVELS, [places.map(({ zone }) => zone), places.map(({ productId }) => productId)]);

/** Open orders that have something reserved at one of these places: any of them may have to give way. */
export async function readHolders(
  sql: Sql,
  places: readonly { readonly zone: string; readonly productId: string }[],
): Promise<string[]> {
  if (places.length === 0) return [];
  const rows = await sql.rows<{ orderId: string }>(HOLDERS, [
    places.map(({ zone }) => zone),
    places.map(({ productId }) => productId),
  ]);
  return rows.map(({ orderId }) => orderId);
}
