import type { Sql } from '../database/sql.ts';

/** How many short lines one transaction fills: it holds the levels, and others wait for them. The rest goes on after it. */
export const FILLED_AT_ONCE = 500;

// Product by product, by the index of short lines (OFFSET 0 keeps them apart): going through all open orders instead, as
// the planner of an ordinary join may, takes a hundred times as long.
const WAITING = {
  name: 'read waiting',
  text: `
    SELECT DISTINCT w.id AS "orderId", p.id AS "productId"
    FROM (SELECT unnest($1::uuid[]) AS id UNION SELECT product_id FROM order_line WHERE order_id = ANY($2::uuid[])) AS p
    CROSS JOIN LATERAL (
      SELECT o.id FROM (SELECT order_id FROM order_line WHERE short > 0 AND product_id = p.id OFFSET 0) AS l
      JOIN "order" o ON o.id = l.order_id WHERE o.status IN ('placed', 'picking', 'packed')
      ORDER BY o.created_at, o.number LIMIT $3::int
    ) AS w`,
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

// Place by place, for the same reason.
const HOLDERS = {
  name: 'read holders',
  text: `
    SELECT DISTINCT h.order_id AS "orderId"
    FROM unnest($1::text[], $2::uuid[]) AS p (zone, product_id)
    CROSS JOIN LATERAL (
      SELECT l.order_id FROM allocation a JOIN order_line l ON l.id = a.line_id
      WHERE a.zone = p.zone AND a.product_id = p.product_id OFFSET 0
    ) AS h
    JOIN "order" o ON o.id = h.order_id
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
