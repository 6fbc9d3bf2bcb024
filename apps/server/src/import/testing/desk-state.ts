import type { Db } from '../../database/client.ts';

/**
 * All that an import leaves in the tables, without what differs from run to run: made-up ids and the moment of the
 * import. Numbers of orders, their lines' order and the heads of all topics are part of it.
 */
export async function deskState(db: Db): Promise<Record<string, unknown>> {
  const rows = await db.$queryRaw<{ state: Record<string, unknown> }[]>`
    SELECT jsonb_build_object(
      'topics', (SELECT jsonb_object_agg(name, head) FROM topic),
      'zones', (SELECT jsonb_agg(jsonb_build_array(code, name) ORDER BY code) FROM zone),
      'products', (SELECT jsonb_agg(to_jsonb(p) - '{id,created_at,updated_at}'::text[] ORDER BY sku) FROM product p),
      'clients', (SELECT jsonb_agg(to_jsonb(c) - '{created_at,updated_at}'::text[] ORDER BY id) FROM client c),
      'levels', (
        SELECT jsonb_agg(jsonb_build_array(l.zone, p.sku, l.on_hand, l.reserved) ORDER BY l.zone, p.sku)
        FROM stock_level l JOIN product p ON p.id = l.product_id),
      'movements', (
        SELECT jsonb_agg((to_jsonb(m) - '{id,product_id}'::text[]) || jsonb_build_object('sku', p.sku) ORDER BY m.id)
        FROM stock_movement m JOIN product p ON p.id = m.product_id),
      'orders', (SELECT jsonb_agg(to_jsonb(o) ORDER BY number) FROM "order" o),
      'lines', (
        SELECT jsonb_agg(to_jsonb(l) - '{id,product_id}'::text[] || jsonb_build_object('taken', (
          SELECT jsonb_agg(jsonb_build_array(a.zone, a.quantity) ORDER BY a.id) FROM allocation a WHERE a.line_id = l.id
        )) ORDER BY l.order_id, l.position)
        FROM order_line l),
      'returns', (
        SELECT jsonb_agg(to_jsonb(r) || jsonb_build_object('lines', (
          SELECT jsonb_agg(line - '{id,productId}'::text[] ORDER BY n)
          FROM jsonb_array_elements(r.lines) WITH ORDINALITY AS e (line, n)
        )) ORDER BY r.id)
        FROM "return" r),
      'imported', (SELECT jsonb_agg(to_jsonb(i) - 'at' ORDER BY document, line) FROM imported_line i)
    ) AS state`;
  return rows[0]?.state ?? {};
}

/** The lowest that any product's stock has ever been, in the order of its movements' dates. */
export async function lowestStockEver(db: Db): Promise<number> {
  const rows = await db.$queryRaw<{ lowest: number }[]>`
    SELECT min(on_hand)::int AS lowest FROM (
      SELECT sum(on_hand_delta) OVER (PARTITION BY zone, product_id ORDER BY at, id) AS on_hand FROM stock_movement
    ) m`;
  return rows[0]?.lowest ?? 0;
}
