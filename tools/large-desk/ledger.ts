import type { Step } from './step.ts';

/** Every movement of stock, what it left, and the levels and allocations that come of it. */
export const ledger = (): Step[] => [
  {
    name: 'movements',
    sql: `
      CREATE TEMP TABLE lv ON COMMIT DROP AS
      SELECT z, p, sum(need)::int AS need FROM (
        SELECT 1 + p % (SELECT count(*)::int FROM z) AS z, p, 0 AS need FROM p
        UNION ALL
        SELECT z, p, held FROM ln JOIN o USING (n) WHERE status <> 'cancelled') all_needs
      GROUP BY z, p;
      CREATE TEMP TABLE mv ON COMMIT DROP AS
      SELECT row_number() OVER (ORDER BY at, n, kind, z, p, j) AS m, u.* FROM (
        SELECT z, p, 'receipt' AS kind, ld_start() + interval '40 days' + p * interval '1 ms' AS at, 0 AS n, 0 AS j,
               greatest(1, need + CASE WHEN p % 400 = 7 THEN 0 WHEN p % 3 = 0 THEN ld_pick(p, 16, 6) ELSE ld_pick(p, 16, 400) END) AS on_hand,
               0 AS reserved, 0 AS point FROM lv
        UNION ALL
        SELECT z, p, 'reorder_point', ld_start() + interval '41 days' + p * interval '1 ms', 0, 0, 0, 0, 1 + ld_pick(p, 17, 40)
        FROM lv WHERE p % 4 < 2
        UNION ALL
        SELECT z, p, 'sale', at, n, j, -held, 0, 0 FROM ln JOIN o USING (n) WHERE imported AND status <> 'cancelled'
        UNION ALL
        SELECT z, p, CASE st.status WHEN 'placed' THEN 'reservation' ELSE 'shipment' END,
               st.at, n, j, CASE WHEN st.status = 'shipped' THEN -held ELSE 0 END,
               CASE WHEN st.status = 'placed' THEN held ELSE -held END, 0
        FROM ln JOIN o USING (n) JOIN st USING (n)
        WHERE NOT imported AND st.status IN ('placed', 'shipped') AND held > 0) u;
      CREATE TEMP TABLE af ON COMMIT DROP AS
      SELECT m, z, p, n, kind, at, on_hand, reserved, point, sum(on_hand) OVER upto AS has, sum(reserved) OVER upto AS keeps,
             sum(point) OVER upto AS watched, row_number() OVER upto = 1 AS first,
             row_number() OVER (PARTITION BY z, p ORDER BY m DESC) = 1 AS last
      FROM mv WINDOW upto AS (PARTITION BY z, p ORDER BY m)`,
  },
  {
    name: 'levels and the ledger',
    sql: `
      INSERT INTO stock_level (zone, product_id, on_hand, reserved, reorder_point, updated_at)
      SELECT code, p.id, has, keeps, watched, af.at FROM af JOIN z USING (z) JOIN p USING (p) WHERE last ORDER BY 1, 2;
      INSERT INTO stock_movement (id, zone, product_id, kind, on_hand_delta, reserved_delta, reorder_point_delta, reason,
                                  order_id, return_id, user_id, at)
      SELECT ld_id_at(af.at, 6, m), code, p.id, kind, on_hand, reserved, point, NULL, o.id, NULL, NULL, af.at
      FROM af JOIN z USING (z) JOIN p USING (p) LEFT JOIN o USING (n) ORDER BY m`,
  },
  {
    name: 'allocations',
    sql: `
      INSERT INTO allocation (id, line_id, zone, product_id, quantity)
      SELECT ld_id(7, k), ld_id(5, k), code, p.id, held FROM ln JOIN o USING (n) JOIN z USING (z) JOIN p USING (p)
      WHERE status <> 'cancelled' AND held > 0 ORDER BY k`,
  },
];
